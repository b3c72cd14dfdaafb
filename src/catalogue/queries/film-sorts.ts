import sql, { raw, type Sql } from 'sql-template-tag';

import type { ListKey } from './list-ranges.ts';

/**
 * What lists of films can be sorted by: the column, which `title` and `title_genre` both have, and both have
 * an index for each (`migrations/0001_catalogue.sql`).
 */
export const FILM_SORTS = {
  title: { column: 'title_sort', mayBeUnknown: false },
  year: { column: 'year', mayBeUnknown: true },
  rating: { column: 'rating', mayBeUnknown: true },
  votes: { column: 'votes', mayBeUnknown: true },
  runtime: { column: 'runtime_minutes', mayBeUnknown: true },
  weighted: { column: 'weighted_rating', mayBeUnknown: true },
  popularity: { column: 'popularity', mayBeUnknown: true },
} as const;

export type FilmSort = keyof typeof FILM_SORTS;

/** What lists of films that match a text can be sorted by besides: the most relevant first, or with `descending` last. */
export const RELEVANCE = 'relevance';

/** One key of a sort. Unknown values come last, whether ascending or descending. */
export interface SortKey {
  readonly by: FilmSort | typeof RELEVANCE;
  readonly descending: boolean;
}

/** One to three keys, no two by the same. Ties are broken by id, in the direction of the first key. */
export type FilmOrder = readonly [SortKey, ...SortKey[]];

/** The order of a list that asks for none. */
export const DEFAULT_FILM_ORDER: FilmOrder = [{ by: 'title', descending: false }];

/** The order of a list of films that match a text and that asks for none. */
export const DEFAULT_MATCH_ORDER: FilmOrder = [{ by: RELEVANCE, descending: false }];

/** The keys of an order as the columns of `alias`, `title` or `title_genre`; relevance is that of `search_match`. */
export function filmKeys([first, ...more]: FilmOrder, alias: Sql): readonly [ListKey, ...ListKey[]] {
  return [listKey(first, alias), ...more.map((key) => listKey(key, alias))];
}

/** Even where all values are null the order names them, since by id alone the planner may read another index. */
function listKey({ by, descending }: SortKey, alias: Sql): ListKey {
  if (by === RELEVANCE) return { value: sql`-search_match.relevance`, descending, unknown: null };
  const { column, mayBeUnknown } = FILM_SORTS[by];
  const value = sql`${alias}.${raw(column)}`;
  const unknown = mayBeUnknown ? { where: sql`${value} is null`, inIndex: true } : null;
  return { value, descending, unknown };
}
