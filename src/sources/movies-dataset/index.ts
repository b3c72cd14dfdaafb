import type { Source } from '../../model/source.ts';
import { claimMoviesDataset } from './claims.ts';
import { readMoviesDataset } from './read.ts';
import { moviesDatasetSettings } from './settings.ts';
import type { MoviesDatasetSettings } from './settings.ts';

export const source: Source<MoviesDatasetSettings> = {
  name: 'movies-dataset',
  title: "The Movies Dataset: TMDB's films, companies, keywords and credits, and ratings by MovieLens' users",
  homepage: 'https://www.kaggle.com/datasets/rounakbanik/the-movies-dataset',
  licence: 'CC0 by its publisher; what it holds is of TMDB and MovieLens, whose terms the README names.',
  mode: 'snapshot',
  settings: moviesDatasetSettings,
  variables: {
    MOVIES_DATASET_URL: {
      setting: 'url',
      help: 'where the files are read: a folder or zip on this machine, the address of a zip, or a base URL',
    },
  },
  isConfigured: ({ url }) => url !== null,
  schedule: '0 3 1 * *',
  longestRunSeconds: 6 * 3600,
  staleAfterSeconds: null,
  claimsVersion: 1,
  claimsSettings: () => null,
  read: (request, world) => readMoviesDataset(request, world),
  claim: (request, world) => claimMoviesDataset(request, world),
};
