import { join } from 'node:path';

import { sqlFile } from '../../lib/sql-file.ts';
import { literal } from '../../model/lake-engine.ts';
import type { LakeEngine } from '../../model/lake-engine.ts';
import { AGGREGATES, seriesNumber, seriesOf } from '../../model/report.ts';
import type { Report } from '../../model/report.ts';
import { REPORT_ROW_COLUMNS } from '../served-columns.ts';
import { loadReports } from './load-reports.ts';

const EXPRESSIONS = [
  sqlFile(import.meta.url, '../merge/expressions.sql'),
  sqlFile(import.meta.url, './expressions.sql'),
];
const FILMS = sqlFile(import.meta.url, './films.sql');
const ROWS = sqlFile(import.meta.url, './rows.sql');

/** What is left behind in the engine otherwise. */
const TEMPORARY = ['report_row', 'film', 'film_company', 'genre_of_list', 'company_name'];

/** The tables of a catalogue version that reports are computed of. */
export const REPORTED_TABLES = [
  'title',
  'title_detail',
  'title_company',
  'company',
  'further_rating',
] as const;

export type ReportedTable = (typeof REPORTED_TABLES)[number];

/**
 * Computes every report over the catalogue version whose Parquet of each table is at `file(table)`, and writes their
 * rows to `report_row.parquet` in the folder `into`: the columns of the served table, before them the words of report,
 * metric and attribution. The same version always gives the same rows.
 */
export async function computeReports(
  engine: LakeEngine,
  file: (table: ReportedTable) => string,
  into: string,
): Promise<void> {
  const views = REPORTED_TABLES.map(
    (table) => `create or replace temp view reported_${table} as select * from ${literal(file(table))}`,
  );
  await engine.run([...EXPRESSIONS, ...views, FILMS].join(';\n'));
  await engine.run('drop table if exists report_row');
  for (const report of await loadReports()) await computeReport(engine, report);
  await writeRows(engine, join(into, 'report_row.parquet'));
}

/** Adds the rows of one report to the table `report_row`. */
async function computeReport(engine: LakeEngine, report: Report): Promise<void> {
  const rows = rowsSelect(report);
  await engine.run(`
    create or replace temp view figure as ${report.figures};
    ${ROWS};
    create temp table if not exists report_row as ${rows} limit 0;
    insert into report_row ${rows}`);
}

/** The rows of the view `grouped` as those of `report_row`. */
function rowsSelect(report: Report): string {
  const values = AGGREGATES.map((aggregate) => {
    const value = report.aggregates.includes(aggregate) ? `g.${aggregate}` : 'null';
    return `cast(${value} as bigint) as ${aggregate}`;
  });
  return `
    select
      ${literal(report.name)} as report,
      g.metric,
      g.attribution,
      ${seriesCase(report)} as series,
      group_id(g.year, g.company_id, g.genre) as id,
      g.year,
      g.company_id,
      c.name as company_name,
      g.genre,
      coalesce(c.name_sort, title_sort(g.genre)) as name_sort,
      cast(g.films as integer) as films,
      cast(g.n as integer) as n,
      ${values.join(', ')}
    from grouped as g
    left join company_name as c
      on c.company_id = g.company_id`;
}

function seriesCase(report: Report): string {
  const cases = seriesOf(report).map((series) => {
    const { metric, attribution } = series;
    const is = `g.metric = ${literal(metric)} and g.attribution = ${literal(attribution)}`;
    return `when ${is} then ${seriesNumber(report, series)}`;
  });
  return `cast(case ${cases.join(' ')} end as integer)`;
}

/** In the order in which most lists are read, so that a page's rows lie together. */
async function writeRows(engine: LakeEngine, file: string): Promise<void> {
  await engine.run(`
    copy (
      select report, metric, attribution, ${REPORT_ROW_COLUMNS.join(', ')}
      from report_row
      order by series, year desc nulls last, id
    ) to ${literal(file)} (format parquet, compression zstd);
    ${TEMPORARY.map((table) => `drop table ${table}`).join('; ')}`);
}
