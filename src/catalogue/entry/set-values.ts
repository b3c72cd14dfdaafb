import sql from 'sql-template-tag';

import type { Transaction } from '../../db/database.ts';
import { FilmbaseError } from '../../model/errors.ts';
import type { FilmValues } from '../../model/film-values.ts';
import type { IsExpected, Writer } from '../../model/writers.ts';
import { TITLE_STATE } from '../queries/title-state.ts';
import { nameGenres } from './film-row.ts';
import { requireState } from './require-state.ts';
import { serveValues } from './serve-values.ts';
import { write, type EntryWorld } from './write.ts';

/**
 * Sets values of a film by hand, and withdraws others: served at once, and written to the journal under the film's key, so
 * that every later catalogue holds them. Throws `title_not_found`, `precondition_failed`.
 */
export async function setValues(
  world: EntryWorld,
  id: string,
  values: FilmValues,
  isExpected: IsExpected,
  writer: Writer,
): Promise<{ id: string }> {
  return write(world, writer, async (tx, _at, watch) => {
    const { key, state, handSet } = await lockFilm(tx, id);
    await watch.watch([id]);
    requireState(isExpected, state, 'The film');
    const patch = await withGenreNames(tx, withoutIdle(values, handSet));
    await serveValues(tx, id, patch);
    return { entry: { action: 'set_values', titleKey: key, document: patch }, result: { id } };
  });
}

/** Without withdrawals of what is not set, which must not count once this film and another are one. */
function withoutIdle(values: FilmValues, handSet: readonly string[]): FilmValues {
  return Object.fromEntries(
    Object.entries(values).filter(([field, value]) => value !== null || handSet.includes(field)),
  );
}

/** The values with genres by the names that they have here. */
async function withGenreNames(tx: Transaction, values: FilmValues): Promise<FilmValues> {
  const { genres } = values;
  return genres === undefined || genres === null
    ? values
    : { ...values, genres: await nameGenres(tx, genres) };
}

interface LockedFilm {
  readonly key: string;
  readonly state: string;
  /** The fields that are set by hand. */
  readonly handSet: readonly string[];
}

/**
 * The film as it is until the end of the transaction. A publish locks the tables before it changes a row: whoever waited
 * for it with a row in hand would be waited for.
 */
async function lockFilm(tx: Transaction, id: string): Promise<LockedFilm> {
  await tx.execute('lock table title, title_genre in row exclusive mode');
  await tx.query(sql`select from title where id = ${id} for update`);
  // A statement of its own: that which waits sees only the row itself as it has become.
  const [film] = await tx.query<LockedFilm>(sql`
    select
      t.key,
      ${TITLE_STATE} as state,
      array(select field from overruled where title_id = t.id) as "handSet"
    from title as t
    left join title_detail as d on d.title_id = t.id
    where t.id = ${id}
      and t.is_film`);
  if (film !== undefined) return film;
  throw new FilmbaseError('title_not_found', `No film has the id ${id} any more.`, {
    fields: [{ field: 'id', message: 'is the id of no film' }],
  });
}
