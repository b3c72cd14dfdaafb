import sql from 'sql-template-tag';
import { expect, it } from 'vitest';

import { currentRuns } from '../src/lake/manifests.ts';
import { titleId } from '../src/model/title-key.ts';
import type { ImdbId } from '../src/model/title-key.ts';
import { ID_SALT, openTestApi } from './api.ts';
import { describeOnEachDatabase } from './databases.ts';
import { dump } from './dumps.ts';
import { openWorkshop, removeFoldersAfterEach, servedTables } from './workshops.ts';
import type { Workshop } from './workshops.ts';

removeFoldersAfterEach();

/** Enough that one title more is a small change. */
const MANY = 300;

describeOnEachDatabase('an entered film', (open) => {
  it('is in the lake as said by local after a sync, and served as before', async () => {
    const { db, lake, sync, enter } = await openWorkshop((await open()).db);
    const films = dump().films(20);
    await sync(films);
    const id = await enter({
      title: 'Ours',
      year: 2020,
      genres: ['DRAMA', 'Été', 'Newest wave'],
      rating: 7.5,
    });
    const before = await servedTables(db);
    await sync(films);
    expect(before.title.map((title) => title.id)).toContain(id);
    expect(await servedTables(db)).toEqual(before);
    expect((await currentRuns(lake)).get('local')?.claims).toEqual({
      title: 1,
      rating: 1,
      hand_set: 0,
      match: 0,
    });
  });

  it.each([
    ['rows', MANY],
    ['swap', 10],
  ])(
    'with an IMDb id becomes one title, under its id, with what a later dump says of it, by %s',
    async (way, films) => {
      const { db, sync, enter } = await openWorkshop((await open()).db);
      await sync(dump().films(films));
      const id = await enter({ title: 'Ours', imdbId: 'tt0000042' as ImdbId, genres: ['drama', 'Own'] });
      await sync(dump().films(films));
      const { published } = await sync(
        dump()
          .films(films)
          .title('tt0000042', { title: 'Theirs', genres: ['War'], rating: 6.5, votes: 1000 }),
      );
      expect(published?.way).toBe(way);
      const titles = await db.query(sql`
      select id, title, genres, rating, sources from title where imdb_id = 'tt0000042'`);
      expect(titles).toEqual([
        { id, title: 'Ours', genres: ['Drama', 'Own'], rating: 6.5, sources: ['local', 'imdb'] },
      ]);
      expect(await genresOf(db, id)).toEqual(['Drama', 'Own']);
    },
  );

  it.each([
    ['rows', MANY],
    ['swap', 10],
  ])('of the name, year and kind of one film is that film after a sync, by %s', async (way, films) => {
    const { db, sync, enter } = await openWorkshop((await open()).db);
    const named = dump()
      .films(films)
      .title('tt0000042', { title: 'Twin', year: 1950, genres: ['War'] });
    await sync(named);
    const id = await enter({ title: 'TWIN!', year: 1950, genres: ['Own'] });
    const { published } = await sync(named);
    expect(published?.way).toBe(way);
    const canonical = titleId(ID_SALT, 'imdb:tt0000042');
    expect(
      await db.query(sql`select id, title from title where year = 1950 and title_sort = 'twin'`),
    ).toEqual([{ id: canonical, title: 'TWIN!' }]);
    const api = await openTestApi(db);
    const answer = await api.inject(`/movies/${id}`);
    await api.close();
    expect([answer.statusCode, answer.headers.location]).toEqual([308, `/movies/${canonical}`]);
    expect(await genresOf(db, canonical)).toEqual(['Own']);
    expect(await genresOf(db, id)).toEqual([]);
  });

  it('comes back with the same id when an empty database is filled from the lake', async () => {
    const { db, lake, sync, enter } = await openWorkshop((await open()).db);
    const films = dump().films(20);
    await sync(films);
    await enter({ title: 'One', genres: ['Own'] });
    await enter({ title: 'Two', imdbId: 'tt0000042' as ImdbId });
    await sync(films);
    const rebuilt = await openWorkshop((await open()).db, { lake });
    await rebuilt.sync(films);
    expect(await servedTables(rebuilt.db)).toEqual(await servedTables(db));
  });

  it('is not lost when others are entered after a rebuild', async () => {
    const { lake, sync, enter } = await openWorkshop((await open()).db);
    const films = dump().films(20);
    await sync(films);
    const before = [await enter({ title: 'One' }), await enter({ title: 'Two' })];
    await sync(films);
    const rebuilt = await openWorkshop((await open()).db, { lake });
    const early = await rebuilt.enter({ title: 'Before the first sync of the new database' });
    await rebuilt.sync(films);
    const late = await rebuilt.enter({ title: 'After it' });
    await rebuilt.sync(films);
    const ids = [...before, early, late];
    expect(await servedIds(rebuilt.db, ids)).toEqual(ids.sort());
    expect(
      await rebuilt.db.query(sql`select seq, document ->> 'title' as title from journal order by seq`),
    ).toEqual([
      { seq: 1, title: 'One' },
      { seq: 2, title: 'Two' },
      { seq: 3, title: 'Before the first sync of the new database' },
      { seq: 4, title: 'After it' },
    ]);
  });
});

async function genresOf(db: Workshop['db'], id: string): Promise<string[]> {
  const rows = await db.query<{ name: string }>(sql`
    select g.name
    from title_genre as t
    join genre as g on g.id = t.genre_id
    where t.title_id = ${id}
    order by g.name`);
  return rows.map(({ name }) => name);
}

async function servedIds(db: Workshop['db'], ids: readonly string[]): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`
    select id from title where id = any(${ids}::uuid[]) order by id`);
  return rows.map(({ id }) => id);
}
