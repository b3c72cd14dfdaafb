import sql, { join, raw, type Sql } from 'sql-template-tag';

import { seriesNumber, type Aggregate, type Report, type Series } from '../../model/report.ts';
import { titleSort } from '../../model/title-sort.ts';
import { withinBounds, type Bounds } from './title-filters.ts';
import type { ReadList } from './list-page.ts';
import { reportKeys, type ListedFigure, type ReportOrder } from './report-sorts.ts';

/** What a report's rows are narrowed to: a row passes all of them. An empty list narrows nothing. */
export interface ReportFilters {
  /** Is of a company of any of these names, in whatever case; accents and signs do not count. */
  readonly company: readonly string[];
  readonly companyId: readonly string[];
  /** Is of any of these genres, in whatever case. */
  readonly genre: readonly string[];
  readonly year: Bounds;
}

/** Which rows of a report, with which figure. */
export interface ReportSelection {
  readonly report: Report;
  readonly series: Series;
  readonly aggregate: Aggregate;
  /** Of a ranked report: how many ranks of each year. */
  readonly top: number;
  readonly filters: ReportFilters;
  readonly order: ReportOrder;
}

/** A column of a report: its name to the outside, and its value made of a row of the list named `placed`. */
interface ReportColumn {
  readonly name: string;
  readonly value: Sql;
}

/** The columns of a report's rows, in order. */
export function reportColumns({ groups, ranked, decimals }: Report): ReportColumn[] {
  const column = (name: string, value: Sql) => ({ name, value });
  const ofGroup = {
    company: [column('companyId', sql`placed.company_id`), column('companyName', sql`placed.company_name`)],
    genre: [column('genre', sql`placed.genre`)],
  };
  return [
    column('year', sql`placed.year`),
    ...(ranked ? [column('rank', sql`placed.rank`)] : []),
    ...groups.flatMap((group) => ofGroup[group]),
    column('value', sql`trim_scale(placed.value * ${raw(unit(decimals))})`),
    column('n', sql`placed.n`),
    column('films', sql`placed.films`),
    column('coverage', sql`trim_scale(round(placed.n::numeric / placed.films, 4))`),
  ];
}

/** What the last of so many decimals counts, as a `numeric`: exact. */
function unit(decimals: number): string {
  return decimals === 0 ? '1::numeric' : `0.${'1'.padStart(decimals, '0')}`;
}

/** The rows of a report that pass the filters. */
export function reportList(selection: ReportSelection): ReadList {
  const { report, aggregate, filters, order } = selection;
  const figure = figureOf(aggregate);
  const rank = report.ranked ? sql`r.rank` : sql`null::int8 as rank`;
  return {
    from: report.ranked ? rankedRows(selection, figure.value) : sql`report_row r`,
    where: join(
      [inSeries(selection), ...withinBounds(sql`r.year`, filters.year), ...ofGroups(filters)],
      '\nand ',
    ),
    anyOf: [sql`true`],
    keys: reportKeys(order, figure),
    id: sql`r.id`,
    columns: sql`r.id, r.year, r.company_id, r.company_name, r.genre, r.films, r.n, ${figure.value} as value, ${rank}`,
  };
}

/** A geometric mean may be unknown where the figures are known; every other aggregate is unknown where all are. */
function figureOf(aggregate: Aggregate): ListedFigure {
  const value = sql`r.${raw(aggregate)}`;
  return { value, isUnknown: aggregate === 'geomean' ? sql`${value} is null` : sql`r.n = 0` };
}

function inSeries({ report, series }: ReportSelection): Sql {
  return sql`r.series = ${raw(String(seriesNumber(report, series)))}`;
}

/** The rows of the series of the first ranks of each year by their figure; all that tie. */
function rankedRows(selection: ReportSelection, value: Sql): Sql {
  return sql`(
    select *
    from (
      select r.*, rank() over (partition by r.year order by ${value} desc) as rank
      from report_row r
      where ${inSeries(selection)}
      and ${value} is not null
    ) as ranked
    where rank <= ${selection.top}
  ) as r`;
}

function ofGroups({ company, companyId, genre }: ReportFilters): Sql[] {
  return [
    ...(company.length > 0
      ? [sql`r.company_id is not null and r.name_sort = any(${company.map(titleSort)}::text[])`]
      : []),
    ...(companyId.length > 0 ? [sql`r.company_id = any(${companyId}::uuid[])`] : []),
    ...(genre.length > 0
      ? [
          sql`lower(r.genre) = any(array(select lower(asked collate "C") from unnest(${genre}::text[]) as asked))`,
        ]
      : []),
  ];
}
