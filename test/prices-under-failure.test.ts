import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { publishOffers } from '../src/catalogue/offers/publish-offers.ts';
import type { Database } from '../src/db/database.ts';
import { ID_SALT, openTestApi } from './api.ts';
import { describeOnEachDatabase } from './databases.ts';
import { openPriceLab } from './price-lab.ts';
import type { PriceLab } from './price-lab.ts';
import { RATES, playPatterns, titleOf } from './price-patterns.ts';
import type { Pattern, Truth } from './price-patterns.ts';

const PATTERNS = 200;

const ASKED = [
  '/offers?limit=100',
  '/offers/cheapest',
  '/reports/cheapest-title?top=100',
  '/reports/cheapest-seller?top=100',
  '/reports/cheapest-seller.csv?basis=sum',
];

describe('what is answered under failure', () => {
  let lab: PriceLab;
  let patterns: Pattern[];
  beforeAll(async () => {
    lab = await openPriceLab();
    patterns = await playPatterns(lab, PATTERNS);
  }, 120_000);
  afterAll(() => lab.close());

  describeOnEachDatabase('over 200 patterns of failure', (open) => {
    it('is the truth once every price was seen, whoever fails, and what is old is marked', async () => {
      const { db } = await open();
      let now = new Date(0);
      const app = await openTestApi(db, { now: () => now });
      const told = new Map<number, number>(RATES.map((rate) => [rate, 0]));
      for (const pattern of patterns) {
        await db.execute('truncate offer, offer_observation, offer_run, seller');
        for (const poll of pattern.polls) {
          now = new Date(poll.at.getTime() + 1_000);
          await publishOffers(db, lab.engine, { idSalt: ID_SALT, runs: [poll] });
          await expectTrueAnswers(app, pattern, poll.documents);
        }
        if (await expectTruth(app, db, pattern)) told.set(pattern.rate, (told.get(pattern.rate) ?? 0) + 1);
      }
      await app.close();
      expect(told.get(0)).toBe(PATTERNS / RATES.length);
      expect(Math.min(...told.values())).toBeGreaterThan(10);
    }, 120_000);
  });
});

interface OfferItem {
  readonly seller: string;
  readonly listingKey: string;
  readonly title: string;
  readonly price: number;
  readonly state: string;
}

/** After each run nothing is wrong: no error, no price that was never asked, no old price that seems fresh, and who failed is named. */
async function expectTrueAnswers(
  app: FastifyInstance,
  { truth, seed }: Pattern,
  { lists, details }: Pattern['polls'][number]['documents'],
): Promise<void> {
  for (const url of ASKED) expect([seed, url, (await app.inject(url)).statusCode]).toEqual([seed, url, 200]);
  const { data, sellers } = (await app.inject('/offers?limit=100')).json<{
    data: OfferItem[];
    sellers: { name: string; state: string }[];
  }>();
  const good = new Set(
    details.flatMap(({ seller, listing, asked }) => ('text' in asked ? [`${seller}/${listing}`] : [])),
  );
  for (const { seller, listingKey, title, price, state } of data) {
    const film = Number(title.split(' ').at(-1));
    expect(truth.get(seller)?.get(film)).toContain(Math.round(price * 100));
    expect([listingKey, state]).toEqual([
      listingKey,
      good.has(`${seller}/${listingKey}`) ? 'fresh' : 'stale',
    ]);
  }
  const failed = new Set(
    [...lists.map((one) => ({ ...one, seller: one.seller.name })), ...details].flatMap(({ seller, asked }) =>
      'error' in asked ? [seller] : [],
    ),
  );
  expect(sellers).toHaveLength(truth.size);
  for (const { name, state } of sellers)
    expect([name, state]).toEqual([name, failed.has(name) ? 'failed' : 'answered']);
}

/** False where not every price was seen. */
async function expectTruth(app: FastifyInstance, db: Database, { seed, truth }: Pattern): Promise<boolean> {
  const all = [...truth.values()].flatMap((films) => [...films.values()].flat()).length;
  const [seen] = await db.query<{ listings: number }>({
    text: 'select count(*) as listings from offer where listed',
    values: [],
  });
  if (seen?.listings !== all) return false;
  const titles = (await app.inject('/reports/cheapest-title')).json<{ data: OfferItem[] }>().data;
  expect([seed, titles.map(({ title, seller, price }) => `${title} ${seller} ${price}`).sort()]).toEqual([
    seed,
    cheapestTitles(truth),
  ]);
  for (const sellers of [[], ['first', 'second']]) {
    const query = sellers.map((name) => `seller=${name}`).join('&');
    const found = (await app.inject(`/reports/cheapest-seller?${query}`)).json<{ data: object[] }>().data;
    expect([seed, found]).toEqual([seed, cheapestSellers(truth, sellers)]);
  }
  return true;
}

function cheapestTitles(truth: Truth): string[] {
  const all = [...truth].flatMap(([seller, films]) =>
    [...films].flatMap(([film, cents]) => cents.map((price) => ({ seller, film, price }))),
  );
  const least = Math.min(...all.map(({ price }) => price));
  return all
    .filter(({ price }) => price === least)
    .map(({ seller, film, price }) => `${titleOf(film)} ${seller} ${price / 100}`)
    .sort();
}

/** Counted plainly, in cents. */
function cheapestSellers(truth: Truth, only: readonly string[]): object[] {
  const compared = [...truth].filter(([name]) => only.length === 0 || only.includes(name));
  const common = [...(compared[0]?.[1].keys() ?? [])].filter((film) =>
    compared.every(([, films]) => films.has(film)),
  );
  const sums = compared.map(([name, films]): [string, number] => [
    name,
    common.reduce((sum, film) => sum + Math.min(...(films.get(film) ?? [])), 0),
  ]);
  const least = Math.min(...sums.map(([, sum]) => sum));
  return sums
    .filter(([, sum]) => sum === least)
    .map(([seller, sum]) => ({
      currency: 'AUD',
      rank: 1,
      seller,
      value: Number((sum / common.length / 100).toFixed(4)),
      films: common.length,
      sellers: compared.length,
    }))
    .sort((a, b) => (a.seller < b.seller ? -1 : 1));
}
