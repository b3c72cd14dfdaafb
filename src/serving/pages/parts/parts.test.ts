import { h } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';
import { describe, expect, test } from 'vitest';

import type { OfferList, RunList, Source } from '../shapes.ts';
import { OffersTable } from './offers-table.tsx';
import { RunTable } from './run-table.tsx';
import { SourceState } from './source-states.tsx';

type Offer = OfferList['data'][number];

const OFFER: Offer = {
  id: '0f2c7b1e-0000-8000-a000-000000000001',
  seller: 'redbarn',
  listingKey: 'rb1',
  title: 'Lantern',
  film: null,
  price: 5,
  currency: 'AUD',
  observedAt: '2026-11-25T12:00:00.000Z',
  ageSeconds: 60,
  state: 'fresh',
};

describe('a table of offers', () => {
  const cheapestOf = (prices: readonly number[]) => {
    const sellers = prices.map((_, at) => `seller ${at}`);
    const offers = prices.map((price, at) => ({ ...OFFER, price, seller: sellers[at] ?? '' }));
    const table = renderToStaticMarkup(h(OffersTable, { offers, sellers }));
    return [...table.matchAll(/cheapest: <\/span>([^<]*)/g)].map(([, price]) => price);
  };

  test.each([
    [[7, 5, 6], ['AUD\u00a05.00']],
    [
      [7, 5, 5],
      ['AUD\u00a05.00', 'AUD\u00a05.00'],
    ],
    [[5], []],
    [[5, 5], []],
  ])('of prices %j marks as the cheapest %j', (prices, marked) => {
    expect(cheapestOf(prices)).toEqual(marked);
  });
});

describe('a table of runs', () => {
  test('counts a reason for which records of several files were rejected once', () => {
    const run: RunList['data'][number] = {
      name: '20261125T120000Z-0001',
      source: 'imdb',
      state: 'done',
      startedAt: '2026-11-25T12:00:00.000Z',
      finishedAt: '2026-11-25T12:00:02.000Z',
      manifest: {
        files: [
          { read: 9, claimed: 5, rejected: 4, reasons: { duplicate_key: 4 } },
          { read: 3, claimed: 1, rejected: 2, reasons: { duplicate_key: 1, row_short: 1 } },
        ],
      },
    };
    const table = renderToStaticMarkup(h(RunTable, { source: 'imdb', runs: [run] }));
    expect(table).toContain('6 (duplicate_key 5, row_short 1)');
  });
});

describe('the state of a source', () => {
  test.each([
    ['imdb', 'never read'],
    ['local', 'no entries yet'],
  ])('of which nothing is there, %s, is: %s', (name, words) => {
    const source: Source = {
      name,
      state: 'never',
      checkedAt: null,
      freshAt: null,
      ageSeconds: null,
      isStale: false,
      staleAfterSeconds: null,
      schedule: 'off',
      nextRunAt: null,
      run: null,
      error: null,
    };
    expect(renderToStaticMarkup(h(SourceState, { source }))).toContain(`>${words}<`);
  });
});
