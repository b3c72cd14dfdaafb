import { join } from 'node:path';

import { afterEach, expect, it } from 'vitest';

import { noteAnswer } from './checked-answers.ts';
import { endCommands } from './commands.ts';
import { describeOnEachDatabase } from './databases.ts';
import { dump, filmId } from './dumps.ts';
import { ratingOf, readDuringPublishes, stepOf, titleEnd } from './reader-trials.ts';
import { removeFoldersAfterEach, temporaryFolder } from './workshops.ts';

afterEach(endCommands);
removeFoldersAfterEach();

// The same at 243,371 films, with figures: bench/readers-during-publish.ts.

/** Enough that a swap takes longer than a read, few enough for any machine. */
const FILMS = 3_000;

/** The first is the load; publishes by rows and swaps alternate after it. */
const STEPS = 7;

/** A change of so few films goes by rows. */
const MARKED_EVERY = 25;

const GENRES = ['Action', 'Comedy', 'Drama', 'War'];

function dumpOf(step: number): string {
  return dump()
    .films(FILMS, (place) => {
      const number = Number(filmId(place).slice(2));
      const words = stepOf(number, step, MARKED_EVERY);
      return {
        title: `Film ${place}${titleEnd(words)}`,
        rating: ratingOf(number, words),
        genres: GENRES.filter((_, at) => (place + words + at) % 2 === 0),
      };
    })
    .write(join(temporaryFolder(), `step-${step}`));
}

describeOnEachDatabase('while catalogues are published', (open) => {
  it('readers see no error, no mixture of two versions, and none before one that was seen', async () => {
    const { url } = await open();
    const report = await readDuringPublishes({
      environment: { FILMBASE_DATA: temporaryFolder(), ...(url === null ? {} : { DATABASE_URL: url }) },
      scratch: temporaryFolder(),
      dumps: Array.from({ length: STEPS }, (_, at) => dumpOf(at + 1)),
      ids: Array.from({ length: 100 }, (_, at) => filmId(at * 30 + 1)),
      markedEvery: MARKED_EVERY,
      genre: 'Drama',
      onAnswer: noteAnswer,
    });
    expect(report.faults).toEqual([]);
    expect(report.ways).toEqual(['swap', 'rows', 'swap', 'rows', 'swap', 'rows', 'swap']);
    expect(report.lastSeen).toBe(STEPS);
    if (url !== null) return;
    expect(report.loop.heldMs).toBeLessThan(50);
    // What an idle process is kept waiting is the machine's doing.
    expect(report.healthMs.p99).toBeLessThan(50 + report.idleLoop.stoodMs);
  }, 180_000);
});
