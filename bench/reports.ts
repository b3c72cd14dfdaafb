import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createReadStream, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { listReport, readReport } from '../src/catalogue/queries/list-report.ts';
import type { ReportOrder, ReportSort } from '../src/catalogue/queries/report-sorts.ts';
import { loadReports } from '../src/catalogue/report-rows/load-reports.ts';
import { selectionOf } from '../src/serving/api/report-query.ts';
import type { ReportQuery } from '../src/serving/api/report-query.ts';
import { computeReports } from '../src/catalogue/report-rows/compute-reports.ts';
import { REPORT_ROW_COLUMNS } from '../src/catalogue/served-columns.ts';
import type { Database } from '../src/db/database.ts';
import { migrate } from '../src/db/migrate.ts';
import { openPglite } from '../src/db/pglite.ts';
import { openPostgres } from '../src/db/postgres.ts';
import { openEngine } from '../src/lake/engine.ts';
import { literal } from '../src/model/lake-engine.ts';
import type { LakeEngine } from '../src/model/lake-engine.ts';

const HELP = `Computes the reports of a generated catalogue, and loads them into the embedded database, or into the one at
BENCH_DATABASE_URL, which must be empty.

  node dist/bench/reports.js [--films 45000]`;

const { values } = parseArgs({
  options: { films: { type: 'string', default: '45000' }, help: { type: 'boolean', default: false } },
});

const MIGRATION = new URL('../../migrations/0001_catalogue.sql', import.meta.url);

/** The median of so many readings of each page, and of the page before the end. */
const READINGS = 15;

/** Reports as readers ask for them, by the slowest ways to order, narrow and choose. */
const ASKED: Record<string, ReportQuery & { report: string }> = {
  'newest year first': { report: 'company-revenue' },
  'largest shares of profit': { report: 'company-profit', attribution: 'split', sort: byOne('value', true) },
  'smallest mean popularity': { report: 'company-popularity', sort: byOne('value', false) },
  'by name': { report: 'company-budget', sort: byOne('name', false) },
  'one company': { report: 'company-budget', company: ['Company No. 7 Pictures'] },
  'one year': { report: 'company-popularity', metric: 'weighted', agg: 'p90', year: 2016 },
  'one genre, most releases first': {
    report: 'company-releases-by-genre',
    genre: ['war'],
    sort: byOne('value', true),
  },
  'the most popular genres': { report: 'genre-most-popular', metric: 'movielens', agg: 'median' },
  'most films known first': { report: 'company-popularity', sort: byOne('n', true) },
  'least coverage first': { report: 'company-budget', sort: byOne('coverage', false) },
};

if (values.help) console.log(HELP);
else await bench(Number(values.films));

async function bench(films: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'filmbase-reports-'));
  const engine = await openEngine({ memoryLimitMb: 1024, threads: 2, tempFolder: join(folder, 'engine') });
  const file = (table: string) => join(folder, `${table}.parquet`);
  await generate(engine, file, films);
  await timed('computed', () => computeReports(engine, file, folder));
  const csv = join(folder, 'csv');
  await timed('extracted', () => extract(engine, file('report_row'), csv));
  console.log(
    await engine.rows(
      `select report, count(*) as rows, sum(n) as n from ${literal(file('report_row'))} group by report order by report`,
    ),
  );
  await engine.close();
  const url = process.env.BENCH_DATABASE_URL;
  const db =
    url === undefined ? await openPglite({ folder: join(folder, 'database') }) : await openPostgres({ url });
  await load(db, csv);
  await measurePages(db);
  await db.close();
  await rm(folder, { recursive: true });
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  console.log(`${what}: ${Math.round(performance.now() - start)} ms`);
  return result;
}

/** Films of companies and genres as unevenly as real ones: a few companies have hundreds, most have one or two. */
async function generate(engine: LakeEngine, file: (table: string) => string, films: number): Promise<void> {
  const companies = Math.round(films / 2);
  const tables = {
    title: `
      select
        md5(concat('film', i))::uuid as id,
        true as is_film,
        case when i % 500 > 0 then 2018 - cast(floor(power(draw(i, 1), 2) * 120) as smallint) end as year,
        concat_ws(',', ['Drama', 'Comedy', 'Thriller', 'Action'][1 + i % 4], case when i % 3 > 0 then ['Horror', 'Romance', 'Crime', 'Western', 'War', 'Music'][1 + i % 6] end, case when i % 5 = 0 then ['Family', 'Mystery', 'History'][1 + i % 3] end) as genres,
        draw(i, 2) * 30 as popularity,
        cast(power(draw(i, 3), 4) * 10000 as integer) as votes,
        round(draw(i, 4) * 10, 1) as rating,
        'tmdb' as rating_system,
        round(draw(i, 5) * 10, 3) as weighted_rating
      from range(${films}) as t (i)`,
    title_detail: `
      select
        md5(concat('film', i))::uuid as title_id,
        case when draw(i, 6) < 0.2 then 1 + cast(draw(i, 7) * 200000000 as bigint) end as budget,
        case when draw(i, 8) < 0.17 then 1 + cast(draw(i, 9) * 900000000 as bigint) end as revenue
      from range(${films}) as t (i)`,
    title_company: `
      select
        md5(concat('film', i))::uuid as title_id,
        md5(concat('company', case when draw(i * 30 + k, 10) < 0.7 then i + k * 7919 else cast(power(draw(i * 30 + k, 11), 4) * ${companies} as bigint) end % ${companies}))::uuid as company_id,
        k as ordering
      from range(${films}) as t (i)
      join range(26) as u (k) on k < cast(ceil(power(draw(i, 12), 3) * 5.4) as integer) and i % 4 > 0`,
    company: `
      select md5(concat('company', i))::uuid as id, concat('local:', i) as key, concat('Company No. ', i, ' Pictures') as name
      from range(${companies}) as t (i)`,
    further_rating: `
      select md5(concat('film', i))::uuid as title_id, 'movielens' as system, round(draw(i, 13) * 10, 4) as rating, 100 as votes
      from range(${films}) as t (i)`,
  };
  await engine.run(
    "create macro draw(i, salt) as (md5_number_lower(concat(i, ':', salt)) >> 11) / 9007199254740992.0",
  );
  for (const [table, select] of Object.entries(tables)) {
    await engine.run(`copy (${select}) to ${literal(file(table))} (format parquet)`);
  }
}

function byOne(by: ReportSort, descending: boolean): ReportOrder {
  return [{ by, descending }];
}

async function measurePages(db: Database): Promise<void> {
  const reports = await loadReports();
  for (const [words, { report: name, ...query }] of Object.entries(ASKED)) {
    const report = reports.find((one) => one.name === name);
    if (report === undefined) throw new Error(`No report ${name}.`);
    const selection = selectionOf(report, query);
    const times: string[] = [];
    for (const direction of ['forward', 'backward'] as const) {
      const position = { direction, beyond: null };
      times.push(await median(() => listReport(db, selection, { position, limit: 20 })));
    }
    console.log(`${words}: first page ${times.join(' ms, last ')} ms`);
  }
  await timed('a whole report in batches', async () => {
    const report = reports.find(({ name }) => name === 'company-popularity');
    if (report === undefined) return;
    let rows = 0;
    for await (const batch of readReport(db, selectionOf(report, {}))) rows += batch.length;
    console.log(`${rows} rows`);
  });
}

async function median(work: () => Promise<unknown>): Promise<string> {
  const times: number[] = [];
  for (let reading = 0; reading < READINGS; reading += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return (times.sort((a, b) => a - b)[Math.floor(READINGS / 2)] ?? NaN).toFixed(1);
}

async function extract(engine: LakeEngine, parquet: string, into: string): Promise<void> {
  await engine.run(`
    copy (select ${REPORT_ROW_COLUMNS.join(', ')} from ${literal(parquet)}) to ${literal(into)}
    (format csv, header false, nullstr '', file_size_bytes 2000000, overwrite_or_ignore true)`);
}

async function load(db: Database, csv: string): Promise<void> {
  await migrate(db);
  const indexes = [
    ...readFileSync(MIGRATION, 'utf8').matchAll(/^create (?:unique )?index (report_row\w+) .*;$/gm),
  ];
  for (const [, name] of indexes) await db.execute(`drop index ${name ?? ''}`);
  const files = (await readdir(csv)).sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  await timed('copied', async () => {
    for (const name of files) {
      await db.transaction((tx) =>
        tx.copyIn('report_row', REPORT_ROW_COLUMNS, createReadStream(join(csv, name))),
      );
    }
  });
  await timed('indexed', async () => {
    for (const [statement, name] of indexes) {
      await timed(`  ${name ?? ''}`, () =>
        db.transaction((tx) => tx.execute(`set local maintenance_work_mem = '256MB'; ${statement}`)),
      );
    }
  });
  await timed('analyzed', () => db.transaction((tx) => tx.execute('analyze report_row')));
}
