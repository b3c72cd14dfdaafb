import type { Logger } from 'pino';

import { nextAfter } from '../lib/schedule.ts';
import type { Schedule } from '../lib/schedule.ts';

/** A source that is read again and again. */
export interface ScheduledSource {
  readonly name: string;
  readonly schedule: Schedule;
}

/** What a scheduler is handed of the world. */
export interface SchedulerWorld {
  readonly sources: readonly ScheduledSource[];
  readonly now: () => Date;
  /** Calls back after so many milliseconds; gives the function that calls it off. */
  readonly setTimer: (ms: number, callback: () => void) => () => void;
  /** When any process last began to read the source; null: never. */
  readonly lastAskedAt: (source: string) => Promise<Date | null>;
  /** Says when the source is due next. */
  readonly tellNext: (source: string, at: Date) => Promise<void>;
  /** Reads the source, unless it was asked since `lastAskedAt` or is being read. */
  readonly read: (source: string, lastAskedAt: Date | null) => Promise<void>;
  readonly log: Logger;
}

/** How long a wait may be at most before it is looked at again: clocks are set, and other processes read too. */
const LONGEST_NAP_MS = 60_000;

/** A source that was asked later than that from now was asked by a clock that went wrong: it is due. */
const CLOCKS_DIFFER_MS = 300_000;

/** Until a source that was due and was not read is looked at again. */
const HELD_MS = 1_000;

/** Until the database is asked again, when it could not be. */
const FAILED_MS = 5_000;

/**
 * Has each source read when its schedule says so. Any number of processes may do so on one database: what one reads, the
 * others leave alone. A time that was missed is caught up once; a source that was never read begins at once where it has
 * an interval, else at its next time. Gives the function that stops, once what it began has ended.
 */
export function startScheduler(world: SchedulerWorld): () => Promise<void> {
  const stops = world.sources.map((source) => keepReading(world, source));
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}

function keepReading(world: SchedulerWorld, source: ScheduledSource): () => Promise<void> {
  const startedAt = world.now();
  const state = { stopped: false, toldNext: 0 };
  let callOff: () => void = () => undefined;
  let turn: Promise<void> = Promise.resolve();
  const wakeAfter = (ms: number) => {
    if (!state.stopped) callOff = world.setTimer(ms, wake);
  };
  const wake = () => {
    turn = takeTurn(world, source, startedAt, state).then(wakeAfter);
  };
  wakeAfter(0);
  return async () => {
    state.stopped = true;
    callOff();
    await turn;
  };
}

/** Reads the source if it is due; gives the milliseconds until it is to be looked at again. */
async function takeTurn(
  world: SchedulerWorld,
  source: ScheduledSource,
  startedAt: Date,
  state: { toldNext: number },
): Promise<number> {
  try {
    const last = await world.lastAskedAt(source.name);
    const due = dueAt(source.schedule, last, startedAt, world.now());
    if (due === null) return LONGEST_NAP_MS;
    if (due.getTime() !== state.toldNext) {
      await world.tellNext(source.name, due);
      state.toldNext = due.getTime();
    }
    const ms = due.getTime() - world.now().getTime();
    if (ms > 0) return Math.min(ms, LONGEST_NAP_MS);
    await world.read(source.name, last);
    const asked = await world.lastAskedAt(source.name);
    return asked?.getTime() === last?.getTime() ? HELD_MS : 0;
  } catch (error) {
    world.log.warn({ err: error, source: source.name }, 'a scheduled source could not be read');
    return FAILED_MS;
  }
}

function dueAt(schedule: Schedule, last: Date | null, startedAt: Date, now: Date): Date | null {
  if (last !== null && last.getTime() - now.getTime() > CLOCKS_DIFFER_MS && schedule.kind !== 'off')
    return now;
  if (last !== null) return nextAfter(schedule, last);
  return schedule.kind === 'every' ? startedAt : nextAfter(schedule, startedAt);
}
