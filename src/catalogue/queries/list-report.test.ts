import fc from 'fast-check';
import sql from 'sql-template-tag';
import { expect, test } from 'vitest';

import { describeOnEachDatabase } from '../../../test/databases.ts';
import type { Queryable } from '../../db/database.ts';
import { AGGREGATES, seriesNumber, type Aggregate, type Report } from '../../model/report.ts';
import { titleSort } from '../../model/title-sort.ts';
import type { Bounds } from './title-filters.ts';
import type { ListPage } from './list-page.ts';
import type { ListPosition } from './list-ranges.ts';
import { listReport, readReport } from './list-report.ts';
import { REPORT_SORTS, type ReportOrder, type ReportSort, type ReportSortKey } from './report-sorts.ts';
import type { ReportFilters, ReportSelection } from './report-rows.ts';

const report: Report = {
  name: 'test',
  title: '',
  description: '',
  groups: ['company', 'genre'],
  metrics: ['budget'],
  aggregates: AGGREGATES,
  attributions: ['full'],
  ranked: false,
  decimals: 2,
  figures: '',
};

const series = { metric: 'budget', attribution: 'full' } as const;

interface Row extends Record<Aggregate, number | null> {
  readonly id: string;
  readonly year: number | null;
  readonly company: string;
  readonly genre: string;
  readonly films: number;
  readonly n: number;
}

/** Few values, so that ties and unknowns abound; and some that no float of 32 bits holds. */
const value = fc.constantFrom(-5, 0, 700, 701, 278_796_508_700_001);

const row = fc
  .record({
    id: fc.uuid(),
    year: fc.constantFrom(null, 1999, 2000),
    company: fc.constantFrom('Ann', 'ANN', 'Bob', 'Çé-line'),
    genre: fc.constantFrom('Drama', 'Film-Noir'),
    films: fc.integer({ min: 1, max: 3 }),
    n: fc.constantFrom(0, 1, 3),
    sum: value,
    mean: value,
    median: value,
    geomean: fc.option(value),
    p90: value,
  })
  .map((row): Row => {
    const n = Math.min(row.n, row.films);
    const known = n > 0 ? {} : { sum: null, mean: null, median: null, geomean: null, p90: null };
    return { ...row, n, ...known };
  });

const rows = fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 25 });

const filters: fc.Arbitrary<ReportFilters> = fc.record({
  company: fc.constantFrom([], [], ['ann'], ['bob', 'CÉ-LINE', 'ce line']),
  companyId: fc.constant([]),
  genre: fc.constantFrom([], [], ['DRAMA'], ['western', 'film-noir']),
  year: fc.constantFrom<Bounds>({}, {}, { eq: 2000 }, { lte: 1999 }, { gt: 1999, lt: 2001 }),
});

const order = fc
  .uniqueArray(fc.record({ by: fc.constantFrom(...REPORT_SORTS), descending: fc.boolean() }), {
    selector: ({ by }) => by,
    minLength: 1,
    maxLength: 3,
  })
  .map((keys) => keys as [ReportSortKey, ...ReportSortKey[]]);

const selection: fc.Arbitrary<ReportSelection> = fc.record({
  report: fc.boolean().map((ranked) => ({ ...report, ranked })),
  series: fc.constant(series),
  aggregate: fc.constantFrom(...AGGREGATES),
  top: fc.integer({ min: 1, max: 3 }),
  filters,
  order,
});

const plain: ReportSelection = {
  report,
  series,
  aggregate: 'sum',
  top: 1,
  filters: { company: [], companyId: [], genre: [], year: {} },
  order: [{ by: 'value', descending: true }],
};

describeOnEachDatabase('a report', (open) => {
  test('gives each row that passes the filters once, in order, whichever way it is walked', async () => {
    const { db } = await open();
    await fc.assert(
      fc.asyncProperty(rows, selection, fc.integer({ min: 1, max: 8 }), async (rows, selection, limit) => {
        await serveRows(db, rows);
        const expected = expectedIds(rows, selection);
        const forward = await walk(db, selection, limit, 'forward');
        const backward = await walk(db, selection, limit, 'backward');
        expect(forward.flat()).toEqual(expected);
        expect(backward.reverse().flat()).toEqual(expected);
        expect(forward.slice(0, -1).every((page) => page.length === limit)).toBe(true);
      }),
      { numRuns: 80 },
    );
  });

  test('is read whole in batches as its pages give it', async () => {
    const { db } = await open();
    const many = Array.from({ length: 4_500 }, (_, at) => ({
      ...stated(at),
      sum: at % 7 === 0 ? null : at % 90,
    }));
    await serveRows(
      db,
      many.map((row) => (row.sum === null ? { ...row, n: 0 } : row)),
    );
    const read: string[] = [];
    for await (const batch of readReport(db, plain)) read.push(...batch.map((cells) => cells[1] ?? ''));
    expect(read).toHaveLength(many.length);
    expect(new Set(read).size).toBe(many.length);
    const { itemsJson } = await listReport(db, plain, { position: START, limit: 100 });
    expect(read.slice(0, 100)).toEqual(
      (JSON.parse(itemsJson) as { companyId: string }[]).map((row) => row.companyId),
    );
  });

  test('writes money exactly, as a number without zeros at its end, and unknowns as null', async () => {
    const { db } = await open();
    await serveRows(db, [
      { ...stated(1), sum: 9_007_199_254_740_991 - 1, films: 3, n: 2 },
      { ...stated(2), sum: -150, year: null },
      { ...stated(3), sum: null, n: 0 },
    ]);
    const { itemsJson } = await listReport(db, plain, { position: START, limit: 3 });
    expect(
      [...itemsJson.matchAll(/"value":([^,]*),"n":(\d+),"films":(\d+),"coverage":([^}]*)/g)].map(
        ([all]) => all,
      ),
    ).toEqual([
      '"value":90071992547409.9,"n":2,"films":3,"coverage":0.6667',
      '"value":-1.5,"n":1,"films":1,"coverage":1',
      '"value":null,"n":0,"films":1,"coverage":0',
    ]);
    expect(Object.keys((JSON.parse(itemsJson) as object[])[0] ?? {})).toEqual([
      'year',
      'companyId',
      'companyName',
      'genre',
      'value',
      'n',
      'films',
      'coverage',
    ]);
  });

  test('that is ranked has every row that ties for a rank', async () => {
    const { db } = await open();
    const sums = [5, 5, 4, 3];
    await serveRows(
      db,
      sums.map((sum, at) => ({ ...stated(at), sum })),
    );
    const ranks = async (top: number) => {
      const page = await listReport(
        db,
        { ...plain, report: { ...report, ranked: true }, top },
        { position: START, limit: 9 },
      );
      return (JSON.parse(page.itemsJson) as { rank: number }[]).map(({ rank }) => rank);
    };
    expect([await ranks(1), await ranks(3)]).toEqual([
      [1, 1],
      [1, 1, 3],
    ]);
  });

  test('says what was served when it was read', async () => {
    const { db } = await open();
    const { state, first, last, more, itemsJson } = await listReport(db, plain, {
      position: START,
      limit: 1,
    });
    expect({ state, first, last, more, itemsJson }).toEqual({
      state: { version: 0, journalSeq: 0 },
      first: null,
      last: null,
      more: false,
      itemsJson: '[]',
    });
  });
});

const START: ListPosition = { direction: 'forward', beyond: null };

/** A row that is told by its company's id, which is its own. */
function stated(n: number): Row {
  const id = `00000000-0000-8000-a000-${String(n).padStart(12, '0')}`;
  const values = { sum: 1, mean: 1, median: 1, geomean: 1, p90: 1 };
  return { id, year: 2000, company: 'Ann', genre: 'Drama', films: 1, n: 1, ...values };
}

async function serveRows(db: Queryable, rows: readonly Row[]): Promise<void> {
  await db.query(sql`truncate report_row`);
  const named = rows.map((row) => ({ ...row, nameSort: titleSort(row.company) }));
  await db.query(sql`
    insert into report_row
    select
      ${seriesNumber(report, series)}::integer, id, year, id, company, genre, "nameSort", films, n,
      sum, mean, median, geomean, p90
    from jsonb_to_recordset(${JSON.stringify(named)}::jsonb) as row (
      id uuid, year smallint, company text, genre text, "nameSort" text, films integer, n integer,
      sum bigint, mean bigint, median bigint, geomean bigint, p90 bigint
    )`);
}

/** Walks from an end until there is no more, and gives the ids of each page in the list's order. */
async function walk(
  db: Queryable,
  selection: ReportSelection,
  limit: number,
  direction: ListPosition['direction'],
): Promise<string[][]> {
  const pages: string[][] = [];
  let position: ListPosition | null = { direction, beyond: null };
  while (position !== null) {
    const page: ListPage = await listReport(db, selection, { position, limit });
    pages.push((JSON.parse(page.itemsJson) as { companyId: string }[]).map(({ companyId }) => companyId));
    position = page.more ? { direction, beyond: direction === 'forward' ? page.last : page.first } : null;
  }
  return pages;
}

/** The same list by plain means. */
function expectedIds(
  rows: readonly Row[],
  { report, aggregate, top, filters, order }: ReportSelection,
): string[] {
  const same = (asked: string) => (name: string) => name.toLowerCase() === asked.toLowerCase();
  const { company, genre, year } = filters;
  return rows
    .filter((row) => !report.ranked || rankOf(row, rows, aggregate) <= top)
    .filter(
      (row) => company.length === 0 || company.some((asked) => titleSort(asked) === titleSort(row.company)),
    )
    .filter((row) => genre.length === 0 || genre.some((asked) => same(asked)(row.genre)))
    .filter((row) => isWithin(row.year, year))
    .sort((a, b) => compareRows(a, b, aggregate, order))
    .map(({ id }) => id);
}

function rankOf(row: Row, rows: readonly Row[], aggregate: Aggregate): number {
  const value = row[aggregate];
  if (value === null) return Infinity;
  return (
    1 + rows.filter((other) => other.year === row.year && (other[aggregate] ?? -Infinity) > value).length
  );
}

function isWithin(year: number | null, { gt, lt, lte, eq }: Bounds): boolean {
  if (year === null) return gt === undefined && lt === undefined && lte === undefined && eq === undefined;
  return year > (gt ?? -1) && year < (lt ?? 9999) && year <= (lte ?? 9999) && year === (eq ?? year);
}

function compareRows(a: Row, b: Row, aggregate: Aggregate, order: ReportOrder): number {
  for (const { by, descending } of order) {
    const [x, y] = [keyOf(a, by, aggregate), keyOf(b, by, aggregate)];
    if (x === y) continue;
    if (x === null) return 1;
    if (y === null) return -1;
    return x < y === descending ? 1 : -1;
  }
  return a.id < b.id === order[0].descending ? 1 : -1;
}

function keyOf(row: Row, by: ReportSort, aggregate: Aggregate): string | number | null {
  const keys = {
    year: row.year,
    value: row[aggregate],
    name: titleSort(row.company),
    n: row.n,
    coverage: row.n / row.films,
  };
  return keys[by];
}
