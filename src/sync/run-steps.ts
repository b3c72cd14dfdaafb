import { createHash } from 'node:crypto';
import { access, appendFile, link, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { moveDurably } from '../lake/durable-file.ts';
import { claimFile, partialFolder, rawFolder, rejectFile, unchangedLogFile } from '../lake/layout.ts';
import type { RunManifest } from '../lake/manifests.ts';
import { CLAIM_TABLES, STREAM_TABLES } from '../model/claim-tables.ts';
import type { ClaimTable } from '../model/claim-tables.ts';
import { FilmbaseError } from '../model/errors.ts';
import { literal } from '../model/lake-engine.ts';
import type { LakeEngine } from '../model/lake-engine.ts';
import type { FileCounts, RawFile, ReadResult, Source } from '../model/source.ts';
import type { SyncWorld } from './sync-world.ts';

// The steps of a run, each on files in its staging until the last moves them into place.

export interface RunRequest {
  /** Where to read instead of the provider. */
  readonly from: string | null;
  readonly limit: number | null;
  /** Read and claim, and leave nothing behind. */
  readonly dryRun: boolean;
  /** Hears the run's name once it has begun. */
  readonly onStarted?: (run: string) => void;
}

export interface Job {
  readonly world: SyncWorld;
  readonly engine: LakeEngine;
  readonly source: Source;
  readonly request: RunRequest;
  readonly run: string;
  /** How often its raw has been claimed before. */
  readonly generation: number;
  readonly startedAt: Date;
  readonly staging: string;
  /** The run whose claims are the source's word until this one is done. */
  readonly previous: RunManifest | null;
}

/** The raw files, in the run's staging; those of the run before where the source found them unchanged. */
export async function readRaw(
  job: Job,
  settings: unknown,
): Promise<{ unchanged: boolean; files: readonly RawFile[]; result: ReadResult }> {
  const { world, source, request, previous, staging } = job;
  const into = join(staging, 'raw');
  const partial = partialFolder(world.lake, source.name);
  await Promise.all([into, partial].map((folder) => mkdir(folder, { recursive: true })));
  const before = previous?.raw ?? [];
  const beforeFolder = previous === null ? null : rawFolder(world.lake, source.name, previous.run);
  const result = await source.read(
    { settings, secrets: world.secretsOf(source), from: request.from, into, partial, before, beforeFolder },
    world,
  );
  if (result.state === 'read') return { unchanged: false, files: result.files, result };
  if (beforeFolder === null)
    throw new Error(`Source ${source.name} found nothing changed before its first run.`);
  await rm(into, { recursive: true });
  await linkRaw(job, beforeFolder, before);
  return { unchanged: true, files: before, result };
}

/** Has the files of another run's raw as those of this one, too. */
export async function linkRaw(
  { staging }: Pick<Job, 'staging'>,
  folder: string,
  files: readonly RawFile[],
): Promise<void> {
  const into = join(staging, 'raw');
  await mkdir(into, { recursive: true });
  for (const { name } of files) await link(join(folder, name), join(into, name));
}

async function claimRaw(
  job: Job,
  settings: unknown,
  files: readonly RawFile[],
): Promise<readonly FileCounts[]> {
  const { world, engine, source, request, run, staging } = job;
  const scratch = join(staging, 'scratch');
  await Promise.all([scratch, join(staging, 'claims')].map((folder) => mkdir(folder, { recursive: true })));
  const counts = await source.claim(
    {
      settings,
      run,
      files,
      rawFolder: join(staging, 'raw'),
      scratch,
      engine,
      claimFile: (table) => stagedClaims(job, table),
      rejectFile: stagedRejects(job),
      limit: request.limit,
    },
    world,
  );
  await rm(scratch, { recursive: true, force: true });
  return counts;
}

function checkCounts(files: readonly FileCounts[]): void {
  for (const { file, read, claimed, unchanged, outside, rejected } of files) {
    if (read !== claimed + unchanged + outside + rejected) {
      throw new FilmbaseError(
        'count_mismatch',
        `${file}: ${read} read, but ${claimed} claimed, ${unchanged} unchanged, ${outside} outside and ${rejected} rejected.`,
      );
    }
  }
}

/** What the claims of a run come to, as its manifest has it. */
export type Claimed = Pick<RunManifest, 'files' | 'claims' | 'claimsHash' | 'hasRejects'>;

/** Claims the raw files in the job's staging, and counts what came of them. */
export async function claimJob(job: Job, settings: unknown, raw: readonly RawFile[]): Promise<Claimed> {
  const files = await claimRaw(job, settings, raw);
  checkCounts(files);
  const claims = await countClaims(job);
  const { mode, comparesClaims } = job.source;
  const isCompared = mode === 'stream' || comparesClaims === true;
  return {
    files: files.map((counts) => ({ ...counts, reasons: { ...counts.reasons } })),
    claims,
    claimsHash: isCompared ? await hashClaims(job, Object.keys(claims)) : null,
    hasRejects: files.some(({ rejected }) => rejected > 0),
  };
}

/** The rows of each claim table that the run wrote. */
async function countClaims(job: Job): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of Object.keys(CLAIM_TABLES) as ClaimTable[]) {
    const file = stagedClaims(job, table);
    if (!(await isThere(file))) continue;
    const [row] = await job.engine.rows<{ rows: number }>(
      `select count(*) as rows from read_parquet(${literal(file)})`,
    );
    counts[table] = row?.rows ?? 0;
  }
  return counts;
}

/** Tells the claims that the merge reads, whatever run they are of. */
async function hashClaims(job: Job, tables: readonly string[]): Promise<string> {
  const parts: string[] = [];
  for (const table of tables.filter((name) => !STREAM_TABLES.some((stream) => stream === name))) {
    const [row] = await job.engine.rows<{ part: string }>(`
      select concat(count(*), ' ', coalesce(sum(hash(claim)::hugeint), 0)) as part
      from (select * exclude (run) from read_parquet(${literal(stagedClaims(job, table))})) as claim`);
    parts.push(`${table} ${row?.part ?? ''}`);
  }
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
}

export function partialOf({ withoutSecrets }: SyncWorld, result: ReadResult): RunManifest['partial'] {
  if (result.state === 'unchanged' || result.partial === undefined) return null;
  const { code, message } = result.partial;
  return { code, message: withoutSecrets(message) };
}

export async function moveIntoPlace(job: Job, tables: readonly string[]): Promise<void> {
  const { world, source, run, staging } = job;
  await moveDurably(join(staging, 'raw'), rawFolder(world.lake, source.name, run));
  await moveClaims(job, tables);
}

/** Moves claims and rejects alone; raw stays where it is. */
export async function moveClaims(job: Job, tables: readonly string[]): Promise<void> {
  const { world, source, run, generation } = job;
  const files = { source: source.name, run, generation };
  for (const table of tables)
    await moveDurably(stagedClaims(job, table), claimFile(world.lake, table, files));
  if (await isThere(stagedRejects(job))) await moveDurably(stagedRejects(job), rejectFile(world.lake, files));
}

/** A source read every few seconds must not leave a folder each time: a line says that it was read. */
export async function logUnchanged({ world, source, run, startedAt, previous }: Job): Promise<void> {
  const file = unchangedLogFile(world.lake, run);
  await mkdir(dirname(file), { recursive: true });
  const line = { run, source: source.name, at: startedAt.toISOString(), same: previous?.run };
  await appendFile(file, `${JSON.stringify(line)}\n`);
}

/** Some of the rejects of a run that failed, so that they can be looked at although the run left nothing else. */
export async function firstRejects(job: Job): Promise<readonly object[]> {
  if (job.world.signal.aborted || !(await isThere(stagedRejects(job)))) return [];
  return job.engine.rows(
    `select file, line, reason, detail, raw from read_parquet(${literal(stagedRejects(job))}) order by file, line limit 20`,
  );
}

export function claimsFingerprint(source: Source, settings: unknown, limit: number | null): string {
  const text = JSON.stringify([source.claimsVersion, source.claimsSettings(settings), limit]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function stagedClaims({ staging }: Job, table: string): string {
  return join(staging, 'claims', `${table}.parquet`);
}

function stagedRejects({ staging }: Job): string {
  return join(staging, 'rejects.parquet');
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
