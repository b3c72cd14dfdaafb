import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { FastifyInstance } from 'fastify';
import sql from 'sql-template-tag';
import { expect, it } from 'vitest';

import type { Database } from '../src/db/database.ts';
import { rawFolder } from '../src/lake/layout.ts';
import type { Lake } from '../src/lake/layout.ts';
import { listRuns, listVersions } from '../src/lake/manifests.ts';
import type { Comment } from '../src/model/comment.ts';
import { titleId } from '../src/model/title-key.ts';
import { anyKey, ID_SALT, openTestApi } from './api.ts';
import { describeOnEachDatabase } from './databases.ts';
import { dump, filmId } from './dumps.ts';
import { openWorkshop, removeFoldersAfterEach } from './workshops.ts';

removeFoldersAfterEach();

/** Enough that one title more is a small change. */
const MANY = 300;

const HEADERS = { authorization: 'Bearer k' };

/** Anyone may write; whoever bears a key is an admin. */
function openCommentApi(db: Database): Promise<FastifyInstance> {
  return openTestApi(db, { ...anyKey('admin'), openComments: true });
}

type Written = Comment & { readonly editToken: string };

async function comment(api: FastifyInstance, film: string, text: string): Promise<Written> {
  const payload = { author: 'Ann', text };
  return (await api.inject({ method: 'POST', url: `/movies/${film}/comments`, payload })).json();
}

async function texts(api: FastifyInstance, film: string): Promise<string[]> {
  const { data } = (await api.inject(`/movies/${film}/comments`)).json<{ data: Comment[] }>();
  return data.map(({ text }) => text);
}

async function titleOf(api: FastifyInstance, { id }: Comment): Promise<string | undefined> {
  return (await api.inject(`/comments/${id}`)).json<Comment>().title?.id;
}

/** The journal, as often as the lake has it. */
async function copiesIn(lake: Lake): Promise<string[]> {
  const runs = (await listRuns(lake)).filter(({ source }) => source === 'local');
  const copies = await Promise.all(
    runs.map(({ run }) =>
      readFile(join(rawFolder(lake, 'local', run), 'journal.ndjson'), 'utf8').catch(() => null),
    ),
  );
  return copies.filter((copy) => copy !== null);
}

describeOnEachDatabase('comments', (open) => {
  it.each([
    ['rows', MANY],
    ['swap', 10],
  ])('stay through a publish by %s, and make no catalogue by themselves', async (way, films) => {
    const { db, lake, sync } = await openWorkshop((await open()).db);
    await sync(dump().films(films));
    const api = await openCommentApi(db);
    const written = await comment(api, filmId(1), 'Fine');
    const lists = async () => (await api.inject(`/movies/${written.title?.id ?? ''}/comments`)).body;
    const before = await lists();
    expect((await sync(dump().films(films))).published).toBeNull();
    await comment(api, filmId(2), 'Also');
    expect((await sync(dump().films(films))).published).toBeNull();
    expect((await listVersions(lake)).length).toBe(1);

    const { published } = await sync(dump().films(films).title(filmId(3), { title: 'Changed' }));
    expect(published?.way).toBe(way);
    expect(await lists()).toBe(before);
    await comment(api, filmId(2), 'Beside an entry');
    expect((await sync(dump().films(films).title(filmId(3), { title: 'Changed' }))).published).toBeNull();
  });

  it('are copied into the lake by a sync on schedule in which no source says anything new; nothing else is kept there', async () => {
    const { db, lake, sync } = await openWorkshop((await open()).db);
    const films = dump().films(10);
    const onSchedule = () => sync(films, { onlyIfBehind: true });
    await onSchedule();
    const api = await openCommentApi(db);
    const { id } = await comment(api, filmId(1), 'unspeakable');
    await onSchedule();
    expect(await copiesIn(lake)).toEqual([expect.stringContaining('unspeakable')]);
    await api.inject({ method: 'DELETE', url: `/comments/${id}`, headers: HEADERS });
    await onSchedule();
    expect(await copiesIn(lake)).toEqual([expect.not.stringContaining('unspeakable')]);
    const runs = (await listRuns(lake)).length;
    await onSchedule();
    expect((await listRuns(lake)).length).toBe(runs);
  });

  it('come back as they were when an empty database is filled from the lake', async () => {
    const { db, lake, sync, enter } = await openWorkshop((await open()).db);
    const films = dump().films(20);
    await sync(films);
    const api = await openCommentApi(db);
    const entered = await enter({ title: 'Ours' });
    const written = [
      await comment(api, filmId(1), 'As it was'),
      await comment(api, filmId(1), 'To be changed'),
      await comment(api, entered, 'On ours,\u2028with every\nline break'),
    ];
    const deleted = await comment(api, filmId(2), 'unspeakable');
    const change = (one: Written | undefined, text: string, headers: Record<string, string>) =>
      api.inject({ method: 'PATCH', url: `/comments/${one?.id ?? ''}`, headers, payload: { text } });
    await change(written[1], 'Changed', HEADERS);
    await change(written[1], 'Changed again', HEADERS);
    await sync(films);
    // The lake has its words, and then its end.
    await api.inject({ method: 'DELETE', url: `/comments/${deleted.id}`, headers: HEADERS });
    await sync(films);

    const rebuilt = await openWorkshop((await open()).db, { lake });
    const own = await rebuilt.enter({ title: 'Before the first sync of the new database' });
    await rebuilt.sync(films);
    const again = await openCommentApi(rebuilt.db);
    const late = await comment(again, own, 'Later');
    expect(late.title?.id).toBe(own);
    for (const { id } of written) {
      const [before, after] = [await api.inject(`/comments/${id}`), await again.inject(`/comments/${id}`)];
      expect([after.statusCode, after.body, after.headers.etag]).toEqual([
        200,
        before.body,
        before.headers.etag,
      ]);
    }
    expect((await again.inject(`/comments/${deleted.id}`)).statusCode).toBe(404);
    const entries = (from: Database) =>
      from.query<{ seq: number }>(sql`
        select seq, id, written_at, action, title_key, comment_id, document from journal where seq <= 8 order by seq`);
    expect(await entries(rebuilt.db)).toEqual(await entries(db));
    expect(JSON.stringify(await entries(rebuilt.db))).not.toContain('unspeakable');
    const token = { authorization: `Bearer ${written[0]?.editToken ?? ''}` };
    const changed = await again.inject({
      method: 'PATCH',
      url: `/comments/${written[0]?.id ?? ''}`,
      headers: token,
      payload: { text: 'By its token' },
    });
    expect(changed.json()).toMatchObject({ text: 'By its token', revision: 2 });

    await rebuilt.sync(films);
    const third = await openWorkshop((await open()).db, { lake });
    await third.sync(films);
    const thirdApi = await openCommentApi(third.db);
    for (const { id } of [...written, late])
      expect((await thirdApi.inject(`/comments/${id}`)).body).toBe(
        (await again.inject(`/comments/${id}`)).body,
      );
  });

  it('whose words the database has are deleted when the lake says so', async () => {
    const { db, lake, sync } = await openWorkshop((await open()).db);
    const films = dump().films(20);
    await sync(films);
    const api = await openCommentApi(db);
    const [kept, deleted] = [
      await comment(api, filmId(1), 'old'),
      await comment(api, filmId(1), 'unspeakable'),
    ];
    const copy = await db.query<{ row: string }>(sql`select row_to_json(j)::text as row from journal as j`);
    const comments = await db.query<{ row: string }>(
      sql`select row_to_json(c)::text as row from comment as c`,
    );
    await api.inject({
      method: 'PATCH',
      url: `/comments/${kept.id}`,
      headers: HEADERS,
      payload: { text: 'new' },
    });
    await api.inject({ method: 'DELETE', url: `/comments/${deleted.id}`, headers: HEADERS });
    await sync(films);
    const after = (await api.inject(`/comments/${kept.id}`)).body;

    // A database of an older day, which lacks the last two entries.
    const older = await openWorkshop((await open()).db, { lake });
    for (const { row } of copy)
      await older.db.query(
        sql`insert into journal select * from json_populate_record(null::journal, ${row}::json)`,
      );
    for (const { row } of comments)
      await older.db.query(
        sql`insert into comment select * from json_populate_record(null::comment, ${row}::json)`,
      );
    await older.db.query(sql`update catalogue_state set journal_seq = 2`);
    await older.sync(films);
    const olderApi = await openCommentApi(older.db);
    expect((await olderApi.inject(`/comments/${kept.id}`)).body).toBe(after);
    expect((await olderApi.inject(`/comments/${deleted.id}`)).statusCode).toBe(404);
    const words = await older.db.query(sql`select from journal where document::text like '%unspeakable%'`);
    expect(words).toEqual([]);
  });

  it.each([
    ['rows', MANY],
    ['swap', 10],
  ])('follow the id of their title, and go back when it is split again, by %s', async (way, films) => {
    const { db, sync, enter } = await openWorkshop((await open()).db);
    await sync(dump().films(films));
    const api = await openCommentApi(db);
    const id = await enter({ title: 'Twin', year: 1950 });
    const early = await comment(api, id, 'On ours');
    const joined = await sync(dump().films(films).title('tt0000042', { title: 'Twin', year: 1950 }));
    const canonical = titleId(ID_SALT, 'imdb:tt0000042');
    const late = await comment(api, canonical, 'On both');
    expect((await texts(api, canonical)).sort()).toEqual(['On both', 'On ours']);
    expect((await api.inject(`/movies/${id}/comments`)).headers.location).toBe(
      `/movies/${canonical}/comments`,
    );
    expect([await titleOf(api, early), await titleOf(api, late)]).toEqual([canonical, canonical]);

    const split = await sync(dump().films(films).title('tt0000042', { title: 'Other', year: 1951 }));
    expect([joined.published?.way, split.published?.way]).toEqual([way, way]);
    expect([await texts(api, id), await texts(api, canonical)]).toEqual([['On ours'], ['On both']]);
    expect([await titleOf(api, early), await titleOf(api, late)]).toEqual([id, canonical]);
  });

  it('on a title that is gone are read by id until an admin deletes them', async () => {
    const { db, sync } = await openWorkshop((await open()).db);
    await sync(dump().films(20));
    const api = await openCommentApi(db);
    const written = await comment(api, filmId(1), 'Fine');
    await sync(dump().films(20).without(filmId(1)));
    const url = `/comments/${written.id}`;
    const read = await api.inject(url);
    expect([read.statusCode, read.json()]).toMatchObject([200, { text: 'Fine', title: null }]);
    expect((await api.inject(`/movies/${filmId(1)}/comments`)).statusCode).toBe(410);
    const more = {
      method: 'POST',
      url: `/movies/${filmId(1)}/comments`,
      payload: { author: 'A', text: 'B' },
    } as const;
    expect((await api.inject(more)).statusCode).toBe(410);
    expect((await api.inject({ method: 'DELETE', url, headers: HEADERS })).statusCode).toBe(204);
    expect((await api.inject(url)).statusCode).toBe(404);

    const other = await comment(api, filmId(2), 'Back again');
    await sync(dump().films(20).without(filmId(2)));
    await sync(dump().films(20));
    expect(await texts(api, other.title?.id ?? '')).toEqual(['Back again']);
  });
});
