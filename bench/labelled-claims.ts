import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { pino } from 'pino';

import { claimFile } from '../src/lake/layout.ts';
import type { RunManifest } from '../src/lake/manifests.ts';
import { claimSelect } from '../src/model/claim-select.ts';
import type { ClaimTable } from '../src/model/claim-tables.ts';
import { literal } from '../src/model/lake-engine.ts';
import type { LakeEngine } from '../src/model/lake-engine.ts';
import type { Source } from '../src/model/source.ts';
import { source as prices } from '../src/sources/prices/index.ts';

// The claims whose ids are known, for measuring what is matched without them.

const RUN = '20261121T000001Z-0000';

export interface Workbench {
  readonly engine: LakeEngine;
  readonly folder: string;
}

/** A run of the titles in the files of `from` that are wanted. */
export async function claimFiles<S>(
  bench: Workbench,
  source: Pick<Source<S>, 'name' | 'claim' | 'settings'>,
  from: string,
  isWanted: (name: string) => boolean,
): Promise<RunManifest> {
  const names = (await readdir(from)).filter(isWanted).sort();
  return claimRun(bench, source, from, names);
}

/** The same of sellers, which are read from their folder first. */
export async function claimSellers(bench: Workbench, from: string): Promise<RunManifest> {
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
  const run = RUN;
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

const MOVIELENS_COLUMNS = {
  title_key: 'm.movieId',
  imdb_id: `concat('tt', l.imdbId)`,
  kind: `'movie'`,
  // "Matrix, The (1999)"
  title: `regexp_replace(regexp_replace(m.title, '\\s*\\(\\d{4}\\)\\s*$', ''), '^(.*), (The|A|An)$', '\\2 \\1')`,
  year: `nullif(regexp_extract(m.title, '\\((\\d{4})\\)\\s*$', 1), '')`,
};

/** A run of the films of MovieLens in `movies.csv`, by title and year alone; `links.csv` has their ids. */
export async function claimMovieLens(bench: Workbench, from: string): Promise<RunManifest> {
  const manifest = manifestOf('movielens', RUN);
  const csv = (name: string) => `read_csv(${literal(join(from, name))}, all_varchar = true)`;
  const films = claimSelect('title', {
    source: manifest.source,
    run: manifest.run,
    columns: MOVIELENS_COLUMNS,
    from: `${csv('movies.csv')} as m join ${csv('links.csv')} as l on l.movieId = m.movieId`,
  });
  await place(bench, manifest, films);
  return manifest;
}

/** The titles of a run, as a relation. */
export function titles({ folder }: Workbench, { source, run }: RunManifest): string {
  return `read_parquet(${literal(claimFile({ folder }, 'title', { source, run }))}, hive_partitioning = false)`;
}

/** Writes the rows of `select` as the titles of a run. */
export async function place(
  { engine, folder }: Workbench,
  manifest: RunManifest,
  select: string,
): Promise<void> {
  const file = claimFile({ folder }, 'title', manifest);
  await mkdir(dirname(file), { recursive: true });
  const [copied] = await engine.rows<{ Count: number }>(
    `copy (${select}) to ${literal(file)} (format parquet)`,
  );
  manifest.claims.title = copied?.Count ?? 0;
}

export function manifestOf(source: string, run: string): RunManifest {
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
