import type { Source } from '../../model/source.ts';
import { claimOmdb } from './claims.ts';
import { readOmdb } from './read.ts';
import { seriesFiles } from './series-files.ts';
import { omdbSettings } from './settings.ts';
import type { OmdbSettings } from './settings.ts';

export const source: Source<OmdbSettings> = {
  name: 'omdb',
  title: 'OMDb: series with their seasons and episodes, and more about the films of the catalogue',
  homepage: 'https://www.omdbapi.com/',
  licence: 'CC BY-NC 4.0, by OMDb; its data are of IMDb and others, whose terms the README names.',
  mode: 'snapshot',
  settings: omdbSettings,
  variables: {
    OMDB_BASE_URL: { setting: 'baseUrl', help: 'where OMDb is, without a key' },
  },
  secretVariables: () => ['OMDB_API_KEY'],
  isConfigured: (_settings, secrets) => secrets.OMDB_API_KEY !== undefined,
  schedule: '0 4 * * *',
  longestRunSeconds: 1800,
  staleAfterSeconds: null,
  claimsVersion: 1,
  claimsSettings: () => null,
  read: (request, world) => readOmdb(request, world),
  claim: (request, world) => claimOmdb(request, world),
  documentFiles: (request) => seriesFiles(request),
};
