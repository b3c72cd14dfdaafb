import type { Ask } from '../ask.ts';
import type { ReportRow } from '../shapes.ts';
import { groupName, largestGroups, type ChartRows } from './report.ts';

/** A page of a report by year. */
interface ReportPage {
  readonly data: readonly ReportRow[];
  readonly page: { readonly next: string | null };
}

/** Rows of a request: the most that the API gives. */
const LIMIT = '100';

/** Requests for the rows of the groups: eight groups of a century and more fit in. */
const MOST_PAGES = 15;

/** The rows of the groups with the largest figures, of the report at `path` as `filters` narrow it, newest first. */
export async function askChartRows(
  ask: Ask,
  path: string,
  filters: readonly [string, string][],
): Promise<ChartRows> {
  const address = (sort: string, more: readonly [string, string][]) =>
    `${path}?${new URLSearchParams([...filters, ...more, ['sort', sort], ['limit', LIMIT]])}`;
  const { data: largest } = await ask<ReportPage>(address('-value', []));
  const names = largestGroups(largest);
  const isOfThem = (row: ReportRow) => names.includes(groupName(row));
  const rows: ReportRow[] = [];
  let next: string | null = address('-year', narrowing(largest.filter(isOfThem), filters));
  for (let pages = 0; next !== null && pages < MOST_PAGES; pages += 1) {
    const { data, page }: ReportPage = await ask<ReportPage>(next);
    rows.push(...data.filter(isOfThem));
    next = page.next;
  }
  return { names, rows, isWhole: next === null };
}

/** What narrows a report to the groups of `rows`, as far as the reader has not. */
function narrowing(rows: readonly ReportRow[], filters: readonly [string, string][]): [string, string][] {
  const values = (column: string) => [...new Set(rows.map((row) => row[column]))].map(String);
  const has = (column: string, parameter: string) =>
    rows[0]?.[column] !== undefined && !filters.some(([name]) => name === parameter);
  return [
    ...(has('companyId', 'company')
      ? values('companyId').map((id): [string, string] => ['company_id', id])
      : []),
    ...(has('genre', 'genre') ? values('genre').map((genre): [string, string] => ['genre', genre]) : []),
  ];
}
