import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { CLAIM_TABLES, STREAM_TABLES } from '../model/claim-tables.ts';
import { FilmbaseError } from '../model/errors.ts';
import { catalogueFile, claimFile, rejectFile } from './layout.ts';
import type { Lake } from './layout.ts';
import { listRuns, listVersions } from './manifests.ts';
import type { RunManifest } from './manifests.ts';
import { streamFiles } from './stream-days.ts';

/** A file that is committed, and what it is of. */
export interface CommittedFile {
  readonly file: string;
  /** Null: of the catalogue. */
  readonly source: string | null;
  /** The runs whose rows it has; none: of the catalogue. */
  readonly runs: readonly string[];
  /** Null: of a source. */
  readonly version: number | null;
}

const CATALOGUE = 'catalogue/';

/**
 * The committed files of a table: of claims by its name, of the catalogue as `catalogue/title`, or `rejects`; those of one
 * source together, each oldest first. Throws `usage_invalid` where there is no such table.
 */
export async function listCommittedFiles(lake: Lake, table: string): Promise<CommittedFile[]> {
  if (table.startsWith(CATALOGUE)) return catalogueFiles(lake, table.slice(CATALOGUE.length));
  if (table === 'rejects')
    return filesOfRuns(await runsBySource(lake, ({ hasRejects }) => hasRejects), (run) =>
      rejectFile(lake, run),
    );
  if (!Object.hasOwn(CLAIM_TABLES, table)) throw await noSuchTable(lake, table);
  const runs = await runsBySource(lake, ({ claims }) => table in claims);
  const stream = STREAM_TABLES.find((one) => one === table);
  if (stream === undefined) return filesOfRuns(runs, (run) => claimFile(lake, table, run));
  const sources = [...new Set(runs.map(({ source }) => source))];
  const files = await Promise.all(
    sources.map(async (source) =>
      (await streamFiles(lake, stream, source)).map((file) => ({ ...file, source, version: null })),
    ),
  );
  return files.flat();
}

/** Those that `has` takes, in the order of their sources' names and of their own. */
async function runsBySource(lake: Lake, has: (run: RunManifest) => boolean): Promise<RunManifest[]> {
  const runs = (await listRuns(lake)).filter(has);
  const sources = [...new Set(runs.map(({ source }) => source))].sort();
  return sources.flatMap((source) => runs.filter((run) => run.source === source));
}

function filesOfRuns(runs: readonly RunManifest[], fileOf: (run: RunManifest) => string): CommittedFile[] {
  return runs.map((run) => ({ file: fileOf(run), source: run.source, runs: [run.run], version: null }));
}

/** A version that an earlier release merged may lack the table. */
async function catalogueFiles(lake: Lake, table: string): Promise<CommittedFile[]> {
  if (!(await catalogueTables(lake)).includes(table)) throw await noSuchTable(lake, CATALOGUE + table);
  const files: CommittedFile[] = [];
  for (const { version } of await listVersions(lake)) {
    const file = catalogueFile(lake, table, version);
    const isThere = await access(file).then(
      () => true,
      () => false,
    );
    if (isThere) files.push({ file, source: null, runs: [], version });
  }
  return files;
}

async function catalogueTables(lake: Lake): Promise<string[]> {
  const names = await readdir(join(lake.folder, 'catalogue')).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  return names.sort();
}

async function noSuchTable(lake: Lake, table: string): Promise<FilmbaseError> {
  const tables = [
    ...Object.keys(CLAIM_TABLES),
    'rejects',
    ...(await catalogueTables(lake)).map((name) => CATALOGUE + name),
  ];
  return new FilmbaseError(
    'usage_invalid',
    `The lake has no table ${table}; there are: ${tables.join(', ')}.`,
  );
}
