import sql, { empty, join, raw, type Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import { imdbKey, isUuid, parseImdbId, titleId } from '../../model/title-key.ts';
import type { ServedState } from './catalogue-state.ts';
import { FILM_DETAIL_PROPERTIES } from './film-json.ts';
import { filmOffers } from './film-offers.ts';
import { filmFreshness } from './freshness.ts';
import { FILM_STATE } from './film-state.ts';
import { FILM_PARTS, type FilmPart } from './film-parts.ts';

/** What stands at an id. */
export type FoundTitle =
  | {
      readonly at: 'here';
      readonly json: string;
      readonly state: ServedState;
      /** Tells what the film is, whatever parts of it were asked for; null where only a part is given. */
      readonly entityState: string | null;
      /** Whether it also hangs on the clock: it says how old something is. */
      readonly ages: boolean;
    }
  /** The id is an alias; the title is at `id`. */
  | { readonly at: 'elsewhere'; readonly id: string }
  /** Every source has dropped it. */
  | { readonly at: 'gone' };

interface TitleRow {
  readonly version: number;
  readonly journal_seq: number;
  readonly film: string | null;
  readonly entity_state: string | null;
  readonly ages: boolean | null;
  readonly elsewhere: string | null;
  readonly gone: boolean;
}

/** The UUID that `id`, a UUID or an IMDb id, stands for; null if it is neither. */
export function parseTitleId(idSalt: string, id: string): string | null {
  if (isUuid(id)) return id.toLowerCase();
  const imdbId = parseImdbId(id);
  return imdbId === null ? null : titleId(idSalt, imdbKey(imdbId));
}

/**
 * The film with this UUID, with its details at `now` and these parts of it as JSON; null if there never was one. With
 * `withOffers`, with its offers, too, as they are then.
 */
export function findFilm(
  db: Queryable,
  id: string,
  now: Date,
  parts: readonly FilmPart[] = [],
  withOffers = false,
): Promise<FoundTitle | null> {
  const besides = [
    ...parts.map((part) => sql`, ${FILM_PARTS[part]} as ${raw(part)}`),
    ...(withOffers ? [sql`, ${filmOffers(now)} as offers`] : []),
  ];
  return findAtFilm(
    db,
    id,
    sql`(
      select row_to_json(film)
      from (
        select
          ${FILM_DETAIL_PROPERTIES},
          coalesce(fresh.json, '[]') as freshness
          ${besides.length > 0 ? join(besides, ' ') : empty}
      ) as film
    )`,
    { freshness: filmFreshness(now), entityState: FILM_STATE },
  );
}

/** One part of the film with this UUID, as JSON; null if there never was such a film. */
export function findFilmPart(db: Queryable, id: string, part: FilmPart): Promise<FoundTitle | null> {
  return findAtFilm(db, id, FILM_PARTS[part]);
}

/** The offers of the film with this UUID as `{data, sellers}`, as they are at `now`; null if there never was such a film. */
export function findFilmOffers(db: Queryable, id: string, now: Date): Promise<FoundTitle | null> {
  return findAtFilm(db, id, filmOffers(now));
}

/** What stands at the id, of a film nothing but that. */
export function findFilmAlone(db: Queryable, id: string): Promise<FoundTitle | null> {
  return findAtFilm(db, id, sql`'{}'`);
}

/** What is asked of a film besides. */
interface Besides {
  readonly freshness: Sql;
  readonly entityState: Sql;
}

const NOTHING_BESIDES: Besides = { freshness: sql`null::json`, entityState: sql`null` };

/**
 * What `json` makes of the film, a row of `title` named `t`, its row of `title_detail`, or none, named `d`, and `fresh.json`,
 * which is what `freshness` makes of `t`.
 */
async function findAtFilm(
  db: Queryable,
  id: string,
  json: Sql,
  { freshness, entityState }: Besides = NOTHING_BESIDES,
): Promise<FoundTitle | null> {
  const [row] = await db.query<TitleRow>(sql`
    select
      state.version,
      state.journal_seq,
      found.film,
      found.entity_state,
      found.ages,
      (select title_id from title_alias where alias_id = ${id}) as elsewhere,
      exists (select from title_gone where id = ${id}) as gone
    from catalogue_state as state
    left join (
      select ${json}::text as film, ${entityState} as entity_state, fresh.json is not null as ages
      from title as t
      left join title_detail as d on d.title_id = t.id
      cross join lateral (select ${freshness} as json) as fresh
      where t.id = ${id}
      and t.is_film
    ) as found on true`);
  if (row === undefined) throw new Error('catalogue_state has no row');
  if (row.film !== null) {
    const state = { version: row.version, journalSeq: row.journal_seq };
    return { at: 'here', json: row.film, state, entityState: row.entity_state, ages: row.ages === true };
  }
  if (row.elsewhere !== null) return { at: 'elsewhere', id: row.elsewhere };
  return row.gone ? { at: 'gone' } : null;
}
