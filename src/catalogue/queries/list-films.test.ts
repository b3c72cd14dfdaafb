import fc from 'fast-check';
import { expect, test } from 'vitest';

import { describeOnEachDatabase } from '../../../test/databases.ts';
import { expectedIds } from '../../../test/expected-films.ts';
import { addFilms, removeFilms, servedFilm, serveFilms } from '../../../test/served-films.ts';
import { linkId, type ServedCredit } from '../../../test/served-links.ts';
import type { Queryable } from '../../db/database.ts';
import type { Kind } from '../../model/kinds.ts';
import { NO_FILTERS, type Bounds, type FilmFilters } from './film-filters.ts';
import type { ListPosition } from './list-ranges.ts';
import { FILM_SORTS, type FilmOrder, type FilmSort, type SortKey } from './film-sorts.ts';
import { listFilms, type FilmPage } from './list-films.ts';

/** Few values, so that ties and unknowns abound. */
const film = fc
  .record({
    id: fc.uuid(),
    kind: fc.constantFrom<Kind>('movie', 'movie', 'short', 'tvSeries'),
    title: fc.constantFrom('Ann', 'ann', 'Bob', 'Céline'),
    year: fc.constantFrom(null, 1999, 2000),
    runtimeMinutes: fc.constantFrom(null, 90, 91),
    rating: fc.constantFrom(null, 0, 7.1, 7.3),
    votes: fc.constantFrom(null, 5, 6),
    weightedRating: fc.constantFrom(null, 6.123456789012345, 6.2),
    popularity: fc.constantFrom(null, 0.5, 21.946943),
    genres: fc.subarray(['Drama', 'Comedy', 'Sci-Fi']),
    sources: fc.subarray(['imdb', 'local'], { minLength: 1 }),
    detail: fc.option(
      fc.record({
        originalLanguage: fc.constantFrom(null, 'en', 'is'),
        collection: fc.constantFrom(null, 'Trilogy', 'Saga'),
      }),
    ),
    languages: fc.subarray(['en', 'fr']),
    countries: fc.subarray(['NZ', 'US']),
    companies: fc.subarray(['Acme', 'ACME/2', 'Studio']),
    keywords: fc.subarray(['robot', 'Heist']),
    credits: fc.subarray<ServedCredit>([
      { person: 'Ann', part: 'cast', category: 'actress' },
      { person: 'Ann', part: 'crew', category: 'director' },
      { person: 'Bob', part: 'crew', category: 'writer' },
    ]),
  })
  .map(servedFilm);

const films = fc.uniqueArray(film, { selector: ({ id }) => id, maxLength: 25 });

const genres = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  fc.subarray(['drama', 'COMEDY', 'Sci-Fi', 'Western']),
);

const ownFilters = {
  genre: genres,
  genreAll: genres,
  genreNot: genres,
  kind: fc.constantFrom([], [], ['movie'] as const, ['movie', 'short'] as const),
  source: fc.constantFrom([], [], ['local']),
  rating: fc.constantFrom<Bounds>({}, {}, { gt: 0 }, { gte: 7.1 }, { lt: 7.3 }),
  year: fc.constantFrom<Bounds>({}, {}, { eq: 2000 }, { lte: 1999 }),
  runtime: fc.constantFrom<Bounds>({}, {}, { gt: 90 }),
  votes: fc.constantFrom<Bounds>({}, {}, { lte: 5 }),
};

const anyOf = (...values: string[]) => fc.subarray(values, { minLength: 1 });

const linkFilters = {
  language: anyOf('en', 'fr', 'is', 'zu'),
  country: anyOf('NZ', 'US', 'XX'),
  company: anyOf('acme', 'nobody', linkId('company', 'Acme'), linkId('company', 'Studio')),
  person: anyOf('ANN', linkId('person', 'Ann'), linkId('person', 'Bob')),
  keyword: anyOf('heist', linkId('keyword', 'robot'), linkId('keyword', 'unknown')),
  collection: anyOf(linkId('collection', 'Saga'), linkId('collection', 'Trilogy')),
};

/** Few at once, so that some films pass them all. */
const someLinks = fc
  .shuffledSubarray(Object.entries(linkFilters), { minLength: 1, maxLength: 2 })
  .chain((entries) => fc.record(Object.fromEntries(entries)));

const none = fc.constant({});
const own = fc.record(ownFilters);

const filters: fc.Arbitrary<FilmFilters> = fc
  .oneof(fc.tuple(own, none), fc.tuple(none, someLinks), fc.tuple(own, someLinks))
  .map(([own, links]) => ({ ...NO_FILTERS, ...own, ...links }));

const order = fc
  .uniqueArray(
    fc.record({ by: fc.constantFrom(...(Object.keys(FILM_SORTS) as FilmSort[])), descending: fc.boolean() }),
    { selector: ({ by }) => by, minLength: 1, maxLength: 3 },
  )
  .map((keys) => keys as [SortKey, ...SortKey[]]);

const request = fc.record({ filters, order, limit: fc.integer({ min: 1, max: 8 }) });

const START: ListPosition = { direction: 'forward', beyond: null };
const END: ListPosition = { direction: 'backward', beyond: null };

interface ListRequest {
  readonly filters: FilmFilters;
  readonly order: FilmOrder;
  readonly limit: number;
}

/** Walks from `start` until there is no more, and gives the ids of each page in the list's order. */
async function walk(
  db: Queryable,
  request: ListRequest,
  start: ListPosition,
  between: (page: FilmPage) => Promise<void> = () => Promise.resolve(),
): Promise<string[][]> {
  const pages: string[][] = [];
  let position: ListPosition | null = start;
  while (position !== null) {
    const page: FilmPage = await listFilms(db, { ...request, position, count: 'none' });
    pages.push((JSON.parse(page.itemsJson) as { id: string }[]).map(({ id }) => id));
    await between(page);
    const beyond = start.direction === 'forward' ? page.last : page.first;
    position = page.more ? { direction: start.direction, beyond } : null;
  }
  return pages;
}

describeOnEachDatabase('a list of films', (open) => {
  test('gives each film that passes the filters once, in order, whichever way it is walked', async () => {
    const { db } = await open();
    await fc.assert(
      fc.asyncProperty(films, request, async (films, request) => {
        await serveFilms(db, films);
        const expected = expectedIds(films, request);
        const forward = await walk(db, request, START);
        const backward = await walk(db, request, END);
        expect(forward.flat()).toEqual(expected);
        expect(backward.reverse().flat()).toEqual(expected);
        expect(forward.slice(0, -1).every((page) => page.length === request.limit)).toBe(true);
        const { count } = await listFilms(db, { ...request, position: START, count: 'exact' });
        expect(count).toEqual({ value: expected.length, kind: 'exact' });
      }),
      { numRuns: 50 },
    );
  });

  test('turns round at any page and comes back to where it was', async () => {
    const { db } = await open();
    await fc.assert(
      fc.asyncProperty(films, request, async (films, request) => {
        await serveFilms(db, films);
        const expected = expectedIds(films, request);
        const first = await listFilms(db, { ...request, position: START, count: 'none' });
        if (first.last === null) return;
        const second = await listFilms(db, {
          ...request,
          position: { direction: 'forward', beyond: first.last },
          count: 'none',
        });
        const back = second.first ?? null;
        const again = await listFilms(db, {
          ...request,
          position: { direction: 'backward', beyond: back },
          count: 'none',
        });
        expect(idsOf(again)).toEqual(
          expected.slice(0, request.limit).slice(back === null ? -request.limit : 0),
        );
      }),
      { numRuns: 30 },
    );
  });

  test('gives each film that nobody touches once, while others come, go and move between the pages', async () => {
    const { db } = await open();
    await fc.assert(
      fc.asyncProperty(
        films,
        films,
        request,
        fc.constantFrom(START, END),
        async (films, others, request, start) => {
          await serveFilms(db, films);
          const touched = new Set<string>();
          const walked = await walk(db, request, start, async ({ first, last }) => {
            const cursor = start === START ? last : first;
            const other = others[touched.size % Math.max(others.length, 1)];
            const moved = films[touched.size % Math.max(films.length, 1)];
            await db.transaction(async (tx) => {
              // The row that the cursor names goes; another one moves to where `other` would stand.
              const gone = [cursor?.id, moved?.id].filter((id) => id !== undefined);
              await removeFilms(tx, gone);
              for (const id of gone) touched.add(id);
              if (other === undefined) return;
              await removeFilms(tx, [other.id]);
              await addFilms(tx, [
                other,
                ...(moved === undefined || moved.id === other.id ? [] : [{ ...other, id: moved.id }]),
              ]);
              touched.add(other.id);
            });
          });
          const pages = start === START ? walked : walked.reverse();
          expect(pages.flat().filter((id) => !touched.has(id))).toEqual(
            expectedIds(films, request).filter((id) => !touched.has(id)),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  test('says what was served when it was read', async () => {
    const { db } = await open();
    await serveFilms(db, []);
    const page = await listFilms(db, { ...plain, position: START, count: 'estimated' });
    expect(page).toEqual({
      itemsJson: '[]',
      first: null,
      last: null,
      more: false,
      count: { value: 0, kind: 'exact' },
      state: { version: 1, journalSeq: 0 },
    });
  });

  test('writes a film as JSON, unknowns as null', async () => {
    const { db } = await open();
    const id = '0f2c7b1e-0000-8000-a000-000000000000';
    await serveFilms(db, [
      servedFilm({
        id,
        imdbId: 'tt0133093',
        title: 'The "Matrix"',
        releaseDate: '1999-03-31',
        rating: 8.7,
        genres: ['Action'],
      }),
    ]);
    const { itemsJson } = await listFilms(db, { ...plain, position: START, count: 'none' });
    expect(itemsJson).toBe(
      `[${JSON.stringify({
        id,
        imdbId: 'tt0133093',
        imdbUrl: 'https://www.imdb.com/title/tt0133093/',
        title: 'The "Matrix"',
        originalTitle: 'The "Matrix"',
        kind: 'movie',
        year: null,
        releaseDate: '1999-03-31',
        runtimeMinutes: null,
        genres: ['Action'],
        rating: 8.7,
        votes: null,
        weightedRating: null,
        certificate: null,
        posterUrl: null,
      })}]`,
    );
  });
});

const plain: ListRequest = {
  filters: NO_FILTERS,
  order: [{ by: 'title', descending: false }],
  limit: 20,
};

function idsOf({ itemsJson }: FilmPage): string[] {
  return (JSON.parse(itemsJson) as { id: string }[]).map(({ id }) => id);
}
