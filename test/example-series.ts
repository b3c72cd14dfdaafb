import { exampleTitle } from './example-films.ts';
import type { ServedFilm } from './served-films.ts';

// A series of the examples, with a few of its episodes.

const series = exampleTitle('tt0944947', {
  title: 'Game of Thrones',
  kind: 'tvSeries',
  year: 2011,
  releaseDate: '2011-04-17',
  runtimeMinutes: 57,
  genres: ['Action', 'Adventure', 'Drama'],
  rating: 9.2,
  votes: 2_318_410,
  sources: ['imdb', 'omdb'],
  languages: ['en'],
  countries: ['US', 'GB'],
  companies: ['HBO'],
  keywords: ['dragon'],
  credits: [{ person: 'Sean Bean', part: 'cast', category: 'actor', characters: ['Ned Stark'] }],
});

function episode(imdbId: string, season: number, number: number, more: Partial<ServedFilm>): ServedFilm {
  return exampleTitle(imdbId, {
    kind: 'tvEpisode',
    genres: ['Action', 'Adventure', 'Drama'],
    sources: ['imdb', 'omdb'],
    place: { series: series.id, season, number },
    ...more,
  });
}

export const EXAMPLE_SERIES: readonly ServedFilm[] = [
  series,
  episode('tt1480055', 1, 1, { title: 'Winter Is Coming', year: 2011, rating: 8.9, votes: 55_000 }),
  episode('tt1829962', 1, 3, { title: 'Lord Snow', year: 2011, rating: 8.5, votes: 41_000 }),
  episode('tt1851398', 1, 9, {
    title: 'Baelor',
    year: 2011,
    rating: 9.6,
    votes: 47_000,
    runtimeMinutes: 57,
    keywords: ['execution'],
    companies: ['HBO'],
    credits: [
      { person: 'Sean Bean', part: 'cast', category: 'actor', characters: ['Ned Stark'] },
      {
        person: 'Alan Taylor',
        part: 'crew',
        category: 'director',
        department: 'Directing',
        job: 'Director',
      },
    ],
  }),
  episode('tt1971833', 2, 1, { title: 'The North Remembers', year: 2012, rating: 8.6, votes: 38_000 }),
];
