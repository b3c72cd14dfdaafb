import { setTimeout as pause } from 'node:timers/promises';

import { CATALOGUE_PART } from '../lake/layout.ts';
import type { LakePart } from '../lake/layout.ts';
import { FilmbaseError } from '../model/errors.ts';
import type { SyncWorld } from './sync-world.ts';

/** Between two tries to take what another holds. */
const PAUSE_MS = 100;

/**
 * Does `work` as the only one, over all processes, that works on `part`, in the database and in the lake. Where another
 * does, waits for `waitMs`, then throws `sync_running`, or `data_locked` if it is for another database.
 */
export async function holdPart<T>(
  world: SyncWorld,
  part: LakePart,
  waitMs: number,
  work: () => Promise<T>,
): Promise<T> {
  const patience = world.clock() + waitMs;
  for (;;) {
    const refused = await tryPart(world, part, work);
    if (!(refused instanceof FilmbaseError)) return refused.value;
    if (world.clock() >= patience) throw refused;
    await pause(PAUSE_MS, undefined, { signal: world.signal });
  }
}

/** What `work` gives; or, where it was not begun, why. */
async function tryPart<T>(
  { db, holdLake }: SyncWorld,
  part: LakePart,
  work: () => Promise<T>,
): Promise<{ readonly value: T } | FilmbaseError> {
  const taken = { whole: false };
  try {
    const held = await db.withLock(`filmbase ${part}`, () =>
      holdLake(part, async () => {
        taken.whole = true;
        return { value: await work() };
      }),
    );
    const busy = part === CATALOGUE_PART ? 'publishing the catalogue' : `reading ${part}`;
    return held ?? new FilmbaseError('sync_running', `Another sync is ${busy}.`);
  } catch (error) {
    if (!taken.whole && error instanceof FilmbaseError && error.code === 'data_locked') return error;
    throw error;
  }
}
