import { pino } from 'pino';
import { describe, expect, it } from 'vitest';

import { parseSchedule } from '../lib/schedule.ts';
import { startScheduler } from './scheduler.ts';
import type { SchedulerWorld } from './scheduler.ts';

const log = pino({ level: 'silent' });

/** A clock that goes on when it is told to, with timers on it. */
class Clock {
  #now = new Date('2026-11-21T10:00:00').getTime();
  readonly #timers = new Set<{ at: number; callback: () => void }>();

  readonly now = () => new Date(this.#now);

  readonly setTimer = (ms: number, callback: () => void) => {
    const timer = { at: this.#now + ms, callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  };

  /** Rings each timer at its time, and lets what it began go as far as it can. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settled();
    for (;;) {
      const next = [...this.#timers].sort((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at > end) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.callback();
      await settled();
    }
    this.#now = end;
  }

  get timers(): number {
    return this.#timers.size;
  }
}

/** All that waits for nothing but promises has gone on. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** What processes have in common: when each source was last asked, and which is being read. */
class Shared {
  readonly lastAsked = new Map<string, Date>();
  readonly reads: string[] = [];
  readonly held = new Set<string>();
  readonly next = new Map<string, string>();
}

function worldOf(
  clock: Clock,
  shared: Shared,
  schedules: Record<string, string>,
  over: Partial<SchedulerWorld> = {},
): SchedulerWorld {
  return {
    sources: Object.entries(schedules).map(([name, text]) => {
      const schedule = parseSchedule(text);
      if (schedule === null) throw new Error(`${text} is no schedule.`);
      return { name, schedule };
    }),
    now: clock.now,
    setTimer: clock.setTimer,
    lastAskedAt: (source) => Promise.resolve(shared.lastAsked.get(source) ?? null),
    tellNext: (source, at) => {
      shared.next.set(source, at.toString());
      return Promise.resolve();
    },
    read: (source, last) => {
      const asked = shared.lastAsked.get(source) ?? null;
      if (shared.held.has(source) || asked?.getTime() !== last?.getTime()) return Promise.resolve();
      shared.lastAsked.set(source, clock.now());
      shared.reads.push(source);
      return Promise.resolve();
    },
    log,
    ...over,
  };
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('the scheduler', () => {
  it('reads a source with an interval at once and then each time that it has passed', async () => {
    const [clock, shared] = [new Clock(), new Shared()];
    const stop = startScheduler(worldOf(clock, shared, { ghibli: 'every 15s' }));
    await clock.advance(0);
    expect(shared.reads.length).toBe(1);
    await clock.advance(14_999);
    expect(shared.reads.length).toBe(1);
    await clock.advance(MINUTE);
    expect(shared.reads.length).toBe(5);
    await stop();
  });

  it('reads a source that was never read at the next time of its cron expression', async () => {
    const [clock, shared] = [new Clock(), new Shared()];
    const stop = startScheduler(worldOf(clock, shared, { imdb: '0 2 * * *' }));
    await clock.advance(15 * 60 * MINUTE);
    expect(shared.reads).toEqual([]);
    expect(shared.next.get('imdb')).toBe(new Date('2026-11-22T02:00:00').toString());
    await clock.advance(2 * 60 * MINUTE);
    expect(shared.reads).toEqual(['imdb']);
    await clock.advance(3 * DAY);
    expect(shared.reads.length).toBe(4);
    await stop();
  });

  it('catches up once, however often a source was missed', async () => {
    const [clock, shared] = [new Clock(), new Shared()];
    shared.lastAsked.set('imdb', new Date(clock.now().getTime() - 5 * DAY));
    const stop = startScheduler(worldOf(clock, shared, { imdb: '0 2 * * *' }));
    await clock.advance(MINUTE);
    expect(shared.reads).toEqual(['imdb']);
    await clock.advance(10 * 60 * MINUTE);
    expect(shared.reads).toEqual(['imdb']);
    await stop();
  });

  it('reads a source that was asked in the future, by a clock that went wrong', async () => {
    const [clock, shared] = [new Clock(), new Shared()];
    shared.lastAsked.set('ghibli', new Date(clock.now().getTime() + DAY));
    const stop = startScheduler(worldOf(clock, shared, { ghibli: 'every 15s' }));
    await clock.advance(MINUTE);
    expect(shared.reads.length).toBe(5);
    await stop();
  });

  it('makes one reading per interval in two processes together', async () => {
    const [clock, shared] = [new Clock(), new Shared()];
    const stops = [1, 2].map(() => startScheduler(worldOf(clock, shared, { ghibli: 'every 15s' })));
    await clock.advance(10 * MINUTE);
    expect(shared.reads.length).toBe(41);
    await Promise.all(stops.map((stop) => stop()));
  });

  it('waits a little where another process reads the source, and does not read it again after that', async () => {
    const [clock, shared] = [new Clock(), new Shared()];
    shared.held.add('ghibli');
    const stop = startScheduler(worldOf(clock, shared, { ghibli: 'every 15s' }));
    await clock.advance(5_000);
    expect(shared.reads).toEqual([]);
    shared.lastAsked.set('ghibli', clock.now());
    shared.held.clear();
    await clock.advance(14_000);
    expect(shared.reads).toEqual([]);
    await clock.advance(2_000);
    expect(shared.reads).toEqual(['ghibli']);
    await stop();
  });

  it('goes on after a failure, and one source does not wait for another', async () => {
    const [clock, shared] = [new Clock(), new Shared()];
    let failures = 3;
    const world = worldOf(clock, shared, { ghibli: 'every 15s', prices: 'every 15s' });
    const stop = startScheduler({
      ...world,
      read: (source, last) => {
        if (source === 'ghibli' && failures-- > 0) return Promise.reject(new Error('No database.'));
        return world.read(source, last);
      },
    });
    await clock.advance(MINUTE);
    expect(shared.reads.filter((name) => name === 'prices').length).toBe(5);
    expect(shared.reads.filter((name) => name === 'ghibli').length).toBeGreaterThanOrEqual(3);
    await stop();
  });

  it('does not begin a reading before the one of the same source has ended', async () => {
    const [clock, shared] = [new Clock(), new Shared()];
    const ends: (() => void)[] = [];
    const world = worldOf(clock, shared, { ghibli: 'every 15s' });
    const stop = startScheduler({
      ...world,
      read: async (source, last) => {
        await world.read(source, last);
        await new Promise<void>((resolve) => ends.push(resolve));
      },
    });
    await clock.advance(10 * MINUTE);
    expect(shared.reads.length).toBe(1);
    ends.pop()?.();
    await clock.advance(0);
    expect(shared.reads.length).toBe(2);
    ends.pop()?.();
    await stop();
  });

  it('leaves no timer behind when it is stopped, and waits for what it began', async () => {
    const [clock, shared] = [new Clock(), new Shared()];
    const world = worldOf(clock, shared, { ghibli: 'every 15s', imdb: 'off', prices: 'every 5m' });
    let ended = false;
    const stop = startScheduler({
      ...world,
      read: async (source, last) => {
        await world.read(source, last);
        await settled();
        ended = true;
      },
    });
    await clock.advance(0);
    await stop();
    expect([ended, clock.timers]).toEqual([true, 0]);
    await clock.advance(DAY);
    expect(shared.reads.length).toBe(2);
  });
});
