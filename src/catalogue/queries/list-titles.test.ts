import fc from 'fast-check';
import { expect, test } from 'vitest';

import { describeOnEachDatabase } from '../../../test/databases.ts';
import { expectedIds } from '../../../test/expected-films.ts';
import { addFilms, removeFilms, servedFilm, serveFilms } from '../../../test/served-films.ts';
import { linkId, type ServedCredit } from '../../../test/served-links.ts';
import type { Queryable } from '../../db/database.ts';
import { SECTION_KINDS, type Kind, type Section } from '../../model/kinds.ts';
import { NO_FILTERS, type Bounds, type TitleFilters } from './title-filters.ts';
import type { ListPosition } from './list-ranges.ts';
import { TITLE_SORTS, type TitleOrder, type TitleSort, type SortKey } from './title-sorts.ts';
import { listTitles, type TitlePage } from './list-titles.ts';

const SERIES = ['00000000-0000-8000-a000-000000000001', '00000000-0000-8000-a000-000000000002'] as const;

/** Few values, so that ties and unknowns abound. */
const film = fc
  .record({
    id: fc.uuid(),
    kind: fc.constantFrom<Kind>(
      'movie',
      'movie',
      'short',
      'tvSeries',
      'tvMiniSeries',
      'tvEpisode',
      'tvEpisode',
    ),
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
    place: fc.record({
      series: fc.constantFrom(...SERIES),
      season: fc.constantFrom(null, 0, 1, 2),
      number: fc.constantFrom(null, 1, 2),
    }),
    credits: fc.subarray<ServedCredit>([
      { person: 'Ann', part: 'cast', category: 'actress' },
      { person: 'Ann', part: 'crew', category: 'director' },
      { person: 'Bob', part: 'crew', category: 'writer' },
    ]),
  })
  .map((title) => servedFilm({ ...title, place: title.kind === 'tvEpisode' ? title.place : null }));

const films = fc.uniqueArray(film, { selector: ({ id }) => id, maxLength: 40 });

const genres = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  fc.subarray(['drama', 'COMEDY', 'Sci-Fi', 'Western']),
);

const ownFilters = {
  genre: genres,
  genreAll: genres,
  genreNot: genres,
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

/** A list that is walked: films, series, episodes, or the episodes of one series. */
const place = fc.oneof(
  { weight: 3, arbitrary: fc.record({ section: fc.constant<Section>('films') }) },
  fc.record({ section: fc.constant<Section>('series') }),
  fc.record({ section: fc.constant<Section>('episodes'), season: fc.subarray([0, 1, 2, 7]) }),
  fc.record({
    section: fc.constant<Section>('episodes'),
    season: fc.constantFrom<number[]>([], [], [1], [0, 2]),
    series: fc.constantFrom(...SERIES),
  }),
);

const filters: fc.Arbitrary<TitleFilters> = fc
  .tuple(
    place,
    fc.oneof(fc.tuple(none, none), fc.tuple(own, none), fc.tuple(none, someLinks), fc.tuple(own, someLinks)),
  )
  .map(([place, [own, links]]): TitleFilters => ({ ...NO_FILTERS, ...place, ...own, ...links }))
  .chain((filters) =>
    fc
      .oneof(fc.constant<Kind[]>([]), fc.subarray<Kind>([...SECTION_KINDS[filters.section]]))
      .map((kind) => ({ ...filters, kind })),
  );

const orderOf = ({ series }: TitleFilters) => {
  const sorts = Object.keys(TITLE_SORTS) as TitleSort[];
  const by = fc.constantFrom<TitleSort>(
    ...sorts,
    ...(series === null ? [] : (['episode', 'episode'] as const)),
  );
  return fc
    .uniqueArray(fc.record({ by, descending: fc.boolean() }), {
      selector: (key) => key.by,
      minLength: 1,
      maxLength: 3,
    })
    .map((keys) => keys as [SortKey, ...SortKey[]]);
};

const request = filters.chain((filters) =>
  fc.record({
    filters: fc.constant(filters),
    order: orderOf(filters),
    limit: fc.integer({ min: 1, max: 8 }),
  }),
);

const START: ListPosition = { direction: 'forward', beyond: null };
const END: ListPosition = { direction: 'backward', beyond: null };

interface ListRequest {
  readonly filters: TitleFilters;
  readonly order: TitleOrder;
  readonly limit: number;
}

/** Walks from `start` until there is no more, and gives the ids of each page in the list's order. */
async function walk(
  db: Queryable,
  request: ListRequest,
  start: ListPosition,
  between: (page: TitlePage) => Promise<void> = () => Promise.resolve(),
): Promise<string[][]> {
  const pages: string[][] = [];
  let position: ListPosition | null = start;
  while (position !== null) {
    const page: TitlePage = await listTitles(db, { ...request, position, count: 'none' });
    pages.push((JSON.parse(page.itemsJson) as { id: string }[]).map(({ id }) => id));
    await between(page);
    const beyond = start.direction === 'forward' ? page.last : page.first;
    position = page.more ? { direction: start.direction, beyond } : null;
  }
  return pages;
}

describeOnEachDatabase('a list of titles', (open) => {
  test('gives each title that passes the filters once, in order, whichever way it is walked', async () => {
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
        const { count } = await listTitles(db, { ...request, position: START, count: 'exact' });
        expect(count).toEqual({ value: expected.length, kind: 'exact' });
      }),
      { numRuns: 120 },
    );
  });

  test('turns round at any page and comes back to where it was', async () => {
    const { db } = await open();
    await fc.assert(
      fc.asyncProperty(films, request, async (films, request) => {
        await serveFilms(db, films);
        const expected = expectedIds(films, request);
        const first = await listTitles(db, { ...request, position: START, count: 'none' });
        if (first.last === null) return;
        const second = await listTitles(db, {
          ...request,
          position: { direction: 'forward', beyond: first.last },
          count: 'none',
        });
        const back = second.first ?? null;
        const again = await listTitles(db, {
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

  test('gives each title that nobody touches once, while others come, go and move between the pages', async () => {
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
      { numRuns: 60 },
    );
  });

  test('says what was served when it was read', async () => {
    const { db } = await open();
    await serveFilms(db, []);
    const page = await listTitles(db, { ...plain, position: START, count: 'estimated' });
    expect(page).toEqual({
      itemsJson: '[]',
      facets: null,
      search: null,
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
    const { itemsJson } = await listTitles(db, { ...plain, position: START, count: 'none' });
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

function idsOf({ itemsJson }: TitlePage): string[] {
  return (JSON.parse(itemsJson) as { id: string }[]).map(({ id }) => id);
}
