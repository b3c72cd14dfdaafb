import type { Source } from '../../model/source.ts';
import { claimPrices } from './claims.ts';
import { readPrices } from './read.ts';
import { pricesSettings } from './settings.ts';
import type { PricesSettings } from './settings.ts';

export const source: Source<PricesSettings> = {
  name: 'prices',
  title: 'What sellers ask for films',
  homepage: '',
  licence: "each seller's own",
  mode: 'stream',
  settings: pricesSettings,
  variables: {},
  secretVariables: (settings: PricesSettings | undefined) => [
    ...new Set((settings?.sellers ?? []).flatMap(({ tokenVariable }) => tokenVariable ?? [])),
  ],
  isConfigured: ({ sellers }) => sellers.length > 0,
  schedule: 'every 5m',
  longestRunSeconds: 120,
  staleAfterSeconds: null,
  claimsVersion: 1,
  claimsSettings: ({ sellers }) =>
    sellers.map(({ name, currency, idPattern }) => ({ name, currency, idPattern })),
  read: readPrices,
  claim: claimPrices,
};
