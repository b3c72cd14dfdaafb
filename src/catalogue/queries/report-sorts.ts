import sql, { type Sql } from 'sql-template-tag';

import type { ListKey } from './list-ranges.ts';

/** What the rows of a report can be sorted by; `value` is the figure that is shown. */
export const REPORT_SORTS = ['year', 'value', 'name', 'n', 'coverage'] as const;

export type ReportSort = (typeof REPORT_SORTS)[number];

/** One key of a sort. Unknown values come last, whether ascending or descending. */
export interface ReportSortKey {
  readonly by: ReportSort;
  readonly descending: boolean;
}

/** One to three keys, no two by the same. Ties are broken by id, in the direction of the first key. */
export type ReportOrder = readonly [ReportSortKey, ...ReportSortKey[]];

/** Newest year first, in it the largest figure. */
export const DEFAULT_REPORT_ORDER: ReportOrder = [
  { by: 'year', descending: true },
  { by: 'value', descending: true },
  { by: 'name', descending: false },
];

/** The figure that a list is of: its value, and what holds of a row where it is not known. */
export interface ListedFigure {
  readonly value: Sql;
  readonly isUnknown: Sql;
}

/** The keys of an order over `report_row r`. */
export function reportKeys(
  [first, ...more]: ReportOrder,
  figure: ListedFigure,
): readonly [ListKey, ...ListKey[]] {
  return [listKey(first, figure), ...more.map((key) => listKey(key, figure))];
}

function listKey({ by, descending }: ReportSortKey, { value, isUnknown }: ListedFigure): ListKey {
  const keys: Record<ReportSort, Omit<ListKey, 'descending'>> = {
    year: { value: sql`r.year`, unknown: { where: sql`r.year is null`, inIndex: true } },
    value: { value, unknown: { where: isUnknown, inIndex: false } },
    name: { value: sql`r.name_sort`, unknown: null },
    n: { value: sql`r.n`, unknown: null },
    coverage: { value: sql`(r.n::float8 / r.films)`, unknown: null },
  };
  return { ...keys[by], descending };
}
