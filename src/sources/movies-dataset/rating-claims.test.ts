import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { csv, filmsFile, openMoviesDatasetLab } from '../../../test/movies-dataset-lab.ts';
import type { MoviesDatasetLab } from '../../../test/movies-dataset-lab.ts';
import { quietWorld } from '../../../test/source-lab.ts';

let lab: MoviesDatasetLab;

beforeAll(async () => {
  lab = await openMoviesDatasetLab();
});

afterAll(() => lab.close());

const LINKS = csv(
  ['movieId', 'imdbId', 'tmdbId'],
  ['30', '9000001', '9001'],
  ['4', '0000042', '9002.0'],
  ['20', '9000001', '9001'],
  ['8', '0000043', ''],
);

describe('links and ratings', () => {
  test('give the lowest MovieLens id, and an IMDb id where the film has none', async () => {
    const { claims, counts, rejects } = await lab.claim({
      'links.csv': LINKS,
      'movies_metadata.csv': filmsFile({ id: '9001', imdb_id: 'tt9000001' }, { id: '9002' }),
    });
    expect((await claims('external_id')).filter(({ system }) => system === 'movielens')).toEqual([
      { title_key: '9001', system: 'movielens', value: '20' },
      { title_key: '9002', system: 'movielens', value: '4' },
      { title_key: 'movielens-8', system: 'movielens', value: '8' },
    ]);
    expect((await claims('title')).map(({ imdb_id }) => imdb_id)).toEqual(['tt9000001', 'tt0000042']);
    expect(counts.at(-1)).toMatchObject({
      file: 'links.csv',
      read: 4,
      claimed: 3,
      reasons: { duplicate_key: 1 },
    });
    expect(await rejects()).toMatchObject([{ line: 2, detail: /^tmdbId is '9001' of a lower movieId too/ }]);
  });

  const RATINGS = csv(
    ['userId', 'movieId', 'rating', 'timestamp'],
    ['1', '20', '3.5', '946684799'],
    ['1', '30', '5.0', '946684800'],
    ['2', '20', '0.5', '946684801'],
    ['2', '77', '4', '0'],
    ['3', '8', '1', '0'],
  );

  test('are on ten, by title, year and user, also of a film that links does not know', async () => {
    const { claims, counts } = await lab.claim({ 'links.csv': LINKS, 'ratings.csv': RATINGS });
    const system = 'movielens';
    expect(await claims('user_rating')).toEqual([
      { title_key: '9001', system, user_key: '1', rating: 7, rated_at: '1999-12-31 23:59:59' },
      { title_key: '9001', system, user_key: '1', rating: 10, rated_at: '2000-01-01 00:00:00' },
      { title_key: '9001', system, user_key: '2', rating: 1, rated_at: '2000-01-01 00:00:01' },
      { title_key: 'movielens-77', system, user_key: '2', rating: 8, rated_at: '1970-01-01 00:00:00' },
      { title_key: 'movielens-8', system, user_key: '3', rating: 2, rated_at: '1970-01-01 00:00:00' },
    ]);
    expect((await claims('rating')).slice(0, 1)).toEqual([
      { title_key: '9001', system, rating: 6, votes: 3 },
    ]);
    expect((await claims('rating_year')).slice(0, 2)).toEqual([
      { title_key: '9001', system, year: 1999, rating: 7, votes: 1 },
      { title_key: '9001', system, year: 2000, rating: 5.5, votes: 2 },
    ]);
    expect(counts.at(-1)).toMatchObject({ file: 'ratings.csv', read: 5, claimed: 5, rejected: 0 });
  });

  test('are rounded to two decimals', async () => {
    const ratings = csv(
      ['userId', 'movieId', 'rating', 'timestamp'],
      ['1', '1', '5', '0'],
      ['2', '1', '5', '0'],
      ['3', '1', '4.5', '0'],
    );
    const { claims } = await lab.claim({ 'ratings.csv': ratings });
    expect(await claims('rating')).toMatchObject([{ rating: 9.67, votes: 3 }]);
  });

  test('are judged line by line, also where what one line has too much another has too little', async () => {
    const { counts } = await lab.claim({
      'ratings.csv': 'userId,movieId,rating,timestamp\n1.5,1,3.5,1000000000\n7,2,4,1000000000\n',
    });
    expect(counts).toMatchObject([{ read: 2, claimed: 1, rejected: 1, reasons: { id_invalid: 1 } }]);
  });

  test('count once for each user and film: the latest, of the same moment the last', async () => {
    const { claims, counts, rejects } = await lab.claim({
      'ratings.csv': csv(
        ['timestamp', 'rating', 'movieId', 'userId'],
        ['20', '5', '1', '1'],
        ['10', '1', '1', '1'],
        ['20', '4', '1', '1'],
        ['5', '2', '1', '2'],
      ),
    });
    expect((await claims('user_rating')).map(({ user_key, rating }) => [user_key, rating])).toEqual([
      ['1', 8],
      ['2', 4],
    ]);
    expect(counts).toMatchObject([{ read: 4, claimed: 2, rejected: 2, reasons: { duplicate_key: 2 } }]);
    expect(await rejects()).toMatchObject([
      { line: 2, raw: '20,5,1,1', detail: 'user 1 rated movie 1 later too' },
      { line: 3 },
    ]);
  });

  test('of the small files are outside where the full ones are', async () => {
    const warnings: string[] = [];
    const { claims, counts } = await lab.claim(
      { 'links.csv': LINKS, 'links_small.csv': LINKS, 'ratings.csv': RATINGS, 'ratings_small.csv': RATINGS },
      { world: quietWorld({ warnings }) },
    );
    expect(counts.slice(2)).toMatchObject([
      { file: 'links_small.csv', read: 4, claimed: 0, outside: 4 },
      { file: 'ratings_small.csv', read: 5, claimed: 0, outside: 5 },
    ]);
    expect(await claims('user_rating')).toHaveLength(5);
    expect(warnings.join('')).toContain('ratings_small.csv is left out, since ratings.csv is there');
  });

  test('of the small files are claimed where the full ones are not', async () => {
    const { counts } = await lab.claim({ 'links_small.csv': LINKS, 'ratings_small.csv': RATINGS });
    expect(counts.map(({ file, claimed }) => [file, claimed])).toEqual([
      ['links_small.csv', 3],
      ['ratings_small.csv', 5],
    ]);
  });
});
