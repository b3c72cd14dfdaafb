import sql from 'sql-template-tag';
import { expect, test } from 'vitest';

import { anyKey, openTestApi } from '../../../test/api.ts';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { servedFilm, serveFilms } from '../../../test/served-films.ts';

const FILM = '0f2c7b1e-0000-8000-a000-000000000000';
const OTHER = '0f2c7b1e-0000-8000-a000-000000000001';
const KEY = '00000000-0000-4000-8000-000000000000';

interface Journal {
  readonly data: readonly { readonly seq: number; readonly action: string }[];
  readonly page: { readonly next: string | null };
}

describeOnEachDatabase('the journal', (open) => {
  test('tells admins who wrote what, about which title and with which key', async () => {
    const { db } = await open();
    const films = [FILM, OTHER].map((id, at) => servedFilm({ id, key: `imdb:tt000004${at}` }));
    await serveFilms(db, films);
    await db.query(sql`insert into api_key (id, name, role, hash) values (${KEY}, 'editor', 'write', 'x')`);
    const api = await openTestApi(db, { ...anyKey('admin'), openComments: true });
    const headers = { authorization: 'Bearer k' };
    const comment = (id: string, text: string, more: object) =>
      api.inject({ method: 'POST', url: `/movies/${id}/comments`, payload: { author: 'A', text }, ...more });
    await comment(FILM, 'by key', { headers });
    const { location } = (await comment(FILM, 'by nobody', {})).headers;
    await comment(OTHER, 'elsewhere', { headers });
    await api.inject({ method: 'DELETE', url: String(location), headers });

    const journal = async (query: string) =>
      (await api.inject({ url: `/journal?${query}`, headers })).json<Journal>();
    expect((await journal('')).data).toMatchObject([
      { seq: 4, action: 'delete_comment', by: { id: KEY, name: 'editor' }, document: {} },
      { seq: 3, action: 'write_comment', titleKey: 'imdb:tt0000041', document: { text: 'elsewhere' } },
      { seq: 2, action: 'write_comment', by: null, at: '2026-11-21T12:00:00.000Z', document: {} },
      { seq: 1, action: 'write_comment', by: { id: KEY }, document: { author: 'A', text: 'by key' } },
    ]);
    const seqs = async (query: string) => (await journal(query)).data.map(({ seq }) => seq);
    expect(await seqs(`title=${FILM}`)).toEqual([4, 2, 1]);
    expect(await seqs(`key=${KEY}`)).toEqual([4, 3, 1]);
    expect(await seqs(`title=${FILM}&action=write_comment`)).toEqual([2, 1]);
    expect(await seqs(`key=${OTHER}`)).toEqual([]);
    const first = await journal('limit=3');
    expect((await api.inject({ url: first.page.next ?? '', headers })).json<Journal>().data).toMatchObject([
      { seq: 1 },
    ]);
    const wrong = await api.inject({ url: '/journal?key=x&title=y&action=z', headers });
    expect(wrong.json<{ errors: { field: string }[] }>().errors.map(({ field }) => field)).toEqual([
      'key',
      'title',
      'action',
    ]);
  });

  test('is closed to others, also after an admin has read it', async () => {
    const { db } = await open();
    const admin = await openTestApi(db, anyKey('admin'));
    const headers = { authorization: 'Bearer k' };
    const answer = await admin.inject({ url: '/journal', headers });
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'no-store']);
    expect((await admin.inject('/journal')).statusCode).toBe(401);
    const writer = await openTestApi(db, anyKey('write'));
    expect((await writer.inject({ url: '/journal', headers })).statusCode).toBe(403);
  });
});
