import sql, { raw, type Sql } from 'sql-template-tag';

import type { ListKey } from './list-ranges.ts';

/**
 * What lists of titles can be sorted by: the column, which `title` and `title_genre` both have. `title_genre` has an index for
 * each, and `title` one for each section (`migrations/0001_catalogue.sql`, `0003_episodes.sql`).
 */
export const TITLE_SORTS = {
  title: { column: 'title_sort', mayBeUnknown: false },
  year: { column: 'year', mayBeUnknown: true },
  rating: { column: 'rating', mayBeUnknown: true },
  votes: { column: 'votes', mayBeUnknown: true },
  runtime: { column: 'runtime_minutes', mayBeUnknown: true },
  weighted: { column: 'weighted_rating', mayBeUnknown: true },
  popularity: { column: 'popularity', mayBeUnknown: true },
} as const;

/**
 * `episode`, by season and number, is for the episodes of one series alone; `relevance`, the most relevant first, or with
 * `descending` last, for lists of what is found by a text.
 */
export type TitleSort = keyof typeof TITLE_SORTS | 'episode' | 'relevance';

/** One key of a sort. Unknown values come last, whether ascending or descending. */
export interface SortKey {
  readonly by: TitleSort;
  readonly descending: boolean;
}

/** One to three keys, no two by the same. Ties are broken by id, in the direction of the first key. */
export type TitleOrder = readonly [SortKey, ...SortKey[]];

/** The keys of an order as the columns of `alias`, `title` or `title_genre`; of the sort `episode`, as those of `episode e`, of `relevance`, of `search_match`. */
export function titleKeys([first, ...more]: TitleOrder, alias: Sql): readonly [ListKey, ...ListKey[]] {
  const [head, ...tail] = listKeys(first, alias);
  return [head, ...tail, ...more.flatMap((key) => listKeys(key, alias))];
}

function listKeys({ by, descending }: SortKey, alias: Sql): readonly [ListKey, ...ListKey[]] {
  if (by === 'episode') {
    return [unknownLast(sql`e.season_number`, descending), unknownLast(sql`e.episode_number`, descending)];
  }
  if (by === 'relevance') return [{ value: sql`-search_match.relevance`, descending, unknown: null }];
  const { column, mayBeUnknown } = TITLE_SORTS[by];
  const value = sql`${alias}.${raw(column)}`;
  return [mayBeUnknown ? unknownLast(value, descending) : { value, descending, unknown: null }];
}

/** Even where all values are null the order names them, since by id alone the planner may read another index. */
function unknownLast(value: Sql, descending: boolean): ListKey {
  return { value, descending, unknown: { where: sql`${value} is null`, inIndex: true } };
}
