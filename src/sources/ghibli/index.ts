import type { Source } from '../../model/source.ts';
import { claimGhibli } from './claims.ts';
import { readGhibli } from './read.ts';
import { ghibliSettings } from './settings.ts';
import type { GhibliSettings } from './settings.ts';

export const source: Source<GhibliSettings> = {
  name: 'ghibli',
  title: "Studio Ghibli API: the studio's films and their stories' people",
  homepage: 'https://ghibliapi.vercel.app',
  licence: 'MIT for its program; what it holds is without a stated licence. The README says more.',
  mode: 'snapshot',
  settings: ghibliSettings,
  variables: {
    GHIBLI_BASE_URL: { setting: 'baseUrl', help: 'the base URL under which films and people are read' },
  },
  schedule: 'every 15s',
  longestRunSeconds: 12,
  staleAfterSeconds: 60,
  claimsVersion: 1,
  claimsSettings: () => null,
  read: (request, world) => readGhibli(request, world),
  claim: (request, world) => claimGhibli(request, world),
};
