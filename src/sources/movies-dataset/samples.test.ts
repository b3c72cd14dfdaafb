import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openMoviesDatasetLab } from '../../../test/movies-dataset-lab.ts';
import type { MoviesDatasetLab } from '../../../test/movies-dataset-lab.ts';
import type { Claimed } from '../../../test/source-lab.ts';

const SAMPLES = join(import.meta.dirname, '../../../samples');

describe('the bundled sample of the dataset', () => {
  let lab: MoviesDatasetLab;
  let claimed: Claimed;

  beforeAll(async () => {
    lab = await openMoviesDatasetLab();
    const folder = join(SAMPLES, 'movies-dataset');
    claimed = await lab.claimFolder(folder, readdirSync(folder));
  });

  afterAll(() => lab.close());

  test('is claimed whole', () => {
    expect(claimed.counts.map(({ file, read, claimed }) => [file, read, claimed])).toEqual([
      ['movies_metadata.csv', 66, 66],
      ['credits.csv', 61, 61],
      ['keywords.csv', 12, 12],
      ['links.csv', 66, 66],
    ]);
  });

  test('is of films that the sample of IMDb has too', async () => {
    const basics = readFileSync(join(SAMPLES, 'imdb/title.basics.tsv'), 'utf8');
    const ids = new Set(basics.split('\n').map((line) => line.split('\t')[0]));
    const titles = await claimed.claims('title');
    expect(titles.filter(({ imdb_id }) => !ids.has(String(imdb_id)))).toEqual([]);
  });

  test('holds facts alone: no plots, taglines or pictures', async () => {
    const titles = await claimed.claims('title');
    expect(titles.filter(({ overview, tagline, poster_url }) => overview ?? tagline ?? poster_url)).toEqual(
      [],
    );
  });
});
