import sql from 'sql-template-tag';
import fc from 'fast-check';
import { expect, it } from 'vitest';

import { describeOnEachDatabase } from '../../../test/databases.ts';
import { expectedIds } from '../../../test/expected-films.ts';
import { prepareFacets } from '../../../test/prepared-facets.ts';
import { addFilms, servedFilm, serveFilms, type ServedFilm } from '../../../test/served-films.ts';
import type { Database } from '../../db/database.ts';
import { languagesOf } from '../../../test/served-links.ts';
import { recountTitles } from '../facet-index/recount-titles.ts';
import { countFacets, type CountedFacets } from './count-facets.ts';
import { FACETS, withoutOwn, type Facet } from './facet-filters.ts';
import { NO_FILTERS, type TitleFilters } from './title-filters.ts';

const GENRES = ['Action', 'Drama', 'War'];

/** Films of every sort: with and without each value, and several of one. */
const FILMS: readonly ServedFilm[] = Array.from({ length: 300 }, (_, at) =>
  servedFilm({
    title: `Film ${at}`,
    kind: at % 7 === 0 ? 'short' : at % 11 === 0 ? 'tvSeries' : 'movie',
    year: at % 9 === 0 ? null : 1950 + (at % 80),
    rating: at % 5 === 0 ? null : (at % 101) / 10,
    votes: at % 4 === 0 ? null : at * 10,
    runtimeMinutes: at % 6 === 0 ? null : at,
    sources: at % 8 === 0 ? ['imdb', 'omdb'] : ['omdb'],
    genres: GENRES.filter((_genre, place) => (at + place) % 3 === 0 || at % 10 === place),
    languages: at % 3 === 0 ? ['en', 'fr'] : at % 3 === 1 ? ['ja'] : [],
    countries: at % 2 === 0 ? ['GB', 'US'] : [],
    detail: at % 13 === 0 ? { originalLanguage: 'de' } : null,
  }),
);

/** The counts by plain means. */
function expected(films: readonly ServedFilm[], filters: TitleFilters, facet: Facet): Record<string, number> {
  const ids = new Set(
    expectedIds(films, { filters: withoutOwn(filters, facet), order: [{ by: 'title', descending: false }] }),
  );
  const counts: Record<string, number> = {};
  for (const film of films.filter(({ id }) => ids.has(id)))
    for (const value of new Set(valuesOf(film, facet))) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

function valuesOf(film: ServedFilm, facet: Facet): string[] {
  const known = (value: number | null, step: number) =>
    value === null ? [] : [String(Math.floor(value / step) * step)];
  return {
    genre: [...film.genres],
    decade: known(film.year, 10),
    kind: [film.kind],
    language: languagesOf(film),
    country: [...film.countries],
    rating: known(film.rating, 1),
  }[facet];
}

const asRecord = (counted: CountedFacets, facet: Facet) =>
  Object.fromEntries((counted[facet]?.values ?? []).map(({ value, count }) => [value, count]));

const some = <T>(...values: readonly T[]) =>
  fc.oneof(fc.constant([]), fc.subarray([...values], { maxLength: 2 }));

const bounds = (...values: readonly number[]) =>
  fc.oneof(
    fc.constant({}),
    fc.record({ gte: fc.constantFrom(...values) }),
    fc.record({ lt: fc.constantFrom(...values) }),
    fc.record({ gt: fc.constantFrom(...values), lte: fc.constantFrom(...values) }),
  );

const filtersOf: fc.Arbitrary<TitleFilters> = fc
  .record({
    genre: some('action', 'Drama', 'none'),
    genreAll: some('War', 'drama'),
    genreNot: some('War', 'Action'),
    kind: some('movie' as const, 'short' as const),
    language: some('en', 'ja', 'de'),
    country: some('US', 'NZ'),
    year: bounds(1960, 1985, 2001),
    rating: bounds(3, 6, 7.5),
    votes: bounds(0, 500, 2_000),
    runtime: bounds(0, 60, 90),
    source: some('imdb', 'ghibli'),
  })
  .map((filters) => ({ ...NO_FILTERS, ...filters }));

describeOnEachDatabase('facets', (open) => {
  it('count each value as plain counting does, with the own filter off, as prepared and of what has changed since', async () => {
    const { db } = await open();
    await serveFilms(db, FILMS);
    await prepareFacets(db);
    const films = await changeSome(db);
    await fc.assert(
      fc.asyncProperty(filtersOf, async (filters) => {
        const { facets } = await countFacets(db, filters, FACETS);
        for (const facet of FACETS) {
          expect(facets[facet]).toMatchObject({ kind: 'exact', error: 0 });
          expect([facet, asRecord(facets, facet)]).toEqual([facet, expected(films, filters, facet)]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('count what is found as plain counting does', async () => {
    const { db } = await open();
    await serveFilms(db, FILMS);
    const found = FILMS.filter((_film, at) => at % 3 !== 1);
    const matches = sql`select id, 1 as relevance from title where id = any(${found.map(({ id }) => id)}::uuid[])`;
    await fc.assert(
      fc.asyncProperty(filtersOf, async (filters) => {
        const { facets } = await countFacets(db, filters, FACETS, matches);
        for (const facet of FACETS)
          expect([facet, asRecord(facets, facet)]).toEqual([facet, expected(found, filters, facet)]);
      }),
      { numRuns: 30 },
    );
  });

  it('are in the order of their counts, named where they have names', async () => {
    const { db } = await open();
    await serveFilms(db, FILMS);
    const { facets } = await countFacets(db, NO_FILTERS, ['genre', 'country']);
    const counts = facets.genre?.values.map(({ count }) => count) ?? [];
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(facets.country?.values.every(({ name }) => name !== undefined)).toBe(true);
    expect(Object.keys(facets)).toEqual(['genre', 'country']);
  });

  it('are exact of few titles and of what cells tell though the sample has not all, and otherwise say by how much they may be off', async () => {
    const { db } = await open();
    await serveFilms(db, FILMS);
    await prepareFacets(db, 150);
    const films = await changeSome(db);
    const filters = { ...NO_FILTERS, votes: { gte: 100 } };
    const few = await countFacets(db, filters, ['genre', 'language']);
    expect(few.facets.genre).toMatchObject({ kind: 'exact', error: 0 });
    expect(asRecord(few.facets, 'genre')).toEqual(expected(films, filters, 'genre'));
    expect(asRecord(few.facets, 'language')).toEqual(expected(films, filters, 'language'));

    const some = { ...NO_FILTERS, genre: ['Drama'], year: { gte: 1960 } };
    const byCells = await countFacets(db, some, FACETS, null, 10);
    for (const facet of FACETS)
      expect([facet, asRecord(byCells.facets, facet)]).toEqual([facet, expected(films, some, facet)]);

    const many = await countFacets(db, filters, ['genre'], null, 10);
    expect(many.facets.genre?.kind).toBe('estimated');
    expect(many.facets.genre?.error).toBeGreaterThan(0);
    const [sampled] = await db.query<{ titles: number; share: number }>(sql`
      select count(*) as titles, min(bound) / 1048576.0::float8 as share
      from title
      cross join facet_scale
      where 'Drama' = any(genres)
        and is_film
        and title.votes >= 100
        and ('x' || left(id::text, 5))::bit(20)::integer < bound`);
    if (sampled === undefined) throw new Error('A count gave no row.');
    expect(asRecord(many.facets, 'genre').Drama).toBe(Math.round(sampled.titles / sampled.share));
  });
});

/** Has some titles gone, some changed, one of them twice and one gone after it, and one come; gives what is served then. */
async function changeSome(db: Database): Promise<ServedFilm[]> {
  const gone = FILMS.slice(0, 40).map(({ id }) => id);
  const changed = FILMS.slice(40, 80).map(({ id }) => id);
  const [twice = '', later = ''] = changed;
  const come = servedFilm({ title: 'New', genres: ['Drama'], rating: 7.5, votes: 500, year: 1999 });
  await db.transaction(async (tx) => {
    await recountTitles(tx, [...gone, ...changed], async () => {
      await tx.query(sql`delete from title where id = any(${gone}::uuid[])`);
      await tx.query(sql`update title set rating = 9.5 where id = any(${changed}::uuid[])`);
    });
    await recountTitles(tx, changed, () =>
      tx.query(sql`update title set rating = 1.5, genres = '{War}' where id = any(${changed}::uuid[])`),
    );
    await recountTitles(tx, [twice], () => tx.query(sql`update title set year = 1888 where id = ${twice}`));
    await recountTitles(tx, [later], () => tx.query(sql`delete from title where id = ${later}`));
    await recountTitles(tx, [come.id], () => addFilms(tx, [come]));
  });
  const now = FILMS.slice(40).map((film) =>
    changed.includes(film.id)
      ? { ...film, rating: 1.5, genres: ['War'], year: film.id === twice ? 1888 : film.year }
      : film,
  );
  return [...now.filter(({ id }) => id !== later), come];
}
