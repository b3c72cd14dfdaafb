import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openMoviesDatasetLab } from '../../../test/movies-dataset-lab.ts';
import type { MoviesDatasetLab } from '../../../test/movies-dataset-lab.ts';

const DATA = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));

/** Records of each file; those of later files replace the five of earlier ones that have the same id. */
const READ = {
  'movies_metadata.csv': 2_996,
  'movies_metadata.malformed.csv': 3,
  'ratings_small.csv.gz': 100_004,
  'tmdb_2000.csv.gz': 1_467,
  'tmdb_2001.csv.gz': 1_582,
  'tmdb_2002.csv.gz': 1_549,
  'tmdb_2003.csv.gz': 1_646,
  'tmdb_2004.csv.gz': 1_883,
  'tmdb_2005.csv.gz': 2_125,
  'tmdb_2006.csv.gz': 2_463,
  'tmdb_2007.csv.gz': 2_546,
  'tmdb_2008.csv.gz': 2_885,
  'tmdb_2009.csv.gz': 3_296,
  'tmdb_2010.csv.gz': 3_627,
  'tmdb_2011.csv.gz': 4_066,
  'tmdb_2012.csv.gz': 4_505,
};

const REPEATED: Record<string, number> = { 'movies_metadata.csv': 4, 'movies_metadata.malformed.csv': 1 };

/** Eight links have no TMDB id, and are claimed by MovieLens'; two have the same. */
const COUNTS_WITH_LINKS = [
  ['movies_metadata.csv', 2_996, 2_995, { duplicate_key: 1 }],
  ['links.csv', 9_742, 9_741, { duplicate_key: 1 }],
  ['ratings_small.csv.gz', 100_004, 100_004, {}],
];

async function withLineFeeds(path: string): Promise<string> {
  return (await readFile(path, 'utf8')).replaceAll('\r', '\n');
}

describe.skipIf(!existsSync(DATA))('with ../shared/data', () => {
  let lab: MoviesDatasetLab;

  beforeAll(async () => {
    lab = await openMoviesDatasetLab();
  });

  afterAll(() => lab.close());

  test('every record of the dataset is claimed, but five films that stand in a later record too', async () => {
    const folder = join(DATA, 'movies-dataset');
    const { counts, claims, rejects } = await lab.claimFolder(folder, readdirSync(folder));
    expect(Object.fromEntries(counts.map(({ file, read }) => [file, read]))).toEqual(READ);
    for (const { file, read, claimed, outside, reasons } of counts) {
      const repeated = REPEATED[file] ?? 0;
      expect([file, claimed, outside]).toEqual([file, read - repeated, 0]);
      expect([file, reasons]).toEqual([file, repeated === 0 ? {} : { duplicate_key: repeated }]);
    }
    expect((await rejects()).map(({ file, line }) => [file, line])).toEqual([
      ['movies_metadata.csv', 679],
      ['movies_metadata.csv', 871],
      ['movies_metadata.csv', 2567],
      ['movies_metadata.csv', 2659],
      ['movies_metadata.malformed.csv', 3],
    ]);
    expect(await claims('title')).toHaveLength(36_634);
    expect(await claims('user_rating')).toHaveLength(100_004);
  });

  test('the three torn records are films, over a carriage return as over a line feed', async () => {
    const folder = join(DATA, 'movies-dataset');
    const { claims, counts } = await lab.claimFolder(folder, ['movies_metadata.malformed.csv']);
    expect(counts).toMatchObject([{ read: 3, claimed: 3, rejected: 0 }]);
    const films = await claims('title');
    expect(
      films.map(({ title_key, imdb_id, runtime_minutes }) => [title_key, imdb_id, runtime_minutes]),
    ).toEqual([
      ['122662', 'tt2423504', 68],
      ['249260', 'tt2622826', 82],
      ['82663', 'tt0113002', 104],
    ]);
    const lineFeeds = await lab.claim({
      'movies_metadata.csv': await withLineFeeds(join(folder, 'movies_metadata.malformed.csv')),
    });
    expect(lineFeeds.counts).toMatchObject([{ read: 3, claimed: 3, rejected: 0 }]);
    expect(await lineFeeds.claims('title')).toEqual(
      films.map((film) => ({ ...film, overview: String(film.overview).replaceAll('\r', '\n') })),
    );
  });

  test("the ratings are those of the links' films", async () => {
    const folder = await mkdtemp(join(tmpdir(), 'filmbase-movielens-'));
    await cp(join(DATA, 'movies-dataset/movies_metadata.csv'), join(folder, 'movies_metadata.csv'));
    await cp(join(DATA, 'movies-dataset/ratings_small.csv.gz'), join(folder, 'ratings_small.csv.gz'));
    await cp(join(DATA, 'movielens-small/links.csv'), join(folder, 'links.csv'));
    const { counts, claims } = await lab.claimFolder(folder, readdirSync(folder));
    await rm(folder, { recursive: true });
    expect(counts.map(({ file, read, claimed, reasons }) => [file, read, claimed, reasons])).toEqual(
      COUNTS_WITH_LINKS,
    );
    const toyStory = (await claims('rating')).filter(({ title_key }) => title_key === '862');
    expect(toyStory).toEqual([
      { title_key: '862', system: 'movielens', rating: 7.74, votes: 247 },
      { title_key: '862', system: 'tmdb', rating: 7.7, votes: 5415 },
    ]);
  });
});
