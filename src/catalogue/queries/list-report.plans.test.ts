import { expect, test } from 'vitest';

import { describeOnPostgres } from '../../../test/databases.ts';
import { heavyNodes } from '../../../test/plans.ts';
import type { Database } from '../../db/database.ts';
import { AGGREGATES, seriesNumber } from '../../model/report.ts';
import type { ListPosition } from './list-ranges.ts';
import { report } from '../reports/company-budget.ts';
import { pageStatement } from './list-page.ts';
import { listReport, pagedReport } from './list-report.ts';
import type { ReportSelection } from './report-rows.ts';
import type { ReportSort } from './report-sorts.ts';

const SERIES = { metric: 'budget', attribution: 'full' } as const;

/** Rows of the report and of two others, most without a figure, as in a real catalogue. */
async function generateRows(db: Database): Promise<void> {
  const series = `${seriesNumber(report, SERIES)} + n % 3`;
  const figure = 'case when n % 4 = 0 then n::bigint * 7919 % 90000 end';
  await db.execute(`
    insert into report_row
    select
      ${series}, md5(n::text)::uuid, case when n % 50 > 0 then 1900 + n % 120 end, md5((n % 20000)::text)::uuid,
      'Company ' || n % 20000, null, 'company ' || n % 20000, 1 + n % 3, case when n % 4 = 0 then 1 else 0 end,
      ${AGGREGATES.map(() => figure).join(', ')}
    from generate_series(1, 90000) as n`);
  await db.execute('vacuum analyze report_row');
  await db.execute('vacuum analyze catalogue_state');
}

describeOnPostgres('the plan of a page of a report', (open) => {
  test('reads an index in order, for each figure, the year, the name and n, both ways, at any depth', async () => {
    const { db } = await open();
    await generateRows(db);
    // Where a geometric mean is unknown no index says.
    const figures = (['sum', 'mean', 'median', 'p90'] as const).map((figure) => [figure, 'value'] as const);
    const others = (['year', 'name', 'n'] as const).map((by) => ['sum', by] as const);
    for (const [aggregate, by] of [...figures, ...others]) {
      for (const descending of [false, true]) {
        const selection = selectionBy(aggregate, by, descending);
        for (const position of await positions(db, selection)) {
          const heavy = await heavyNodes(db, pageStatement(pagedReport(selection), { position, limit: 20 }));
          expect([aggregate, by, descending, position, heavy]).toEqual([
            aggregate,
            by,
            descending,
            position,
            [],
          ]);
        }
      }
    }
  });

  test('reads the rows of one company, by id or by name, alone', async () => {
    const { db } = await open();
    await generateRows(db);
    const plain = selectionBy('sum', 'value', true);
    const position = { direction: 'forward', beyond: null } as const;
    for (const filter of [
      { company: ['COMPANY 7'] },
      { companyId: ['8f14e45f-ceea-467a-9575-000000000000'] },
    ]) {
      const selection = { ...plain, filters: { ...plain.filters, ...filter } };
      expect(await heavyNodes(db, pageStatement(pagedReport(selection), { position, limit: 20 }))).toEqual(
        [],
      );
    }
  });
});

function selectionBy(
  aggregate: ReportSelection['aggregate'],
  by: ReportSort,
  descending: boolean,
): ReportSelection {
  return {
    report,
    series: SERIES,
    aggregate,
    top: 1,
    filters: { company: [], companyId: [], genre: [], year: {} },
    order: [{ by, descending }],
  };
}

/** The start, the end, and a place amid the known values, forward and backward. */
async function positions(db: Database, selection: ReportSelection): Promise<ListPosition[]> {
  const deep = await listReport(db, selection, {
    position: { direction: 'forward', beyond: null },
    limit: 1500,
  });
  return (['forward', 'backward'] as const).flatMap((direction) =>
    [null, deep.last].map((beyond) => ({ direction, beyond })),
  );
}
