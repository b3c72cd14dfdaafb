import { rm } from 'node:fs/promises';

import { runName, stagingFolder } from '../lake/layout.ts';
import { commitManifest, currentRuns } from '../lake/manifests.ts';
import type { RunManifest } from '../lake/manifests.ts';
import { timer } from '../lib/timer.ts';
import type { Timer } from '../lib/timer.ts';
import { unlessAborted } from '../lib/unless-aborted.ts';
import type { FilmbaseError } from '../model/errors.ts';
import type { LakeEngine } from '../model/lake-engine.ts';
import type { Source } from '../model/source.ts';
import { failureOf, recordDone, recordFailed, recordStarted, recordUnchanged } from './run-record.ts';
import {
  claimJob,
  claimsFingerprint,
  firstRejects,
  logUnchanged,
  moveIntoPlace,
  partialOf,
  readRaw,
} from './run-steps.ts';
import type { Job, RunRequest } from './run-steps.ts';
import { servesWordOf } from './served-word.ts';
import type { SyncWorld } from './sync-world.ts';

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
  const run = await beginRun(world, source, request, startedAt, previous);
  const staging = stagingFolder(world.lake, source.name, run);
  const job: Job = { world, engine, source, request, run, generation: 0, startedAt, staging, previous };
  request.onStarted?.(run);
  try {
    // A source that hangs on to its work must not hang on to us.
    const prepared = await unlessAborted(world.signal, () => readAndClaim(job));
    if (prepared === null) return await endUnchanged(job);
    if (request.dryRun) return { state: 'tried', source: source.name, run, manifest: prepared.manifest() };
    const manifest = await commit(job, prepared);
    await recordDone(world.db, manifest);
    return { state: manifest.partial === null ? 'done' : 'partial', source: source.name, run, manifest };
  } catch (thrown) {
    const error: unknown = world.signal.aborted ? world.signal.reason : thrown;
    if (!request.dryRun) await tellFailed(job, error);
    throw error;
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Gives the run a name that no other has, and has the database know of it. */
async function beginRun(
  { db, random }: SyncWorld,
  { name }: Source,
  { dryRun }: RunRequest,
  startedAt: Date,
  previous: RunManifest | null,
): Promise<string> {
  for (;;) {
    const run = runName(startedAt, random, previous?.run ?? null);
    if (dryRun || (await recordStarted(db, name, run, startedAt))) return run;
  }
}

/** It is as fresh as that now only if what it said is served. */
async function endUnchanged(job: Job): Promise<RunDone> {
  const { world, source, run, request } = job;
  if (!request.dryRun) {
    await logUnchanged(job);
    const isServed = await servesWordOf(world, job.previous);
    await recordUnchanged(world.db, source.name, run, isServed ? world.now() : null);
  }
  return { state: 'unchanged', source: source.name, run };
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

/** A run that is read and claimed, and not committed. */
interface Prepared {
  readonly manifest: () => RunManifest;
  readonly phases: Timer;
}

/** Null: the source is as it was. */
async function readAndClaim(job: Job): Promise<Prepared | null> {
  const { world, source, run, request } = job;
  const phases = timer(world.clock);
  const settings = world.settingsOf(source);
  const fingerprint = claimsFingerprint(source, settings, request.limit);
  const read = await phases.time('read', () => readRaw(job, settings));
  if (read.unchanged && job.previous?.claimsFingerprint === fingerprint) return null;
  const claimed = await phases.time('claim', () => claimJob(job, settings, read.files));
  const partial = partialOf(world, read.result);
  const manifest = (): RunManifest => ({
    run,
    source: source.name,
    generation: job.generation,
    startedAt: job.startedAt.toISOString(),
    finishedAt: world.now().toISOString(),
    from: request.from,
    limit: request.limit,
    claimsFingerprint: fingerprint,
    raw: [...read.files],
    ...claimed,
    partial,
    phases: phases.list(),
  });
  return { manifest, phases };
}

/** Not to be broken off: what is begun here ends while the source is held. */
async function commit(job: Job, { manifest, phases }: Prepared): Promise<RunManifest> {
  await phases.time('commit', () => moveIntoPlace(job, Object.keys(manifest().claims)));
  const done = manifest();
  await commitManifest(job.world.lake, done);
  return done;
}
