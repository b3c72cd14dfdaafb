import fc from 'fast-check';

import type { OriginField } from '../src/model/origin-fields.ts';
import { SOURCE_PRECEDENCE } from '../src/model/precedence.ts';
import type { StatedClaim } from './claims.ts';
import type { Claims } from './published-claims.ts';

/** Sources that describe titles themselves. */
export const SOURCES = SOURCE_PRECEDENCE.filter((source) => source !== 'prices');

/** Enough that each field has titles of one source, of several, and of several that say the same. */
const FILMS = 60;

/** Columns of a title claim that are fields as they are. */
export const PLAIN: Record<string, { field: OriginField; said: fc.Arbitrary<string | number | boolean> }> = {
  title: { field: 'title', said: words('A film', 'Another') },
  original_title: { field: 'originalTitle', said: words('Ein Film', 'A film') },
  year: { field: 'year', said: fc.integer({ min: 1990, max: 1992 }) },
  end_year: { field: 'endYear', said: fc.integer({ min: 2000, max: 2001 }) },
  release_date: { field: 'releaseDate', said: words('1999-03-31', '2001-12-01') },
  runtime_minutes: { field: 'runtimeMinutes', said: fc.integer({ min: 90, max: 92 }) },
  is_adult: { field: 'isAdult', said: fc.boolean() },
  certificate: { field: 'certificate', said: words('R', 'PG "13", \\') },
  poster_url: { field: 'posterUrl', said: words('https://a.example/', 'https://b.example/') },
  popularity: { field: 'popularity', said: fc.constantFrom(21.946943, 1e-7, 0) },
  status: { field: 'status', said: words('Released', 'Rumored') },
  original_language: { field: 'originalLanguage', said: words('fr', 'en') },
  budget: { field: 'budget', said: fc.constantFrom(12, 5_000_000_000) },
  revenue: { field: 'revenue', said: fc.constantFrom(7, 9_007_199_254_740_991) },
  tagline: { field: 'tagline', said: words('It\nwalks.', 'Été') },
  overview: { field: 'overview', said: words('A "quoted" one', "It's") },
  homepage: { field: 'homepage', said: words('https://a.example/', 'https://b.example/') },
};

function words(...some: [string, ...string[]]): fc.Arbitrary<string> {
  return fc.constantFrom(...some);
}

const few = (max: number) => fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { maxLength: max });

/** What a source says of a film, but for its keys. */
const said = fc.record({
  title: fc.record(Object.fromEntries(Object.entries(PLAIN).map(([column, { said }]) => [column, said])), {
    requiredKeys: [],
  }) as fc.Arbitrary<StatedClaim>,
  genres: few(2),
  collection: fc.option(fc.integer({ min: 1, max: 2 })),
  countries: few(2),
  languages: few(2),
  companies: few(3),
  keywords: few(3),
  cast: few(2),
  crew: few(2),
  characters: few(2),
  ratings: fc.dictionary(words('imdb', 'tmdb', 'movielens', 'metacritic'), fc.constantFrom(1, 7.5, 10), {
    maxKeys: 3,
  }),
  votes: fc.option(fc.integer({ min: 0, max: 3 })),
  ids: fc.dictionary(words('tmdb', 'movielens'), words('1', '2'), { maxKeys: 2 }),
});

export type Said = typeof said extends fc.Arbitrary<infer T> ? T : never;

/** What each of `SOURCES` says of each of some films, null being nothing. */
export const catalogue = fc.array(
  fc.array(fc.option(said, { freq: 2 }), { minLength: SOURCES.length, maxLength: SOURCES.length }),
  {
    minLength: FILMS,
    maxLength: FILMS,
  },
);

/** The claims of a source that says this of each film. */
export function claimsOf(source: string, films: readonly (Said | null)[]): Claims {
  const claims: Record<string, StatedClaim[]> = {
    title: [],
    rating: [],
    external_id: [],
    person: [],
    credit: [],
  };
  const add = (table: string, row: StatedClaim) => (claims[table] ??= []).push(row);
  for (const number of [1, 2, 3, 4]) add('person', { person_key: `p${number}`, name: `Person ${number}` });
  for (const [place, film] of films.entries()) {
    if (film === null) continue;
    const title_key = keyAt(source, place);
    const imdb_id = `tt${1_000_000 + place}`;
    add('title', {
      title_key,
      imdb_id,
      kind: 'movie',
      title: 'Untitled',
      ...film.title,
      ...(film.genres.length > 0 ? { genres: film.genres.map((number) => `Genre ${number}`).join(',') } : {}),
      ...(film.collection === null
        ? {}
        : { collection_key: String(film.collection), collection_name: `C${film.collection}` }),
    });
    for (const [system, rating] of Object.entries(film.ratings))
      add('rating', { title_key, system, rating, ...(film.votes === null ? {} : { votes: film.votes }) });
    for (const [system, value] of Object.entries(film.ids)) add('external_id', { title_key, system, value });
    for (const [list, numbers] of Object.entries({
      country: film.countries,
      language: film.languages,
      company: film.companies,
      keyword: film.keywords,
    }))
      for (const [at, number] of numbers.entries()) {
        const coded = list === 'country' || list === 'language';
        const thing = coded ? { [`${list}_code`]: `x${number}` } : { [`${list}_key`]: `k${number}` };
        add(`title_${list}`, { title_key, ...thing, name: `N${number}`, ordering: at + 1 });
      }
    for (const [category, people] of Object.entries({
      actor: film.cast,
      director: film.crew,
      character: film.characters,
    }))
      for (const number of people) add('credit', { title_key, person_key: `p${number}`, category });
  }
  return claims;
}

/** Each source has keys of its own; imdb's are the ids. */
export function keyAt(source: string, place: number): string {
  return source === 'imdb' ? `tt${1_000_000 + place}` : `${source}-${place}`;
}
