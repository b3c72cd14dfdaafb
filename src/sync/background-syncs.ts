import sql from 'sql-template-tag';

import type { Schedule } from '../lib/schedule.ts';
import { FilmbaseError } from '../model/errors.ts';
import type { Source } from '../model/source.ts';
import { findLastAsked } from './read-source.ts';
import { failureOf } from './run-record.ts';
import type { RunOutcome } from './run-source.ts';
import { startScheduler } from './scheduler.ts';
import type { SchedulerWorld } from './scheduler.ts';
import { LOCAL } from './merge-and-publish.ts';
import { isConfigured, isHeld, sync } from './sync.ts';
import type { SyncRequest } from './sync.ts';
import type { SyncWorld } from './sync-world.ts';

/** The syncs of a server: those on schedule, and those that someone asks for and does not wait for. */
export interface BackgroundSyncs {
  /**
   * Begins to read a source and gives the run's name. Throws `source_not_found`, `source_not_configured`, or
   * `sync_running` while it is being read.
   */
  startNow(source: string): Promise<string>;
  /** Ends the schedule, and waits for what was begun; whoever wants that to end soon aborts the world's signal. */
  stop(): Promise<void>;
}

/** `scheduleOf`: of a source by its name; null to leave all to others. */
export function openBackgroundSyncs(
  world: SyncWorld,
  setTimer: SchedulerWorld['setTimer'],
  scheduleOf: ((source: string) => Schedule) | null,
): BackgroundSyncs {
  const begun = new Set<Promise<void>>();
  const stopSchedule = scheduleOf === null ? null : startSchedule(world, setTimer, scheduleOf);
  return {
    startNow: (name) =>
      new Promise((resolve, reject) => {
        const work = syncNow(world, name, resolve).catch(reject);
        begun.add(work);
        void work.finally(() => begun.delete(work));
      }),
    stop: async () => {
      await stopSchedule?.();
      await Promise.all(begun);
    },
  };
}

function startSchedule(
  world: SyncWorld,
  setTimer: SchedulerWorld['setTimer'],
  scheduleOf: (source: string) => Schedule,
): () => Promise<void> {
  const sources = world.sources.filter((source) => source.name !== LOCAL && isConfigured(world, source));
  return startScheduler({
    sources: sources.map(({ name }) => ({ name, schedule: scheduleOf(name) })),
    now: world.now,
    setTimer,
    lastAskedAt: (source) => findLastAsked(world.db, source),
    tellNext: async (source, at) => {
      await world.db.query(sql`update source set next_run_at = ${at} where name = ${source}`);
    },
    read: (source, ifLastAskedAt) =>
      syncOne(world, source, { ifLastAskedAt, onlyIfBehind: true }).then(
        () => undefined,
        (error: unknown) => {
          if (!isHeld(error)) throw error;
        },
      ),
    log: world.log,
  });
}

/** Ends once the sync has ended; `onStarted` hears of its beginning. What goes wrong before that is thrown. */
async function syncNow(world: SyncWorld, name: string, onStarted: (run: string) => void): Promise<void> {
  const source = findSource(world, name);
  if (!isConfigured(world, source))
    throw new FilmbaseError('source_not_configured', `The settings do not say where to read ${name}.`);
  const { runs } = await syncOne(world, name, { onStarted });
  const [run] = runs;
  if (run?.state === 'skipped' && run.error !== null) throw run.error;
}

function findSource(world: SyncWorld, name: string): Source {
  const source = world.sources.find((candidate) => candidate.name === name && name !== LOCAL);
  if (source !== undefined) return source;
  throw new FilmbaseError('source_not_found', `No source that can be read has the name ${name}.`, {
    fields: [{ field: 'name', message: 'is the name of no source that can be read' }],
  });
}

async function syncOne(world: SyncWorld, source: string, more: Partial<SyncRequest>) {
  const request = {
    sources: [source],
    from: null,
    limit: null,
    dryRun: false,
    allowShrink: false,
    waitMs: 0,
    ...more,
  };
  const result = await sync(world, request, (outcome) => {
    logOutcome(world, outcome);
  });
  if (result.published !== null) {
    const { version, way, difference } = result.published;
    world.log.info({ version, way, ...difference }, 'published');
  }
  return result;
}

function logOutcome(world: SyncWorld, outcome: RunOutcome): void {
  const { source, state } = outcome;
  if (state === 'failed') world.log.error({ source, ...failureOf(world, outcome.error) }, 'a run failed');
  else if (state === 'unchanged' || state === 'skipped') world.log.debug({ source, state }, 'read');
  else {
    const { run, manifest } = outcome;
    world.log.info({ source, state, run, claims: manifest.claims, partial: manifest.partial }, 'read');
  }
}
