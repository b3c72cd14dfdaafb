import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { decompress } from 'fzstd';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openSellerSimulator, readSoldFilms } from '../samples/simulators/sellers.ts';
import type { SellerSimulator } from '../samples/simulators/sellers.ts';
import { openPriceLab, sellerAt } from './price-lab.ts';
import type { PriceLab } from './price-lab.ts';

const DATA = fileURLToPath(new URL('../../shared/data/prices', import.meta.url));
const SAMPLES = fileURLToPath(new URL('../samples/prices', import.meta.url));
const NOON = new Date('2026-11-21T12:00:00Z');

let lab: PriceLab;
beforeAll(async () => {
  lab = await openPriceLab();
});
afterAll(() => lab.close());

describe('the samples of sellers', () => {
  it('read from their folder as their simulators answer', async () => {
    const names = readdirSync(SAMPLES);
    const sellers: SellerSimulator[] = [];
    for (const name of names)
      sellers.push(await openSellerSimulator({ name, films: await readSoldFilms(join(SAMPLES, name)) }));
    const patterns = sellers.map((seller) => sellerAt(seller, { idPattern: '^rb(?<imdb>\\d+)$' }));
    const poller = lab.poller(patterns);
    const asked = await lab.claim(await poller.read({ now: NOON }));
    const read = await lab.claim(await lab.poller(patterns).read({ now: NOON, from: SAMPLES }));
    expect(await lab.claims(read, 'offer')).toEqual(await lab.claims(asked, 'offer'));
    expect(await lab.claims(read, 'title')).toHaveLength(20);
    expect(read.result.partial).toBeUndefined();
    await poller.close();
    await Promise.all(sellers.map((seller) => seller.close()));
  });

  it('give Parquet that opens from its root, of one schema, with every row and its decimals', async () => {
    const root = join(lab.lakeFolder, 'claims', 'offer');
    const poller = lab.poller([]);
    const { run } = await lab.claim(await poller.read({ now: NOON, from: SAMPLES }));
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.parquet'),
    );
    const schemas = new Set<string>();
    const prices = new Map<string, number>();
    for (const file of files) {
      const bytes = readFileSync(join(root, file));
      const rows = await parquetReadObjects({
        file: new Uint8Array(bytes).buffer,
        compressors: { ZSTD: (input, length) => decompress(input, new Uint8Array(length)) },
      });
      for (const row of rows) {
        schemas.add(Object.keys(row).join());
        if (row.run === run)
          prices.set(
            `${String(row.seller)}/${String(row.listing_key)}`,
            Math.round(Number(row.price) * 10_000),
          );
      }
    }
    expect(schemas.size).toBe(1);
    expect(prices.size).toBe(28);
    for (const seller of readdirSync(SAMPLES))
      for (const { ID, Price } of await readSoldFilms(join(SAMPLES, seller)))
        expect([ID, prices.get(`${seller}/${ID}`)]).toEqual([ID, Math.round(Number(Price) * 10_000)]);
  });
});

describe.skipIf(!existsSync(DATA))('with ../shared/data', () => {
  it('two sellers of seven and six films load, and tt0076759 is one film with two offers', async () => {
    const poll = await lab.claim(await lab.poller([]).read({ now: NOON, from: DATA }));
    expect(poll.counts.map(({ file, read, claimed, rejected }) => [file, read, claimed, rejected])).toEqual([
      ['lists.ndjson.gz', 15, 15, 0],
      ['details.ndjson.gz', 13, 13, 0],
      ['kept.ndjson.gz', 0, 0, 0],
    ]);
    const titles = await lab.claims(poll, 'title');
    expect(titles).toHaveLength(7);
    const offers = await lab.claims(poll, 'offer');
    expect(offers).toHaveLength(13);
    const found = offers.filter((offer) => offer.title_key === 'tt0076759');
    expect(found.map(({ seller, price }) => [seller, Number(price)])).toEqual([
      ['cinemaworld', 123.5],
      ['filmworld', 29.5],
    ]);
  });

  it('matched by title and year alone they are the same seven films', async () => {
    const sellers = ['cinemaworld', 'filmworld'].map((name) => ({
      name,
      baseUrl: 'http://seller.example',
      currency: 'AUD',
    }));
    const poll = await lab.claim(await lab.poller(sellers).read({ now: NOON, from: DATA }));
    const offers = await lab.claims(poll, 'offer');
    const films = new Map<unknown, string[]>();
    for (const { title_key, listing_key } of offers)
      films.set(title_key, [...(films.get(title_key) ?? []), String(listing_key).slice(2)]);
    expect([...films.values()].map((digits) => new Set(digits).size)).toEqual(Array(7).fill(1));
  });
});
