import sql from 'sql-template-tag';

import type { PublishResult } from '../catalogue/publish/publish.ts';
import type { Schedule } from '../lib/schedule.ts';
import { FilmbaseError } from '../model/errors.ts';
import { LOCAL, type Source } from '../model/source.ts';
import { findLastAsked } from './read-source.ts';
import { failureOf } from './run-record.ts';
import type { RunOutcome } from './run-source.ts';
import { startScheduler } from './scheduler.ts';
import type { SchedulerWorld } from './scheduler.ts';
import { isConfigured, isHeld, publishNews, sync } from './sync.ts';
import type { SyncRequest } from './sync.ts';
import type { SyncWorld } from './sync-world.ts';

/** The syncs of a server: those on schedule, and those that someone asks for and does not wait for. */
export interface BackgroundSyncs {
  /**
   * Begins to read a source and gives the run's name. Throws `source_not_found`, `source_not_configured`, or
   * `sync_running` while it is being read.
   */
  startNow(source: string): Promise<string>;
  /** Has what people decided merged and published, and does not wait for it. */
  publishSoon(): void;
  /** Ends the schedule, and waits for what was begun; whoever wants that to end soon aborts the world's signal. */
  stop(): Promise<void>;
}

/** How long a publish waits for one that another process does. */
const PUBLISH_WAIT_MS = 3_600_000;

/** `scheduleOf`: of a source by its name; null to leave all to others. */
export function openBackgroundSyncs(
  world: SyncWorld,
  setTimer: SchedulerWorld['setTimer'],
  scheduleOf: ((source: string) => Schedule) | null,
): BackgroundSyncs {
  const work = new BackgroundWork(world);
  const stopSchedule = scheduleOf === null ? null : startSchedule(world, work, setTimer, scheduleOf);
  return {
    startNow: (name) =>
      new Promise((resolve, reject) => {
        work.track(syncNow(world, work, name, resolve, reject));
      }),
    publishSoon: () => {
      work.publishLater();
    },
    stop: async () => {
      await stopSchedule?.();
      await work.end();
    },
  };
}

/** What goes on behind everyone's back: it is waited for at the end, and what goes wrong with it is logged. */
class BackgroundWork {
  readonly #world: SyncWorld;
  readonly #begun = new Set<Promise<void>>();
  #publishing = false;
  /** Whether something was said while a publish was under way, which may not have it. */
  #again = false;

  constructor(world: SyncWorld) {
    this.#world = world;
  }

  track(work: Promise<void>): void {
    this.#begun.add(work);
    void work.finally(() => this.#begun.delete(work));
  }

  async end(): Promise<void> {
    while (this.#begun.size > 0) await Promise.all(this.#begun);
  }

  /** Something is new, and whoever said it does not publish it: once what is being published is done. */
  publishLater(): void {
    this.#again = this.#publishing;
    if (this.#publishing) return;
    this.#publishing = true;
    this.track(this.#publish());
  }

  async #publish(): Promise<void> {
    const { log, signal } = this.#world;
    try {
      logPublished(this.#world, await publishNews(this.#world, PUBLISH_WAIT_MS));
    } catch (error) {
      if (!signal.aborted) log.error({ err: error }, 'what sources said could not be published');
    } finally {
      this.#publishing = false;
      if (this.#again && !signal.aborted) this.publishLater();
    }
  }
}

function startSchedule(
  world: SyncWorld,
  work: BackgroundWork,
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
    read: async (source, ifLastAskedAt) => {
      await syncOne(world, work, source, { ifLastAskedAt, onlyIfBehind: true });
    },
    log: world.log,
  });
}

/** Ends once the sync has ended. `onStarted` hears of its beginning, `onRefused` of what goes wrong before that. */
async function syncNow(
  world: SyncWorld,
  work: BackgroundWork,
  name: string,
  onStarted: (run: string) => void,
  onRefused: (error: unknown) => void,
): Promise<void> {
  const begun: string[] = [];
  try {
    const source = findSource(world, name);
    if (!isConfigured(world, source))
      throw new FilmbaseError('source_not_configured', `The settings do not say where to read ${name}.`);
    const started = (run: string) => {
      begun.push(run);
      onStarted(run);
    };
    const [outcome] = await syncOne(world, work, name, { onStarted: started });
    if (begun.length === 0) onRefused(refusalOf(outcome));
  } catch (error) {
    const [run] = begun;
    if (run === undefined) onRefused(error);
    else if (!world.signal.aborted)
      world.log.error({ err: error, source: name, run }, 'a sync on request failed');
  }
}

/** Why no run was begun. */
function refusalOf(outcome: RunOutcome | undefined): unknown {
  const error = outcome !== undefined && 'error' in outcome ? outcome.error : null;
  return error ?? new Error('A sync on request began no run, and did not say why.');
}

function findSource(world: SyncWorld, name: string): Source {
  const source = world.sources.find((candidate) => candidate.name === name && name !== LOCAL);
  if (source !== undefined) return source;
  throw new FilmbaseError('source_not_found', `No source that can be read has the name ${name}.`, {
    fields: [{ field: 'name', message: 'is the name of no source that can be read' }],
  });
}

async function syncOne(
  world: SyncWorld,
  work: BackgroundWork,
  source: string,
  more: Partial<SyncRequest>,
): Promise<readonly RunOutcome[]> {
  const plain = { from: null, limit: null, dryRun: false, allowShrink: false, waitMs: 0 };
  const runs: RunOutcome[] = [];
  try {
    const { published } = await sync(world, { sources: [source], ...plain, ...more }, (outcome) => {
      runs.push(outcome);
      logOutcome(world, outcome);
    });
    logPublished(world, published);
  } catch (error) {
    if (!isHeld(error)) throw error;
    work.publishLater();
  }
  return runs;
}

function logPublished({ log }: SyncWorld, published: PublishResult | null): void {
  if (published === null) return;
  const { version, way, difference } = published;
  log.info({ version, way, ...difference }, 'published');
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
