import { expect, it } from 'vitest';

import type { ListPosition } from '../src/catalogue/queries/list-ranges.ts';
import type { TitleOrder } from '../src/catalogue/queries/title-sorts.ts';
import { listTitles } from '../src/catalogue/queries/list-titles.ts';
import { filtersOf, filmListQuery } from '../src/serving/api/title-list-query.ts';
import type { Database } from '../src/db/database.ts';
import { describeOnEachDatabase } from './databases.ts';
import { dump, filmId } from './dumps.ts';
import type { Dump } from './dumps.ts';
import { openWorkshop, removeFoldersAfterEach } from './workshops.ts';

removeFoldersAfterEach();

const FILMS = 1_500;

/** Publishes under the walks: by rows and by swap in turns. */
const PUBLISHES = 4;

/** Of so many films one moves, comes or goes with each dump; the others keep their votes, by which is sorted. */
const MOVED_EVERY = 50;

const ORDERS: readonly TitleOrder[] = [
  [{ by: 'votes', descending: true }],
  [{ by: 'votes', descending: false }],
  [
    { by: 'votes', descending: true },
    { by: 'year', descending: false },
  ],
];

/** Odd dumps change the names of all films, even ones those of the moved alone. Votes tie, and some are unknown. */
function dumpOf(step: number): Dump {
  const words = step % 2 === 1 ? step : step - 1;
  const films = dump().films(FILMS, (place) => ({
    title: `Film ${place} v${words}`,
    year: place % 7 === 0 ? null : 2000 + (place % 5),
    genres: ['Drama'],
    rating: place % 11 === 0 ? null : 5,
    votes: place % 40,
  }));
  return moved().reduce(
    (changed, place) =>
      (place + step) % 3 === 0
        ? changed.without(filmId(place))
        : changed.title(filmId(place), { rating: 5, votes: (place * step) % 97, title: `Moved v${step}` }),
    films,
  );
}

function moved(): number[] {
  return Array.from({ length: FILMS / MOVED_EVERY }, (_, at) => (at + 1) * MOVED_EVERY);
}

/** The IMDb ids of the films that no publish moves. */
const STILL = new Set(
  Array.from({ length: FILMS }, (_, at) => at + 1)
    .filter((place) => place % MOVED_EVERY !== 0)
    .map(filmId),
);

describeOnEachDatabase('a list walked while catalogues are published', (open) => {
  it('gives each film that does not move exactly once, forward and back, and in order', async () => {
    const { db, sync } = await openWorkshop((await open()).db);
    await sync(dumpOf(1));
    const publishing = publishOn(sync);
    const walks: Walk[] = [];
    while (!publishing.ended) {
      const turn = walks.length;
      const order = ORDERS[turn % ORDERS.length] ?? ORDERS[0];
      if (order === undefined) break;
      walks.push(await walk(db, order, turn % 2 === 0 ? 'forward' : 'backward'));
    }
    expect(await publishing.ways).toEqual(['rows', 'swap', 'rows', 'swap']);
    // Else nothing was tried: the pages of a walk must be of several catalogues.
    expect(walks.filter(({ versions }) => versions.size > 1).length).toBeGreaterThanOrEqual(3);
    for (const { seen, ordered } of walks) {
      const unmoved = seen.filter((id) => STILL.has(id));
      expect(unmoved).toHaveLength(STILL.size);
      expect(new Set(unmoved)).toEqual(STILL);
      expect(ordered).toBe(true);
    }
  }, 180_000);
});

function publishOn(sync: (dump: Dump) => Promise<{ published: { way: string } | null }>) {
  const publishing = { ended: false, ways: Promise.resolve<(string | undefined)[]>([]) };
  publishing.ways = (async () => {
    const ways: (string | undefined)[] = [];
    try {
      for (let step = 2; step <= PUBLISHES + 1; step += 1)
        ways.push((await sync(dumpOf(step))).published?.way);
      return ways;
    } finally {
      publishing.ended = true;
    }
  })();
  return publishing;
}

interface Walk {
  /** IMDb ids in the order of reading. */
  readonly seen: readonly string[];
  /** The catalogue versions that its pages were of. */
  readonly versions: ReadonlySet<number>;
  /** Whether the votes came in order, unknown ones last; of the films that do not move. */
  readonly ordered: boolean;
}

interface ReadFilm {
  readonly imdbId: string;
  readonly votes: number | null;
}

async function walk(db: Database, order: TitleOrder, direction: ListPosition['direction']): Promise<Walk> {
  const films: ReadFilm[] = [];
  const versions = new Set<number>();
  const filters = filtersOf('films', filmListQuery.parse({ year_gte: undefined }));
  let position: ListPosition | null = { direction, beyond: null };
  while (position !== null) {
    const page = await listTitles(db, { filters, order, position, limit: 37, count: 'none' });
    const read = JSON.parse(page.itemsJson) as ReadFilm[];
    films.push(...(direction === 'forward' ? read : read.reverse()));
    versions.add(page.state.version);
    position = page.more ? { direction, beyond: direction === 'forward' ? page.last : page.first } : null;
  }
  const unmoved = films.filter(({ imdbId }) => STILL.has(imdbId));
  const votes = (direction === 'forward' ? unmoved : unmoved.reverse()).map((film) => film.votes);
  return { seen: films.map(({ imdbId }) => imdbId), versions, ordered: isOrdered(votes, order) };
}

function isOrdered(votes: readonly (number | null)[], [{ descending }]: TitleOrder): boolean {
  const places = votes.map((value) => value ?? (descending ? -1 : Infinity));
  const inOrder = places.toSorted((a, b) => (descending ? b - a : a - b));
  return places.every((place, at) => place === inOrder[at]);
}
