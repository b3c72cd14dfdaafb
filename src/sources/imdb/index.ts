import type { Source } from '../../model/source.ts';
import { claimImdb } from './claims.ts';
import { readImdb } from './read.ts';
import { imdbSettings } from './settings.ts';
import type { ImdbSettings } from './settings.ts';

export const source: Source<ImdbSettings> = {
  name: 'imdb',
  title: "IMDb's non-commercial datasets: titles, ratings, other names, episodes, people and credits",
  homepage: 'https://developer.imdb.com/non-commercial-datasets/',
  licence: 'Personal and non-commercial use only; see the homepage for the terms.',
  mode: 'snapshot',
  settings: imdbSettings,
  variables: {
    IMDB_URL: {
      setting: 'url',
      help: 'where the files are read: a base URL, or a folder or file on this machine',
    },
  },
  schedule: '0 2 * * *',
  longestRunSeconds: 6 * 3600,
  staleAfterSeconds: null,
  claimsVersion: 1,
  claimsSettings: ({ kinds, files }) => ({ kinds, files }),
  read: (request, world) => readImdb(request, world),
  claim: (request, world) => claimImdb(request, world),
};
