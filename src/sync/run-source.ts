import { createHash } from 'node:crypto';
import { access, appendFile, link, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { moveDurably } from '../lake/durable-file.ts';
import {
  claimFile,
  partialFolder,
  rawFolder,
  rejectFile,
  runName,
  stagingFolder,
  unchangedLogFile,
} from '../lake/layout.ts';
import { commitManifest, currentRuns } from '../lake/manifests.ts';
import type { RunManifest } from '../lake/manifests.ts';
import { CLAIM_TABLES, STREAM_TABLES } from '../model/claim-tables.ts';
import type { ClaimTable } from '../model/claim-tables.ts';
import { FilmbaseError } from '../model/errors.ts';
import { literal } from '../model/lake-engine.ts';
import type { LakeEngine } from '../model/lake-engine.ts';
import type { FileCounts, RawFile, ReadResult, Source } from '../model/source.ts';
import { timer } from '../lib/timer.ts';
import { failureOf, recordDone, recordFailed, recordStarted, recordUnchanged } from './run-record.ts';
import type { SyncWorld } from './sync-world.ts';

export interface RunRequest {
  /** Where to read instead of the provider. */
  readonly from: string | null;
  readonly limit: number | null;
  /** Read and claim, and leave nothing behind. */
  readonly dryRun: boolean;
  /** Hears the run's name once it has begun. */
  readonly onStarted?: (run: string) => void;
}

/** How a reading ended. */
export type RunOutcome =
  | RunDone
  | { readonly state: 'failed'; readonly source: string; readonly error: unknown }
  /** It was not read: another process has read it meanwhile, or is reading it. */
  | { readonly state: 'skipped'; readonly source: string; readonly error: FilmbaseError | null };

export type RunDone =
  | { readonly state: 'unchanged'; readonly source: string; readonly run: string }
  | {
      readonly state: 'done' | 'partial' | 'tried';
      readonly source: string;
      readonly run: string;
      readonly manifest: RunManifest;
    };

/**
 * One reading of one source, from the provider to committed claims. A run that fails is recorded in the database
 * and leaves the lake as it was.
 */
export async function runSource(
  world: SyncWorld,
  engine: LakeEngine,
  source: Source,
  request: RunRequest,
): Promise<RunDone> {
  const startedAt = world.now();
  const previous = (await currentRuns(world.lake)).get(source.name) ?? null;
  const run = runName(startedAt, world.random, previous?.run ?? null);
  const staging = stagingFolder(world.lake, source.name, run);
  const job: Job = {
    world,
    engine,
    source,
    request,
    run,
    startedAt,
    staging,
    previous,
  };
  if (!request.dryRun) await recordStarted(world.db, source.name, run, startedAt);
  request.onStarted?.(run);
  try {
    const outcome = await untilAborted(world.signal, readAndClaim(job));
    if (request.dryRun) return outcome;
    if (outcome.state === 'unchanged') await recordUnchanged(world.db, source.name, run, world.now());
    else await recordDone(world.db, outcome.manifest);
    return outcome;
  } catch (thrown) {
    const error: unknown = world.signal.aborted ? world.signal.reason : thrown;
    if (!request.dryRun) await tellFailed(job, error);
    throw error;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** A source that hangs on to its work must not hang on to us. */
function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', stop);
    });
  });
}

/** What is thrown is the failure itself, also where the database cannot be told of it. */
async function tellFailed(job: Job, error: unknown): Promise<void> {
  const { world, source, run } = job;
  try {
    const rejects = await firstRejects(job).catch(() => []);
    await recordFailed(world.db, source.name, run, world.now(), failureOf(world, error), rejects);
  } catch (unrecorded) {
    world.log.error({ err: unrecorded, run }, 'a failed run could not be recorded');
  }
}

interface Job {
  readonly world: SyncWorld;
  readonly engine: LakeEngine;
  readonly source: Source;
  readonly request: RunRequest;
  readonly run: string;
  readonly startedAt: Date;
  readonly staging: string;
  /** The run whose claims are the source's word until this one is done. */
  readonly previous: RunManifest | null;
}

async function readAndClaim(job: Job): Promise<RunDone> {
  const { world, source, run, request } = job;
  const phases = timer(world.clock);
  const settings = world.settingsOf(source);
  const fingerprint = claimsFingerprint(source, settings, request.limit);
  const read = await phases.time('read', () => readRaw(job, settings));
  if (read.unchanged && job.previous?.claimsFingerprint === fingerprint) {
    if (!request.dryRun) await logUnchanged(job);
    return { state: 'unchanged', source: source.name, run };
  }
  const files = await phases.time('claim', () => claimRaw(job, settings, read.files));
  checkCounts(files);
  const claims = await countClaims(job);
  const claimsHash = source.mode === 'stream' ? await hashClaims(job, Object.keys(claims)) : null;
  const partial = partialOf(world, read.result);
  const manifest = (): RunManifest => ({
    run,
    source: source.name,
    startedAt: job.startedAt.toISOString(),
    finishedAt: world.now().toISOString(),
    from: request.from,
    claimsFingerprint: fingerprint,
    raw: [...read.files],
    files: files.map((counts) => ({ ...counts, reasons: { ...counts.reasons } })),
    claims,
    claimsHash,
    partial,
    hasRejects: files.some(({ rejected }) => rejected > 0),
    phases: phases.list(),
  });
  if (request.dryRun) return { state: 'tried', source: source.name, run, manifest: manifest() };
  world.signal.throwIfAborted();
  await phases.time('commit', () => moveIntoPlace(job, Object.keys(claims)));
  const done = manifest();
  await commitManifest(world.lake, done);
  return { state: partial === null ? 'done' : 'partial', source: source.name, run, manifest: done };
}

/** The raw files, in the run's staging; those of the run before where the source found them unchanged. */
async function readRaw(
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
  await mkdir(into);
  for (const { name } of before) await link(join(beforeFolder, name), join(into, name));
  return { unchanged: true, files: before, result };
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

function partialOf({ withoutSecrets }: SyncWorld, result: ReadResult): RunManifest['partial'] {
  if (result.state === 'unchanged' || result.partial === undefined) return null;
  const { code, message } = result.partial;
  return { code, message: withoutSecrets(message) };
}

async function moveIntoPlace(job: Job, tables: readonly string[]): Promise<void> {
  const { world, source, run, staging } = job;
  await moveDurably(join(staging, 'raw'), rawFolder(world.lake, source.name, run));
  for (const table of tables) {
    await moveDurably(stagedClaims(job, table), claimFile(world.lake, table, source.name, run));
  }
  if (await isThere(stagedRejects(job)))
    await moveDurably(stagedRejects(job), rejectFile(world.lake, source.name, run));
}

/** A source read every few seconds must not leave a folder each time: a line says that it was read. */
async function logUnchanged({ world, source, run, startedAt, previous }: Job): Promise<void> {
  const file = unchangedLogFile(world.lake, run);
  await mkdir(dirname(file), { recursive: true });
  const line = { run, source: source.name, at: startedAt.toISOString(), same: previous?.run };
  await appendFile(file, `${JSON.stringify(line)}\n`);
}

/** Some of the rejects of a run that failed, so that they can be looked at although the run left nothing else. */
async function firstRejects(job: Job): Promise<readonly object[]> {
  if (job.world.signal.aborted || !(await isThere(stagedRejects(job)))) return [];
  return job.engine.rows(
    `select file, line, reason, detail, raw from read_parquet(${literal(stagedRejects(job))}) order by file, line limit 20`,
  );
}

function claimsFingerprint(source: Source, settings: unknown, limit: number | null): string {
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
