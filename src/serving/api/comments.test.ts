import type { FastifyInstance, InjectOptions } from 'fastify';
import sql from 'sql-template-tag';
import { expect, test } from 'vitest';

import { openTestApi } from '../../../test/api.ts';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { servedFilm, serveFilms } from '../../../test/served-films.ts';
import type { Database } from '../../db/database.ts';
import type { Comment } from '../../model/comment.ts';
import type { ApiKey } from '../../model/writers.ts';
import type { ApiWorld } from './api-world.ts';

const FILM = '0f2c7b1e-0000-8000-a000-000000000000';
const SERIES = '0f2c7b1e-0000-8000-a000-000000000001';

/** Keys by their text; any other is unknown. */
const KEYS: Readonly<Record<string, ApiKey>> = {
  ann: { id: '00000000-0000-4000-8000-00000000000a', name: 'ann', role: 'write' },
  bob: { id: '00000000-0000-4000-8000-00000000000b', name: 'bob', role: 'write' },
  root: { id: '00000000-0000-4000-8000-00000000000c', name: 'root', role: 'admin' },
};

const as = (key: string, more: Record<string, string> = {}) => ({ authorization: `Bearer ${key}`, ...more });

/** A day on which each reading of the clock is a second later. */
function tickingClock(): () => Date {
  let second = 0;
  return () => new Date(Date.UTC(2026, 10, 21, 12, 0, (second += 1)));
}

async function serveApi(db: Database, world: Partial<ApiWorld> = {}): Promise<FastifyInstance> {
  await serveFilms(db, [
    servedFilm({ id: FILM, key: 'imdb:tt0000042', title: 'The Robot' }),
    servedFilm({ id: SERIES, key: 'imdb:tt0000043', title: 'Robots', kind: 'tvSeries' }),
  ]);
  const findApiKey = (key: string) => Promise.resolve(KEYS[key] ?? null);
  return openTestApi(db, { findApiKey, ...world });
}

interface Written {
  readonly comment: Comment & { editToken?: string };
  readonly etag: string;
}

async function write(
  api: FastifyInstance,
  text: string,
  headers: Record<string, string> = as('ann'),
): Promise<Written> {
  const payload = { author: 'Ann', text };
  const answer = await api.inject({ method: 'POST', url: `/movies/${FILM}/comments`, headers, payload });
  expect([answer.statusCode, answer.body]).toEqual([201, expect.any(String)]);
  return { comment: answer.json(), etag: String(answer.headers.etag) };
}

/** Status, and the code of the problem if there is one. */
async function outcome(api: FastifyInstance, request: InjectOptions): Promise<[number, string | null]> {
  const answer = await api.inject(request);
  const problem = answer.body === '' ? {} : answer.json<{ type?: string }>();
  return [answer.statusCode, problem.type?.replace('/problems/', '') ?? null];
}

describeOnEachDatabase('a comment', (open) => {
  test('is written, read, replaced, changed and deleted', async () => {
    const { db } = await open();
    const api = await serveApi(db);
    const { comment, etag } = await write(api, ' What a film!\r\n\r\nReally. ');
    const url = `/comments/${comment.id}`;
    expect(comment).toEqual({
      id: comment.id,
      title: { id: FILM, key: 'imdb:tt0000042', kind: 'movie', title: 'The Robot' },
      author: 'Ann',
      text: 'What a film!\n\nReally.',
      createdAt: comment.createdAt,
      updatedAt: comment.createdAt,
      revision: 1,
    });
    const read = await api.inject(url);
    expect(read.body).toBe(JSON.stringify(comment));
    expect(read.headers.etag).toBe(etag);

    const put = { method: 'PUT', url, headers: as('ann'), payload: { author: 'A.', text: 'Other' } } as const;
    const replaced = await api.inject(put);
    expect([replaced.statusCode, replaced.json()]).toMatchObject([
      200,
      { author: 'A.', text: 'Other', revision: 2, createdAt: comment.createdAt },
    ]);
    expect((await api.inject(url)).body).toBe(replaced.body);
    const changed = await api.inject({ ...put, method: 'PATCH', payload: { text: 'Last' } });
    expect(changed.json()).toMatchObject({ author: 'A.', text: 'Last', revision: 3 });

    const gone = await api.inject({ method: 'DELETE', url, headers: as('ann') });
    expect([gone.statusCode, gone.body]).toEqual([204, '']);
    expect(await outcome(api, { url })).toEqual([404, 'comment_not_found']);
    expect(await outcome(api, put)).toEqual([404, 'comment_not_found']);
  });

  test('is changed only as it was last read, where the request says so', async () => {
    const { db } = await open();
    const api = await serveApi(db);
    const { comment, etag } = await write(api, 'First');
    const patch = (text: string, ifMatch: string) =>
      ({
        method: 'PATCH',
        url: `/comments/${comment.id}`,
        headers: as('ann', { 'if-match': ifMatch }),
        payload: { text },
      }) as const;
    const second = await api.inject(patch('Second', etag));
    expect(second.statusCode).toBe(200);
    expect(await outcome(api, patch('Third', etag))).toEqual([412, 'precondition_failed']);
    expect(await outcome(api, { ...patch('', etag), method: 'DELETE', payload: '' })).toEqual([
      412,
      'precondition_failed',
    ]);
    expect((await api.inject(`/comments/${comment.id}`)).json()).toMatchObject({
      text: 'Second',
      revision: 2,
    });
    expect((await api.inject(patch('Third', String(second.headers.etag)))).statusCode).toBe(200);
    expect((await api.inject(patch('Fourth', '*'))).json()).toMatchObject({ text: 'Fourth', revision: 4 });
    expect((await db.query(sql`select from journal`)).length).toBe(4);
  });

  test('is changed by whoever wrote it and by admins alone', async () => {
    const { db } = await open();
    const api = await serveApi(db);
    const { comment } = await write(api, 'Mine');
    const patch = (headers: Record<string, string>) =>
      outcome(api, { method: 'PATCH', url: `/comments/${comment.id}`, headers, payload: { text: 'Ours' } });
    expect(await patch({})).toEqual([401, 'key_missing']);
    expect(await patch(as('nobody'))).toEqual([401, 'key_unknown']);
    expect(await patch(as('bob'))).toEqual([403, 'not_author']);
    expect(await patch(as('fbe_00'))).toEqual([403, 'not_author']);
    expect(await patch(as('ann'))).toEqual([200, null]);
    expect(await patch(as('root'))).toEqual([200, null]);
  });

  test('is written by everyone where comments are open, and changed by its token', async () => {
    const { db } = await open();
    const api = await serveApi(db, { openComments: true });
    const { comment } = await write(api, 'Mine', {});
    const other = await write(api, 'Another', {});
    const { editToken = '', ...rest } = comment;
    expect(editToken).toMatch(/^fbe_[0-9a-f]{64}$/);
    expect((await api.inject(`/comments/${comment.id}`)).json()).toEqual(rest);
    expect((await api.inject(`/movies/${FILM}/comments`)).body).not.toContain('fbe_');
    const patch = (bearer: string) =>
      outcome(api, {
        method: 'PATCH',
        url: `/comments/${comment.id}`,
        headers: as(bearer),
        payload: { text: 'Ours' },
      });
    expect(await patch(other.comment.editToken ?? '')).toEqual([403, 'not_author']);
    expect(await patch(editToken.slice(0, -1))).toEqual([403, 'not_author']);
    expect(await patch(editToken)).toEqual([200, null]);
    expect(await patch('root')).toEqual([200, null]);
    expect((await write(api, 'By key')).comment.editToken).toBeUndefined();
    const unknown = {
      method: 'POST',
      url: `/movies/${FILM}/comments`,
      payload: { author: 'A', text: 'B' },
    } as const;
    expect(await outcome(api, { ...unknown, headers: as('nobody') })).toEqual([401, 'key_unknown']);
    expect(await outcome(api, { ...unknown, headers: { authorization: 'Basic eDp5' } })).toEqual([
      401,
      'key_missing',
    ]);
    expect(
      await db.query(sql`select from comment where text like ${'%fbe%'} or author like ${'%fbe%'}`),
    ).toEqual([]);
  });

  test('is refused with every field that is wrong', async () => {
    const { db } = await open();
    const api = await serveApi(db);
    const url = `/movies/${FILM}/comments`;
    const answers = await Promise.all(
      [
        { author: 'A', text: ' \n ' },
        { author: 'A', text: '🎬'.repeat(2001) },
        { author: 'A', text: 'a\0b' },
        { author: 'A', text: 'a\rb' },
        { author: 'A', text: 'a\ud83c' },
        { author: 'A', text: '\u200b' },
        { author: 'A\nB', text: 'x' },
        { author: '\u202eA', text: 'x' },
        { author: 'A'.repeat(101), text: 'x' },
        { text: 'x', stars: 5 },
      ].map((payload) => api.inject({ method: 'POST', url, headers: as('ann'), payload })),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual(answers.map(() => 400));
    const fields = answers.map((answer) =>
      answer.json<{ errors: { field: string }[] }>().errors.map(({ field }) => field),
    );
    const [author, text] = [['author'], ['text']];
    expect(fields).toEqual([...Array<string[]>(6).fill(text), author, author, author, ['author', 'stars']]);
    expect(await db.query(sql`select from comment`)).toEqual([]);
  });

  test('is there, changed or gone for whoever reads next, from memory or not', async () => {
    const { db } = await open();
    const api = await serveApi(db);
    const list = async () =>
      (await api.inject(`/movies/${FILM}/comments`)).json<{ data: Comment[] }>().data.map(({ text }) => text);
    expect([await list(), await list()]).toEqual([[], []]);
    const { comment } = await write(api, 'one\tand two');
    expect(await list()).toEqual(['one\tand two']);
    const url = `/comments/${comment.id}`;
    expect((await api.inject(url)).statusCode).toBe(200);
    await api.inject({ method: 'PATCH', url, headers: as('ann'), payload: { text: 'two' } });
    expect([await list(), (await api.inject(url)).json<Comment>().text]).toEqual([['two'], 'two']);
    await api.inject({ method: 'DELETE', url, headers: as('ann') });
    expect([await list(), (await api.inject(url)).statusCode]).toEqual([[], 404]);
  });

  test('takes 2,000 characters of any script, and a change of one word at the least', async () => {
    const { db } = await open();
    const api = await serveApi(db);
    const { comment } = await write(api, '🎬'.repeat(2000));
    expect(Array.from(comment.text).length).toBe(2000);
    const url = `/comments/${comment.id}`;
    const empty = await api.inject({ method: 'PATCH', url, headers: as('ann'), payload: {} });
    expect([empty.statusCode, empty.json()]).toMatchObject([400, { errors: [{ field: 'the body' }] }]);
  });

  test('is about a title of its section: else it is elsewhere, gone or not there', async () => {
    const { db } = await open();
    const api = await serveApi(db);
    const [alias, dropped, never] = [2, 3, 4].map((n) => `0f2c7b1e-0000-8000-a000-00000000000${n}`);
    await db.query(sql`insert into title_alias values (${alias}, 'tmdb:1', ${FILM})`);
    await db.query(sql`insert into title_gone values (${dropped}, 'imdb:tt0000001', 1)`);
    for (const method of ['GET', 'POST'] as const) {
      const ask = (path: string) =>
        api.inject({
          method,
          url: `${path}/comments`,
          headers: as('ann'),
          ...(method === 'POST' ? { payload: { author: 'A', text: 'B' } } : {}),
        });
      const moved = [
        await ask(`/movies/${alias}`),
        await ask(`/movies/${SERIES}`),
        await ask(`/episodes/${FILM}`),
      ];
      expect(moved.map(({ statusCode, headers }) => [statusCode, headers.location])).toEqual([
        [308, `/movies/${FILM}/comments`],
        [308, `/series/${SERIES}/comments`],
        [308, `/movies/${FILM}/comments`],
      ]);
      expect((await ask(`/movies/${dropped}`)).statusCode).toBe(410);
      expect((await ask(`/movies/${never}`)).statusCode).toBe(404);
      expect((await ask('/movies/x')).statusCode).toBe(404);
      expect((await ask(`/series/${SERIES}`)).statusCode).toBe(method === 'GET' ? 200 : 201);
    }
  });

  test('keeps no word of itself in the database once it is deleted', async () => {
    const { db } = await open();
    const api = await serveApi(db);
    const { comment } = await write(api, 'unspeakable', as('ann', { 'idempotency-key': 'k' }));
    const url = `/comments/${comment.id}`;
    await api.inject({ method: 'PATCH', url, headers: as('ann'), payload: { text: 'unspeakable too' } });
    await api.inject({ method: 'DELETE', url, headers: as('root') });
    const rows = await db.query<{ row: string }>(sql`
      select row(j)::text as row from journal as j
      union all
      select row(i)::text from idempotency_key as i
      union all
      select row(c)::text from comment as c`);
    expect(rows.length).toBe(4);
    expect(rows.filter(({ row }) => row.includes('unspeakable'))).toEqual([]);
    const entries = await db.query(sql`
      select action, api_key_id as key, comment_id as comment, document from journal order by seq`);
    expect(entries).toEqual(
      ['write_comment', 'change_comment', 'delete_comment'].map((action) => ({
        action,
        key: KEYS[action === 'delete_comment' ? 'root' : 'ann']?.id,
        comment: comment.id,
        document: {},
      })),
    );
  });
});

describeOnEachDatabase('the comments of a title', (open) => {
  test('are listed newest first, each once, over pages both ways, ties included', async () => {
    const { db } = await open();
    const now = tickingClock();
    const times = Array.from({ length: 4 }, () => now());
    const api = await serveApi(db);
    // Three of each time.
    const rows = Array.from({ length: 12 }, (_, at) => ({
      id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      at: times[at % 4],
    }));
    for (const { id, at } of rows)
      await db.query(sql`
        insert into comment values (${id}, 'imdb:tt0000042', ${FILM}, 'A', ${id}, ${at}, ${at}, 1, null)`);
    const expected = [3, 2, 1, 0].flatMap((time) => [2, 1, 0].map((round) => rows[round * 4 + time]?.id));
    const pages = await walk(api, `/movies/${FILM}/comments?limit=5`, 'next');
    expect(pages.ids).toEqual(expected);
    const back = await walk(api, pages.last, 'prev');
    expect(back.ids.slice(2)).toEqual([...expected.slice(5, 10), ...expected.slice(0, 5)]);
  });

  test('are those of every key that leads to it', async () => {
    const { db } = await open();
    const api = await serveApi(db);
    const { comment } = await write(api, 'Before');
    const newId = '0f2c7b1e-0000-8000-a000-000000000009';
    await db.query(sql`update title set id = ${newId}, key = 'imdb:tt0000044' where id = ${FILM}`);
    await db.query(sql`insert into title_alias values (${FILM}, 'imdb:tt0000042', ${newId})`);
    const url = `/movies/${newId}/comments`;
    await api.inject({ method: 'POST', url, headers: as('ann'), payload: { author: 'A', text: 'After' } });
    const list = (await api.inject(url)).json<{ data: Comment[] }>().data;
    expect(list.map(({ text }) => text).sort()).toEqual(['After', 'Before']);
    expect(list.map(({ title }) => title?.id)).toEqual([newId, newId]);
    expect((await api.inject(`/comments/${comment.id}`)).json<Comment>().title?.id).toBe(newId);
  });
});

interface CommentList {
  readonly data: readonly Comment[];
  readonly page: Readonly<Record<'next' | 'prev', string | null>>;
}

/** The ids of all pages from `url` on, and the address of the last. */
async function walk(api: FastifyInstance, url: string, way: 'next' | 'prev') {
  const ids: string[] = [];
  let [next, last]: [string | null, string] = [url, url];
  while (next !== null) {
    last = next;
    const list = await pageAt(api, next);
    ids.push(...list.data.map(({ id }) => id));
    next = list.page[way];
  }
  return { ids, last };
}

async function pageAt(api: FastifyInstance, url: string): Promise<CommentList> {
  return (await api.inject(url)).json();
}
