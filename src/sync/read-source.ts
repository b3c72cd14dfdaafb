import { setMaxListeners } from 'node:events';

import sql from 'sql-template-tag';

import { OFFER_SOURCE } from '../catalogue/offers/publish-offers.ts';
import { clearStaging, sweepSource } from '../lake/sweep.ts';
import { compactDays } from '../lake/stream-days.ts';
import { dayOf } from '../lake/layout.ts';
import { listRuns } from '../lake/manifests.ts';
import { FilmbaseError } from '../model/errors.ts';
import type { LakeEngine } from '../model/lake-engine.ts';
import type { Source } from '../model/source.ts';
import { bringOffers } from './bring-offers.ts';
import { holdPart } from './hold-part.ts';
import { lazyEngine } from './lazy-engine.ts';
import { failureOf, recordSourceError, settleRuns } from './run-record.ts';
import { runSource } from './run-source.ts';
import type { RunOutcome } from './run-source.ts';
import type { RunRequest } from './run-steps.ts';
import type { SyncWorld } from './sync-world.ts';

export interface ReadSourceRequest extends RunRequest {
  /** How long to wait where another process reads the source. */
  readonly waitMs: number;
  /** Read it only if it was last asked at this moment, null being never; undefined: whenever that was. */
  readonly ifLastAskedAt?: Date | null;
}

/**
 * Reads a source as the only one that does, over all processes; cut off when it takes longer than the source may. Throws
 * `sync_running` or `data_locked` where another went on reading it for `waitMs`.
 */
export async function readSource(
  world: SyncWorld,
  source: Source,
  request: ReadSourceRequest,
): Promise<RunOutcome> {
  return holdPart(world, source.name, request.waitMs, async () => {
    if (request.ifLastAskedAt !== undefined && !(await wasLastAsked(world, source, request.ifLastAskedAt)))
      return { state: 'skipped', source: source.name, error: null };
    await tidySource(world, source.name);
    return readWithin(world, source, request);
  });
}

async function wasLastAsked({ db }: SyncWorld, { name }: Source, at: Date | null): Promise<boolean> {
  const lastAt = (await findLastAsked(db, name))?.getTime();
  return lastAt === at?.getTime();
}

/** When the source was last asked, with whatever outcome; null: never. */
export async function findLastAsked(db: SyncWorld['db'], source: string): Promise<Date | null> {
  const [row] = await db.query<{ checked_at: Date | null }>(
    sql`select checked_at from source where name = ${source}`,
  );
  return row?.checked_at ?? null;
}

/** What a process that was cut off left behind goes; only for the holder of the source. */
export async function tidySource(world: SyncWorld, source: string): Promise<void> {
  const swept = await sweepSource(world.lake, source);
  if (swept.length > 0)
    world.log.info({ source, files: swept.length }, 'removed what an unfinished run left in the lake');
  await settleRuns(world.db, source, await listRuns(world.lake), world.now());
}

function cutOffSignal({ signalAfter }: SyncWorld, { name, longestRunSeconds }: Source): AbortSignal {
  const controller = new AbortController();
  signalAfter(longestRunSeconds * 1000).addEventListener('abort', () => {
    const message = `${name} took longer than ${longestRunSeconds} s and was cut off.`;
    controller.abort(new FilmbaseError('run_timeout', message));
  });
  return controller.signal;
}

/** A run that fails is an outcome, so that other sources are read all the same. */
async function readWithin(world: SyncWorld, source: Source, request: ReadSourceRequest): Promise<RunOutcome> {
  const bounded = { ...world, signal: AbortSignal.any([world.signal, cutOffSignal(world, source)]) };
  // Every request of a run listens to it, and many are sent at once.
  setMaxListeners(0, bounded.signal);
  const engine = lazyEngine(bounded, source.name);
  try {
    const outcome = await runSource(bounded, engine, source, request);
    if (source.mode === 'stream' && outcome.state !== 'tried')
      await compactDays(world.lake, engine, source.name, dayOf(outcome.run));
    if (source.name === OFFER_SOURCE && outcome.state !== 'tried') await bringOrTell(world, engine, source);
    return outcome;
  } catch (error) {
    world.signal.throwIfAborted();
    return { state: 'failed', source: source.name, error };
  } finally {
    await engine.close();
    await clearStaging(world.lake, source.name);
  }
}

async function bringOrTell(world: SyncWorld, engine: LakeEngine, { name }: Source): Promise<void> {
  try {
    await bringOffers(world, engine);
  } catch (error) {
    await recordSourceError(world.db, name, failureOf(world, error));
    throw error;
  }
}
