import { readFile, readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { openSellerSimulator } from '../../../samples/simulators/sellers.ts';
import type { SellerSimulator, SimulatedSeller } from '../../../samples/simulators/sellers.ts';
import { openPriceLab, sellerAt } from '../../../test/price-lab.ts';
import type { PriceLab } from '../../../test/price-lab.ts';
import { source } from './index.ts';
import { pricesSettings } from './settings.ts';

const NOON = new Date('2026-11-21T12:00:00Z');
const LATER = new Date('2026-11-21T12:05:00Z');
const ONE = { ID: 'a0000001', Title: 'One', Year: '1991', Price: '12.50' };
const LIST_OF_ONE = '{"Movies":[{"ID":"a0000001","Title":"One"}]}';
const DEEP = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;

describe('reading sellers', () => {
  let lab: PriceLab;
  const opened: SellerSimulator[] = [];
  beforeAll(async () => {
    lab = await openPriceLab();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((seller) => seller.close()));
  });
  afterAll(() => lab.close());

  async function open(more: Partial<SimulatedSeller> = {}) {
    const seller = await openSellerSimulator({ name: 'shop', films: [ONE], ...more });
    opened.push(seller);
    return seller;
  }

  const withToken = { tokenHeader: 'x-access-token', tokenVariable: 'SHOP_TOKEN' };

  test('the token is sent, and stands in no file and no word', async () => {
    const seller = await open({ token: 'very-secret' });
    const poller = lab.poller([sellerAt(seller, withToken)]);
    const { raw, result } = await poller.read({ now: NOON, secrets: { SHOP_TOKEN: 'very-secret' } });
    expect(result.partial).toBeUndefined();
    const refused = await poller.read({ now: NOON, secrets: { SHOP_TOKEN: 'wrong-secret' } });
    expect(refused.result.partial).toMatchObject({ code: 'sellers_failed' });
    expect(refused.documents.lists[0]?.asked).toMatchObject({ error: { code: 'status_401' } });
    for (const folder of [raw, refused.raw])
      for (const name of await readdir(folder))
        expect(gunzipSync(await readFile(join(folder, name))).toString()).not.toContain('-secret');
    expect(JSON.stringify([result, refused.result])).not.toContain('-secret');
    await poller.close();
  });

  test('a token that is not set fails its seller by name, and the others go on', async () => {
    const [one, two] = [await open(), await open({ name: 'other' })];
    const poller = lab.poller([sellerAt(one, withToken), sellerAt(two)]);
    const poll = await lab.claim(await poller.read({ now: NOON }));
    expect(poll.result.partial?.message).toContain('shop (its list failed with token_missing)');
    expect(await lab.claims(poll, 'offer')).toMatchObject([{ seller: 'other' }]);
    expect(one.asked).toHaveLength(0);
    await poller.close();
  });

  test('where the list fails, what is known is asked for, and what fails is carried with its moment', async () => {
    const two = { ...ONE, ID: 'a0000002', Title: 'Two' };
    const seller = await open({ films: [ONE, two] });
    const poller = lab.poller([sellerAt(seller)]);
    await lab.claim(await poller.read({ now: NOON }));
    seller.failWhen(({ url }) => (url === '/movie/a0000002' ? null : 'error'));
    for (const kept of [2, 2]) {
      const poll = await lab.claim(await poller.read({ now: LATER }));
      expect(await lab.claims(poll, 'title')).toHaveLength(2);
      expect(await lab.claims(poll, 'offer')).toMatchObject([{ listing_key: 'a0000002' }]);
      expect(poll.documents.kept).toHaveLength(kept);
      expect(poll.documents.kept.find(({ detail }) => detail)).toMatchObject({
        listing: 'a0000001',
        detail: { at: NOON.toISOString() },
      });
    }
    await poller.close();
  });

  test('when nobody answers, the run says so', async () => {
    const seller = await open();
    seller.failWhen(() => 'reset');
    const poller = lab.poller([sellerAt(seller)]);
    const poll = await lab.claim(await poller.read({ now: NOON }));
    expect(poll.result.partial?.message).toContain('shop');
    expect(await lab.claims(poll, 'poll')).toMatchObject([{ seller: 'shop', listing_key: null }]);
    await poller.close();
  });

  test('records that cannot be taken are counted, and their listings keep what they had', async () => {
    const films = [
      { ...ONE, Price: 12.1 },
      { ...ONE, ID: 'a0000003', Price: 'N/A' },
      { ...ONE, ID: 'a0000004', Price: null },
      { ...ONE, ID: 5, Year: 1992, Price: '1,249.50' },
      ONE,
      { ...ONE, ID: '' },
    ];
    const seller = await open({ films });
    const poller = lab.poller([sellerAt(seller)]);
    const poll = await lab.claim(await poller.read({ now: NOON }));
    expect(poll.counts).toMatchObject([
      { read: 7, claimed: 5, rejected: 2, reasons: { duplicate_key: 1, id_missing: 1 } },
      { read: 4, claimed: 2, rejected: 2, reasons: { price_invalid: 1, price_missing: 1 } },
      { read: 0 },
    ]);
    const offers = await lab.claims(poll, 'offer');
    expect(offers.map(({ listing_key, price }) => [listing_key, Number(price)])).toEqual([
      ['5', 1249.5],
      ['a0000001', 12.1],
    ]);
    expect(await lab.claims(poll, 'poll')).toMatchObject([
      { error_code: 'price_invalid' },
      { error_code: 'price_missing' },
      { error_code: 'entries_invalid' },
    ]);
    await poller.close();
  });

  test.each([
    ['an id that is half a character', String.raw`{"Movies":[{"ID":"x\ud800"}]}`, '', []],
    ['a title with half a character', LIST_OF_ONE, String.raw`{"Title":"A\ud800B","Price":1}`, []],
    ['an entry nested 200,000 deep', `{"Movies":[${DEEP}]}`, '', []],
    ['a plot of 9 MB', LIST_OF_ONE, `{"Plot":"${'x'.repeat(9_000_000)}","Price":1}`, [1]],
  ])('one seller sends %s, and the other loses nothing', async (_what, list, detail, prices) => {
    const good = await open({ name: 'other' });
    const bad = createServer(({ url }, response) => response.end(url === '/movies' ? list : detail));
    await new Promise<void>((resolve) => bad.listen(0, '127.0.0.1', resolve));
    const { port } = bad.address() as AddressInfo;
    const shop = { name: 'shop', baseUrl: `http://127.0.0.1:${port}`, currency: 'AUD' };
    const poller = lab.poller([shop, sellerAt(good)], { attemptMs: 10_000, attempts: 1 });
    const poll = await lab.claim(await poller.read({ now: NOON }));
    const offers = await lab.claims(poll, 'offer');
    expect(offers.map(({ seller, price }) => `${String(seller)} ${Number(price)}`).sort()).toEqual([
      'other 12.5',
      ...prices.map((price) => `shop ${price}`),
    ]);
    expect(poll.result.partial === undefined).toBe(prices.length > 0);
    await poller.close();
    bad.closeAllConnections();
    bad.close();
  });

  test('an entry that cannot be taken is a failure of its seller, who is asked for all that is known', async () => {
    const two = { ...ONE, ID: 'a0000002', Title: 'Two' };
    const seller = await open({ films: [ONE, two] });
    const poller = lab.poller([sellerAt(seller)]);
    await poller.read({ now: NOON });
    seller.films = [{ ...ONE, ID: 'a0000001\u0001' }, two];
    for (let runs = 0; runs < 2; runs += 1) {
      const poll = await lab.claim(await poller.read({ now: LATER }));
      expect(poll.result.partial?.message).toContain(
        'shop (its list failed with entries_invalid, 1 of 2 listings failed)',
      );
      expect(await lab.claims(poll, 'offer')).toMatchObject([{ listing_key: 'a0000002' }]);
      expect(await lab.claims(poll, 'poll')).toMatchObject([
        { listing_key: 'a0000001', error_code: 'status_404' },
        { listing_key: null, error_code: 'entries_invalid' },
      ]);
    }
    await poller.close();
  });

  test('a list without listings has failed where there were some', async () => {
    const seller = await open({ films: [] });
    const poller = lab.poller([sellerAt(seller)]);
    expect((await poller.read({ now: NOON })).result.partial).toBeUndefined();
    seller.films = [ONE];
    await poller.read({ now: NOON });
    seller.films = [];
    const poll = await lab.claim(await poller.read({ now: LATER }));
    expect(poll.result.partial?.message).toContain('its list failed with list_empty');
    expect(poll.counts[0]).toMatchObject({ read: 1, rejected: 1, reasons: { list_empty: 1 } });
    expect(await lab.claims(poll, 'title')).toHaveLength(1);
    await poller.close();
  });

  test.each([
    ['a name twice', [{}, {}]],
    ['an address with a password', [{ baseUrl: 'http://a:b@seller.example' }]],
    ['a currency that is none', [{ currency: 'ABC' }]],
    ['a pattern that is none', [{ idPattern: '(' }]],
    ['a detail without its id', [{ detailPath: '/movie' }]],
    ['a token without a header', [{ tokenVariable: 'TOKEN' }]],
  ])('settings are refused: %s', (_what, sellers) => {
    const whole = sellers.map((one) => ({ name: 'a', baseUrl: 'http://a.example', currency: 'AUD', ...one }));
    expect(pricesSettings.safeParse({ sellers: whole }).success).toBe(false);
  });

  test('without sellers it is left out, and says how to name one', async () => {
    expect(source.isConfigured?.(pricesSettings.parse({}), {})).toBe(false);
    await expect(lab.poller([]).read({ now: NOON })).rejects.toMatchObject({ code: 'setting_invalid' });
    await expect(lab.poller([]).read({ now: NOON, from: '/nowhere' })).rejects.toMatchObject({
      code: 'file_missing',
    });
  });
});
