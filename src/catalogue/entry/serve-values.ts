import sql from 'sql-template-tag';

import type { Transaction } from '../../db/database.ts';
import type { FilmValues } from '../../model/film-values.ts';
import { FILM_KINDS } from '../../model/kinds.ts';
import { titleSort } from '../../model/title-sort.ts';
import { recountTitles } from '../facet-index/recount-titles.ts';
import { addGenreRows, deleteGenreRows } from '../genre-rows.ts';
import { addGenres } from '../genres.ts';
import { indexTitles } from '../search-index/index-titles.ts';
import { weightedRating } from '../weighted-rating.ts';
import { overrule } from './overrule.ts';
import type { SettableValues, SettableWords } from './overrule.ts';

/**
 * Has the film with this id served with what a person set and withdrew, as the next merge will have it; nothing is set of a
 * title that is no film any more. Nobody else writes it. Done again, it changes nothing but what a publish has made anew.
 */
export async function serveValues(tx: Transaction, id: string, patch: FilmValues): Promise<void> {
  const before = await findWords(tx, id);
  if (before === null) return;
  const words = overrule(before, patch);
  if (words !== before)
    await recountTitles(tx, [id], () => putWords(tx, id, words, words.shown !== before.shown));
  await indexTitles(tx, [id]);
}

async function putWords(
  tx: Transaction,
  id: string,
  words: SettableWords,
  isRatedOtherwise: boolean,
): Promise<void> {
  await addGenres(tx, words.values.genres ?? []);
  await tx.query(deleteGenreRows(sql`select ${id}::uuid`));
  await putValues(tx, id, words.values);
  if (isRatedOtherwise) await putRatings(tx, id, words);
  await putOverruled(tx, id, words);
  await addGenreRows(tx, id);
}

async function findWords(tx: Transaction, id: string): Promise<SettableWords | null> {
  const [found] = await tx.query<SettableValues & Omit<SettableWords, 'values'>>(sql`
    select
      t.title,
      t.original_title as "originalTitle",
      t.kind,
      t.year,
      t.release_date as "releaseDate",
      t.runtime_minutes as "runtimeMinutes",
      nullif(t.genres, '{}') as genres,
      t.certificate,
      t.poster_url as "posterUrl",
      case
        when t.rating is not null
        then json_build_object('system', t.rating_system, 'rating', t.rating, 'votes', t.votes)
      end as shown,
      (
        select coalesce(json_agg(json_build_object('system', system, 'rating', rating, 'votes', votes)), '[]')
        from further_rating
        where title_id = t.id
      ) as further,
      (
        select coalesce(json_object_agg(field, value), '{}')
        from overruled
        where title_id = t.id
      ) as overruled
    from title as t
    where t.id = ${id}
      and t.is_film`);
  if (found === undefined) return null;
  const { shown, further, overruled, ...values } = found;
  return { values, shown, further, overruled };
}

async function putValues(tx: Transaction, id: string, values: SettableValues): Promise<void> {
  await tx.query(sql`
    update title
    set
      title = ${values.title},
      title_sort = case when title = ${values.title} then title_sort else ${titleSort(values.title)} end,
      original_title = ${values.originalTitle},
      kind = ${values.kind},
      is_film = ${FILM_KINDS.some((kind) => kind === values.kind)},
      year = ${values.year},
      release_date = ${values.releaseDate},
      runtime_minutes = ${values.runtimeMinutes},
      genres = ${values.genres ?? []},
      certificate = ${values.certificate},
      poster_url = ${values.posterUrl}
    where id = ${id}`);
}

async function putRatings(tx: Transaction, id: string, { shown, further }: SettableWords): Promise<void> {
  await tx.query(sql`
    update title
    set
      rating = ${shown?.rating},
      votes = ${shown?.votes},
      rating_system = ${shown?.system},
      weighted_rating = ${shown === null ? null : weightedRating(shown.rating, shown.votes)}
    where id = ${id}`);
  await tx.query(sql`delete from further_rating where title_id = ${id}`);
  await tx.query(sql`
    insert into further_rating (title_id, system, rating, votes)
    select ${id}, system, rating, votes
    from jsonb_to_recordset(${JSON.stringify(further)}::jsonb)
      as rated (system text, rating float8, votes integer)`);
}

async function putOverruled(tx: Transaction, id: string, { overruled }: SettableWords): Promise<void> {
  const rows = Object.entries(overruled).map(([field, value]) => ({ field, value }));
  await tx.query(sql`delete from overruled where title_id = ${id}`);
  await tx.query(sql`
    insert into overruled (title_id, field, value)
    select ${id}, field, value
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as behind (field text, value jsonb)`);
}
