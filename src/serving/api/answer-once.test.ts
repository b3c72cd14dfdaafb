import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import sql from 'sql-template-tag';
import { expect, test } from 'vitest';

import { openTestApi, openTestWriters } from '../../../test/api.ts';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { servedFilm, serveFilms } from '../../../test/served-films.ts';
import type { Database } from '../../db/database.ts';
import type { ApiKey, Ticket } from '../../model/writers.ts';
import type { ApiWorld } from './api-world.ts';

const FILM = '0f2c7b1e-0000-8000-a000-000000000000';

/** Each text is a key, but for `none`. */
function findApiKey(text: string): Promise<ApiKey | null> {
  const id = `00000000-0000-4000-8000-${text.padStart(12, '0')}`;
  return Promise.resolve(text === 'none' ? null : { id, name: text, role: 'write' });
}

/** An API whose clock the test sets. */
async function serveApi(
  db: Database,
  world: Partial<ApiWorld> = {},
  clock = { now: Date.UTC(2026, 10, 21, 12) },
) {
  await serveFilms(db, [servedFilm({ id: FILM })]);
  return openTestApi(db, { findApiKey, now: () => new Date(clock.now), ...world });
}

function post(
  more: Partial<Omit<InjectOptions, 'headers'>> & { key?: string; as?: string } = {},
): InjectOptions {
  const { key = 'k', as = '1', ...rest } = more;
  return {
    method: 'POST',
    url: '/movies',
    payload: { title: 'Ours', year: 2024 },
    headers: { 'idempotency-key': key, ...(as === '' ? {} : { authorization: `Bearer ${as}` }) },
    ...rest,
  };
}

const comment = { url: `/movies/${FILM}/comments`, payload: { author: 'Ann', text: 'Fine' } };

/** What a repeat has in common with the first answer. */
function asAnswered({ statusCode, body, headers }: LightMyRequestResponse) {
  const { location, etag } = headers;
  return { statusCode, body, location, etag };
}

const typeOf = (answer: LightMyRequestResponse) => answer.json<{ type: string }>().type;

async function countRows(db: Database) {
  const [counts] = await db.query(sql`
    select
      (select count(*) from journal) as journal,
      (select count(*) from comment) as comments,
      (select count(*) from idempotency_key) as keys`);
  return counts;
}

describeOnEachDatabase('a POST with an Idempotency-Key', (open) => {
  test('is done once, and a repeat is given the same answer', async () => {
    const { db } = await open();
    const api = await serveApi(db, { startSync: (source) => Promise.resolve(`run of ${source}`) });
    for (const request of [{}, comment, { url: '/sources/imdb/sync', payload: '' }]) {
      const asked = post({ ...request, key: `key of ${request.url ?? 'movies'}`.replaceAll(' ', '-') });
      const [first, second] = [await api.inject(asked), await api.inject(asked)];
      expect([201, 202]).toContain(first.statusCode);
      expect(asAnswered(second)).toEqual(asAnswered(first));
      expect([first, second].map(({ headers }) => headers['idempotency-replayed'])).toEqual([
        undefined,
        'true',
      ]);
    }
    expect(await countRows(db)).toEqual({ journal: 2, comments: 1, keys: 3 });
  });

  test('gives the same answer when what it made has changed since', async () => {
    const { db } = await open();
    const api = await serveApi(db, { openComments: true });
    const asked = post({ ...comment, as: '' });
    const first = await api.inject(asked);
    const { id, editToken } = first.json<{ id: string; editToken: string }>();
    const headers = { authorization: `Bearer ${editToken}` };
    await api.inject({ method: 'PATCH', url: `/comments/${id}`, headers, payload: { text: 'Better' } });
    expect(asAnswered(await api.inject(asked))).toEqual(asAnswered(first));
    await api.inject({ method: 'DELETE', url: `/comments/${id}`, headers });
    expect(asAnswered(await api.inject(asked))).toEqual(asAnswered(first));
    const stored = await db.query<{ row: string }>(sql`select row(i)::text as row from idempotency_key as i`);
    expect(stored[0]?.row).not.toMatch(/fbe_|Fine|127\.0\.0\.1/);
  });

  test('is refused with another body or path, and is its own for each key and address', async () => {
    const { db } = await open();
    const api = await serveApi(db, { openComments: true });
    await api.inject(post());
    for (const other of [{ payload: { title: 'Other' } }, comment]) {
      const answer = await api.inject(post(other));
      expect([answer.statusCode, typeOf(answer)]).toEqual([422, '/problems/idempotency_mismatch']);
    }
    expect((await api.inject(post({ as: '2' }))).statusCode).toBe(201);
    for (const remoteAddress of ['192.0.2.1', '192.0.2.2'])
      expect((await api.inject(post({ ...comment, as: '', remoteAddress }))).headers).not.toHaveProperty(
        'idempotency-replayed',
      );
    // What is the same but for its form is the same.
    const same = await api.inject(post({ payload: { year: 2024, genres: [], title: ' Ours ' } }));
    expect(same.headers['idempotency-replayed']).toBe('true');
  });

  test('that failed may be tried again', async () => {
    const { db } = await open();
    const api = await serveApi(db);
    const never = `/movies/${FILM.replace('0f', '1f')}/comments`;
    expect((await api.inject(post({ ...comment, url: never }))).statusCode).toBe(404);
    expect((await api.inject(post({ payload: { title: '' } }))).statusCode).toBe(400);
    await db.query(sql`insert into title_alias values (${FILM.replace('0f', '2f')}, 'tmdb:1', ${FILM})`);
    const moved = await api.inject(post({ ...comment, url: comment.url.replace('0f', '2f') }));
    expect(moved.statusCode).toBe(308);
    expect((await api.inject(post(comment))).statusCode).toBe(201);
    expect(await countRows(db)).toEqual({ journal: 1, comments: 1, keys: 1 });
  });

  test('is done once of fifty at the same time', async () => {
    const { db } = await open();
    const api = await serveApi(db);
    const answers = await Promise.all(Array.from({ length: 50 }, () => api.inject(post(comment))));
    const done = answers.filter(({ statusCode }) => statusCode === 201);
    expect(new Set(done.map(({ body }) => body)).size).toBe(1);
    const others = answers.filter(({ statusCode }) => statusCode !== 201);
    for (const other of others)
      expect([other.statusCode, typeOf(other), other.headers['retry-after']]).toEqual([
        409,
        '/problems/request_in_flight',
        '2',
      ]);
    expect(await countRows(db)).toEqual({ journal: 1, comments: 1, keys: 1 });
  });

  test('whose process was killed is taken over after a minute, and writes nothing if it wakes', async () => {
    const { db } = await open();
    const clock = { now: Date.UTC(2026, 10, 21, 12) };
    const api = await serveApi(db, {}, clock);
    await api.inject(post(comment));
    await db.execute(`
      update idempotency_key set result = null, answer = null;
      delete from comment;
      delete from journal`);
    clock.now += 59_000;
    expect((await api.inject(post(comment))).statusCode).toBe(409);
    clock.now += 1_000;
    expect((await api.inject(post(comment))).statusCode).toBe(201);
    expect(await countRows(db)).toEqual({ journal: 1, comments: 1, keys: 1 });

    const [taken] = await db.query<Ticket>(sql`select holder, key, ticket from idempotency_key`);
    const late = openTestWriters(db).writeComment(
      { titleId: FILM, words: { author: 'A', text: 'late' } },
      { apiKey: null, ticket: { holder: taken?.holder ?? '', key: 'k', ticket: FILM } },
    );
    await expect(late).rejects.toMatchObject({ code: 'request_in_flight' });
    expect(await countRows(db)).toEqual({ journal: 1, comments: 1, keys: 1 });
  });

  test('that was done and not answered is answered as it is found', async () => {
    const { db } = await open();
    const api = await serveApi(db);
    const first = await api.inject(post());
    await db.execute('update idempotency_key set answer = null');
    const repeat = await api.inject(post());
    expect(asAnswered(repeat)).toEqual(asAnswered(first));
    expect((await db.query(sql`select from idempotency_key where answer is not null`)).length).toBe(1);
  });

  test('is forgotten after a day', async () => {
    const { db } = await open();
    const clock = { now: Date.UTC(2026, 10, 21, 12) };
    const api = await serveApi(db, {}, clock);
    await api.inject(post(comment));
    clock.now += 24 * 3600_000;
    expect((await api.inject(post(comment))).headers['idempotency-replayed']).toBe('true');
    clock.now += 1;
    expect((await api.inject(post(comment))).headers['idempotency-replayed']).toBeUndefined();
    expect(await countRows(db)).toEqual({ journal: 2, comments: 2, keys: 1 });
  });

  test('is refused where the key is none', async () => {
    const { db } = await open();
    const api = await serveApi(db);
    for (const key of ['', 'a b', 'é', 'x'.repeat(256)]) {
      const answer = await api.inject(post({ key }));
      expect([key, answer.statusCode, answer.json()]).toMatchObject([
        key,
        400,
        { errors: [{ field: 'idempotency-key' }] },
      ]);
    }
    expect(await countRows(db)).toEqual({ journal: 0, comments: 0, keys: 0 });
  });
});
