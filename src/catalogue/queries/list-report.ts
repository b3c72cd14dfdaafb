import sql, { join, raw } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import { placeJson, placeOf, readPage, stretchStatement } from './list-page.ts';
import type { List, ListPage, PageRequest } from './list-page.ts';
import type { ListPlace, ListPosition } from './list-ranges.ts';
import { reportColumns, reportList, type ReportSelection } from './report-rows.ts';

/** Rows that are read at a time of a report that is read whole. */
const BATCH = 2_000;

/** A page of a report's rows as JSON. */
export function listReport(
  db: Queryable,
  selection: ReportSelection,
  request: PageRequest,
): Promise<ListPage> {
  return readPage(db, pagedReport(selection), request);
}

/** The rows of a report as a list of items. */
export function pagedReport(selection: ReportSelection): List {
  const columns = reportColumns(selection.report);
  return {
    ...reportList(selection),
    planEachTime: false,
    properties: join(columns.map(({ name, value }) => sql`${value} as ${raw(`"${name}"`)}`)),
  };
}

/** A row's values as text, in the order of `reportColumns`; null: unknown. */
export type ReportCells = readonly (string | null)[];

/**
 * Every row of a report that passes the filters, in order, batch by batch. A publish meanwhile is seen: a row whose
 * place it does not change comes once.
 */
export async function* readReport(
  db: Queryable,
  selection: ReportSelection,
): AsyncGenerator<readonly ReportCells[]> {
  const list = reportList(selection);
  const cells = join(reportColumns(selection.report).map(({ value }) => sql`${value}::text`));
  let beyond: ListPlace | null = null;
  for (;;) {
    const position: ListPosition = { direction: 'forward', beyond };
    const rows: { cells: ReportCells; place: string }[] = await db.query(sql`
      select array[${cells}] as cells, ${placeJson(list, 'placed')} as place
      from (${stretchStatement(list, position, BATCH)}) as placed`);
    yield rows.map((row) => row.cells);
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return;
    beyond = placeOf(last.place);
  }
}
