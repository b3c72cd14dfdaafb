import { mkdir } from 'node:fs/promises';

import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { openSellerSimulator } from '../samples/simulators/sellers.ts';
import { publishOffers, registerSellers } from '../src/catalogue/offers/publish-offers.ts';
import type { Database } from '../src/db/database.ts';
import { ID_SALT, openTestApi } from './api.ts';
import { openClaimLake } from './claims.ts';
import { describeOnEachDatabase } from './databases.ts';
import { openPriceLab, sellerAt } from './price-lab.ts';
import type { Poll, PriceLab } from './price-lab.ts';
import { publishClaims } from './published-claims.ts';

const NOON = new Date('2026-11-21T12:00:00Z');
const after = (minutes: number) => new Date(NOON.getTime() + minutes * 60_000);

interface Offer {
  readonly id: string;
  readonly seller: string;
  readonly listingKey: string;
  readonly title: string;
  readonly film: { readonly id: string; readonly title: string } | null;
  readonly price: number;
  readonly ageSeconds: number;
  readonly state: string;
}

let lab: PriceLab;
beforeAll(async () => {
  lab = await openPriceLab();
});
afterAll(() => lab.close());

describeOnEachDatabase('offers', (open) => {
  const one = { ID: 'a0000001', Title: 'One', Year: '1991', Price: '12.50' };
  const two = { ID: 'a0000002', Title: 'Two', Year: '1992', Price: 7 };

  async function openShop(films = [one, two]) {
    const { db } = await open();
    const seller = await openSellerSimulator({ name: 'shop', films });
    const poller = lab.poller([sellerAt(seller)]);
    const polls: Poll[] = [];
    let now = NOON;
    const app = await openTestApi(db, { now: () => now });
    return {
      db,
      seller,
      app,
      polls,
      at: (moment: Date) => (now = moment),
      poll: async (moment: Date) => {
        now = moment;
        polls.push(await lab.claim(await poller.read({ now: moment })));
        await publishOffers(db, lab.engine, { idSalt: ID_SALT, runs: polls });
      },
      close: async () => {
        await Promise.all([app.close(), poller.close(), seller.close()]);
      },
    };
  }

  const offersOf = async (app: FastifyInstance, query = '') =>
    (await app.inject(`/offers?${query}`)).json<{ data: Offer[] }>().data;

  it('keep the price of a listing that fails, lose one that is listed no more, and follow a new price', async () => {
    const shop = await openShop();
    await shop.poll(NOON);
    expect((await offersOf(shop.app)).map(({ price, state }) => [price, state])).toEqual([
      [7, 'fresh'],
      [12.5, 'fresh'],
    ]);
    shop.seller.failWhen(({ url }) => (url === '/movie/a0000001' ? 'error' : null));
    shop.seller.films = [
      { ...one, Price: 99 },
      { ...two, Price: '6.9' },
    ];
    await shop.poll(after(5));
    expect(
      (await offersOf(shop.app)).map(({ price, state, ageSeconds }) => [price, state, ageSeconds]),
    ).toEqual([
      [6.9, 'fresh', 0],
      [12.5, 'stale', 300],
    ]);
    shop.seller.failWhen(() => 'gone');
    await shop.poll(after(10));
    expect((await offersOf(shop.app)).map(({ price, state }) => [price, state])).toEqual([
      [6.9, 'stale'],
      [12.5, 'stale'],
    ]);
    shop.seller.failWhen(() => null);
    shop.seller.films = [one];
    await shop.poll(after(15));
    expect((await offersOf(shop.app)).map(({ listingKey, state }) => [listingKey, state])).toEqual([
      ['a0000001', 'fresh'],
    ]);
    shop.at(after(31));
    expect((await offersOf(shop.app))[0]).toMatchObject({ state: 'stale', ageSeconds: 960 });
    await shop.close();
  });

  it('are brought in once, and a new database gets the whole history', async () => {
    const shop = await openShop();
    await shop.poll(NOON);
    shop.seller.failWhen(({ url }) => (url === '/movies' ? 'error' : null));
    await shop.poll(after(5));
    const again = await publishOffers(shop.db, lab.engine, { idSalt: ID_SALT, runs: shop.polls });
    expect(again).toEqual([]);
    const { db } = await open();
    const all = await publishOffers(db, lab.engine, { idSalt: ID_SALT, runs: shop.polls.toReversed() });
    expect(all).toEqual(shop.polls.map(({ run }) => run));
    for (const table of ['seller', 'offer', 'offer_observation', 'offer_run'])
      expect(await rowsOf(db, table)).toEqual(await rowsOf(shop.db, table));
    expect(await rowsOf(db, 'offer_observation')).toHaveLength(4);
    await shop.close();
  });

  it('leave nothing of a run that is stopped, and take it whole the next time', async () => {
    const shop = await openShop();
    await shop.poll(NOON);
    const broken: Database = {
      ...shop.db,
      query: (statement) => shop.db.query(statement),
      execute: (text) => shop.db.execute(text),
      transaction: (work) =>
        shop.db.transaction(async (tx) => {
          await work(tx);
          throw new Error('stopped');
        }),
    };
    shop.seller.films = [{ ...one, Price: 1 }, two];
    const poller = lab.poller([sellerAt(shop.seller)]);
    const poll = await lab.claim(await poller.read({ now: after(5) }));
    const request = { idSalt: ID_SALT, runs: [poll] };
    await expect(publishOffers(broken, lab.engine, request)).rejects.toThrow('stopped');
    expect(await offersOf(shop.app)).toMatchObject([{ price: 7 }, { price: 12.5 }]);
    expect(await publishOffers(shop.db, lab.engine, request)).toEqual([poll.run]);
    expect(await offersOf(shop.app)).toMatchObject([{ price: 1 }, { price: 7 }]);
    await poller.close();
    await shop.close();
  });

  it('come a page at a time, filtered and sorted, and refuse what they do not know', async () => {
    const films = Array.from({ length: 7 }, (_, at) => ({
      ID: `a000001${at}`,
      Title: `Film ${7 - at}`,
      Price: at < 4 ? 5 : 4,
    }));
    const shop = await openShop(films as never);
    await shop.poll(NOON);
    for (const sort of ['price', '-price', 'title', '-observedAt,title']) {
      const seen: string[] = [];
      let url: string | null = `/offers?sort=${sort}&limit=2`;
      while (url !== null) {
        const page: { data: Offer[]; page: { next: string | null } } = (await shop.app.inject(url)).json();
        seen.push(...page.data.map(({ id }) => id));
        url = page.page.next;
      }
      expect([sort, new Set(seen).size, seen.length]).toEqual([sort, 7, 7]);
    }
    expect(await offersOf(shop.app, 'currency=nzd')).toEqual([]);
    expect(await offersOf(shop.app, 'seller=shop&currency=aud&state=fresh')).toHaveLength(7);
    for (const wrong of ['state=old', 'currency=dollar', 'title=x', 'sort=seller', 'q=one', 'limit=101'])
      expect([wrong, (await shop.app.inject(`/offers?${wrong}`)).statusCode]).toEqual([wrong, 400]);
    for (const wrong of ['seller=nobody', 'basis=median', 'cursor=x', 'top=0'])
      expect((await shop.app.inject(`/reports/cheapest-seller?${wrong}`)).statusCode).toBe(400);
    const csv = await shop.app.inject('/reports/cheapest-seller.csv');
    expect(csv.body).toBe('currency,rank,seller,value,films,sellers\r\nAUD,1,shop,4.5714,7,1\r\n');
    await shop.close();
  });

  it('are answered from the database alone while every seller hangs', async () => {
    const shop = await openShop();
    await shop.poll(NOON);
    shop.seller.failWhen(() => 'hang');
    const before = shop.seller.asked.length;
    for (const url of ['/offers', '/offers/cheapest', '/reports/cheapest-title', '/reports/cheapest-seller'])
      expect((await shop.app.inject(url)).statusCode).toBe(200);
    expect(shop.seller.asked).toHaveLength(before);
    await shop.close();
  });

  it('follow their film when its id moves, and stand beside it', async () => {
    const shop = await openShop();
    await shop.poll(NOON);
    const lake = await openClaimLake();
    await mkdir(lake.lake.folder, { recursive: true });
    const claims = {
      title: [{ title_key: '1', imdb_id: 'tt0000001', kind: 'movie', title: 'Uno', year: 1991 }],
    };
    await publishClaims(lake, shop.db, 1, claims);
    expect((await offersOf(shop.app))[1]).toMatchObject({ film: null });
    // As the merge of the sellers' own title claims has it.
    await shop.db.execute(`
      insert into title_alias (alias_id, key, title_id)
      select o.alias_id, 'prices:tt0000001', t.id from offer as o, title as t
      where o.listing_key = 'a0000001'`);
    const [, moved] = await offersOf(shop.app);
    expect(moved).toMatchObject({ title: 'One', film: { title: 'Uno' } });
    const film = await shop.app.inject('/movies/tt0000001?include=offers');
    expect(film.json()).toMatchObject({ title: 'Uno', offers: { data: [{ price: 12.5 }], sellers: [{}] } });
    expect((await shop.app.inject('/movies/tt0000001/offers')).json()).toMatchObject({
      data: [{ listingKey: 'a0000001' }],
    });
    shop.seller.films = [{ ...one, Price: '11' }];
    await shop.poll(after(5));
    const history = (await shop.app.inject('/movies/tt0000001/offers/history?limit=1')).json<{
      data: Offer[];
      page: { next: string };
    }>();
    const older = (await shop.app.inject(history.page.next)).json<{ data: Offer[] }>();
    expect([...history.data, ...older.data].map(({ price }) => price)).toEqual([11, 12.5]);
    expect((await shop.app.inject('/offers?title=tt0000001')).json()).toMatchObject({
      data: [{ price: 11 }],
    });
    expect((await shop.app.inject('/movies/tt0000009/offers')).statusCode).toBe(404);
    expect((await shop.app.inject('/movies/tt0000009/offers/history')).statusCode).toBe(404);
    await lake.close();
    await shop.close();
  });

  it('stay listed while their seller sends an entry that cannot be taken, or an empty list', async () => {
    const shop = await openShop();
    await shop.poll(NOON);
    const stateOf = async () => {
      const { data, sellers } = (await shop.app.inject('/offers')).json<{
        data: Offer[];
        sellers: object[];
      }>();
      return { data: data.map(({ listingKey, state }) => [listingKey, state]), sellers };
    };
    shop.seller.films = [one, { ...two, ID: 'a0000002\u0001' }];
    await shop.poll(after(5));
    expect(await stateOf()).toMatchObject({
      data: [
        ['a0000002', 'stale'],
        ['a0000001', 'fresh'],
      ],
      sellers: [{ state: 'failed', error: { code: 'entries_invalid' } }],
    });
    shop.seller.films = [one, { ...two, Title: 'Two\u0001' }];
    await shop.poll(after(6));
    expect(await stateOf()).toMatchObject({ sellers: [{ error: { code: 'text_invalid' } }] });
    shop.seller.films = [];
    await shop.poll(after(7));
    expect(await stateOf()).toMatchObject({
      data: [
        ['a0000002', 'stale'],
        ['a0000001', 'stale'],
      ],
      sellers: [{ state: 'failed', error: { code: 'list_empty' } }],
    });
    await shop.close();
  });

  it('are published whatever characters a run in the lake holds', async () => {
    const shop = await openShop();
    await shop.poll(NOON);
    const [{ run, offers, polls } = { run: '', offers: [], polls: [] }] = shop.polls;
    const broken = { run: `${run}1`, offers: [`${offers[0]}.nul`], polls: [`${polls[0]}.nul`] };
    await shop.db.execute('truncate offer, offer_observation, offer_run, seller');
    await lab.engine.run(`
      copy (
        select * replace (title || chr(0) || repeat('þ', 5000) as title, '${broken.run}' as run)
        from read_parquet('${offers[0]}')
      ) to '${broken.offers[0]}' (format parquet)`);
    await lab.engine.run(`
      copy (
        select * replace ('list_invalid' as error_code, 'a' || chr(0) as error_message, '${broken.run}' as run)
        from read_parquet('${polls[0]}')
      ) to '${broken.polls[0]}' (format parquet)`);
    expect(await publishOffers(shop.db, lab.engine, { idSalt: ID_SALT, runs: [broken] })).toEqual([
      broken.run,
    ]);
    const { data, sellers } = (await shop.app.inject('/offers')).json<{ data: Offer[]; sellers: object[] }>();
    expect(data[0]?.title).toMatch(/^Two\u2400\u00fe+$/);
    expect(sellers).toMatchObject([{ error: { message: 'a\u2400' } }]);
    await shop.close();
  });

  it('name a seller that was never asked', async () => {
    const { db } = await open();
    await registerSellers(db, [{ name: 'new', currency: 'EUR' }]);
    const app = await openTestApi(db);
    expect((await app.inject('/offers')).json()).toMatchObject({
      data: [],
      sellers: [{ name: 'new', currency: 'EUR', state: 'never', checkedAt: null, error: null }],
    });
    await app.close();
  });
});

function rowsOf(db: Database, table: string): Promise<object[]> {
  return db.query({
    text: `select * from ${table} order by 1, 2`.replace(/, 2$/, table === 'offer_run' ? '' : ', 2'),
    values: [],
  });
}
