import sql from 'sql-template-tag';
import { expect, it } from 'vitest';

import { replayJournal } from '../src/catalogue/entry/journal.ts';
import type { Database } from '../src/db/database.ts';
import { listVersions } from '../src/lake/manifests.ts';
import type { FilmValues } from '../src/model/film-values.ts';
import { titleId } from '../src/model/title-key.ts';
import type { ImdbId } from '../src/model/title-key.ts';
import { ID_SALT } from './api.ts';
import type { StatedClaim } from './claims.ts';
import { describeOnEachDatabase } from './databases.ts';
import { openStatedWorkshop } from './stated-source.ts';
import type { Word } from './stated-source.ts';
import { removeFoldersAfterEach, servedTables } from './workshops.ts';

removeFoldersAfterEach();

/** Enough that one title more or less is a small change. */
const MANY = 100;

const WAYS: readonly [way: string, others: number][] = [
  ['rows', MANY],
  ['swap', 5],
];

const FILM = { title_key: 'tt0000042', imdb_id: 'tt0000042', kind: 'movie', title: 'The Robot', year: 1999 };
const ID = titleId(ID_SALT, 'imdb:tt0000042');

/** A film of ghibli's, and the same as imdb knows it. */
const CHOIR = { title_key: 'g1', kind: 'movie', title: 'The Choir', year: 1998 };
const CHOIR_AT_IMDB = { ...CHOIR, title_key: 'tt0000043', imdb_id: 'tt0000043', runtime_minutes: 81 };
const CHOIR_ID = titleId(ID_SALT, 'ghibli:g1');
const CHOIR_ID_AT_IMDB = titleId(ID_SALT, 'imdb:tt0000043');

/** Films, of which so many are of no matter. */
function word(others: number, ...films: StatedClaim[]): Word {
  const more = Array.from({ length: others }, (_, at) => ({
    title_key: `tt${1_000_000 + at}`,
    imdb_id: `tt${1_000_000 + at}`,
    kind: 'movie',
    title: `Film ${at}`,
  }));
  return { title: [...films, ...more] };
}

const rated = (rating: number) => ({
  rating: [{ title_key: 'tt0000042', system: 'imdb', rating, votes: 1000 }],
});

async function served(db: Database, id: string) {
  const [title] = await db.query(sql`
    select key, title, year, runtime_minutes, rating, rating_system, votes, sources from title where id = ${id}`);
  const overruled = await db.query<{ field: string; value: unknown }>(
    sql`select field, value from overruled where title_id = ${id} order by field`,
  );
  return { ...title, overruled: Object.fromEntries(overruled.map(({ field, value }) => [field, value])) };
}

describeOnEachDatabase('a value set by hand', (open) => {
  it.each(WAYS)(
    'survives what its source says later, which is there once it is withdrawn, by %s',
    async (way, others) => {
      const words = { imdb: { ...word(others, FILM), ...rated(8) } };
      const { db, sync, set } = await opened(words);
      await sync();
      await set(ID, { year: 2001, rating: 5.5 });
      words.imdb = { ...word(others, { ...FILM, year: 1990 }), ...rated(7.5) };
      expect((await sync()).published?.way).toBe(way);
      expect(await served(db, ID)).toMatchObject({
        year: 2001,
        rating: 5.5,
        rating_system: 'local',
        votes: null,
        sources: ['imdb'],
        overruled: { year: 1990, rating: null },
      });
      await set(ID, { year: null, rating: null });
      const withdrawn = { year: 1990, rating: 7.5, rating_system: 'imdb', votes: 1000, overruled: {} };
      expect(await served(db, ID)).toMatchObject(withdrawn);
      await sync();
      expect(await served(db, ID)).toMatchObject(withdrawn);
    },
  );

  it.each(WAYS)('that is set while a catalogue without it is published stays, by %s', async (way, others) => {
    const words = { imdb: word(others, FILM) };
    const writes: Promise<unknown>[] = [];
    let year = 2000;
    let isWriting = false;
    const clock = () => {
      if (isWriting)
        writes.push(set(ID, { year: (year += 1), title: year % 3 === 0 ? null : `Ours ${year}` }));
      return performance.now();
    };
    const { db, lake, sync, set } = await opened(words, { world: { clock } });
    await sync();
    words.imdb = word(others, { ...FILM, title: 'The Robot II' });
    isWriting = true;
    const { published } = await sync();
    isWriting = false;
    await Promise.all(writes);
    expect(published?.way).toBe(way);
    expect((await listVersions(lake)).at(-1)?.journalSeq).toBeLessThan(writes.length);
    const before = await servedTables(db);
    expect(before.title.find(({ id }) => id === ID)).toMatchObject(await lastWritten(db));
    await sync();
    expect(await servedTables(db)).toEqual(before);
  });

  it.each(WAYS)(
    'follows a film that another source brings, and returns when they part, by %s',
    async (way, others) => {
      const words = { imdb: word(others), ghibli: word(0, CHOIR) };
      const { db, sync, set } = await opened(words);
      await sync();
      await set(CHOIR_ID, { runtimeMinutes: 90, title: 'Our Choir' });
      words.imdb = word(others, CHOIR_AT_IMDB);
      expect((await sync()).published?.way).toBe(way);
      expect(await served(db, CHOIR_ID_AT_IMDB)).toMatchObject({
        key: 'imdb:tt0000043',
        title: 'Our Choir',
        runtime_minutes: 90,
        sources: ['imdb', 'ghibli'],
        overruled: { runtimeMinutes: 81, title: 'The Choir' },
      });
      await set(CHOIR_ID_AT_IMDB, { runtimeMinutes: null, year: 2010 });
      const withdrawn = {
        title: 'Our Choir',
        runtime_minutes: 81,
        year: 2010,
        overruled: { title: 'The Choir', year: 1998 },
      };
      expect(await served(db, CHOIR_ID_AT_IMDB)).toMatchObject(withdrawn);
      await sync();
      expect(await served(db, CHOIR_ID_AT_IMDB)).toMatchObject(withdrawn);
      words.imdb = word(others, { ...CHOIR_AT_IMDB, title: 'Another Choir' });
      await sync();
      expect(await served(db, CHOIR_ID)).toMatchObject({
        title: 'Our Choir',
        runtime_minutes: 90,
        year: 1998,
      });
      expect(await served(db, CHOIR_ID_AT_IMDB)).toMatchObject({
        title: 'Another Choir',
        runtime_minutes: 81,
        year: 2010,
      });
    },
  );

  it.each(WAYS)(
    'of a film that was entered stays when a source brings its IMDb id, by %s',
    async (way, others) => {
      const words = { imdb: word(others) };
      const { db, sync, set, enter } = await opened(words);
      await sync();
      expect(await enter({ title: 'Ours', year: 1980, rating: 4, imdbId: 'tt0000042' as ImdbId })).toBe(ID);
      await set(ID, { year: 1985, rating: 6 });
      const alone = { title: 'Ours', year: 1985, rating: 6, overruled: { year: 1980, rating: 4 } };
      expect(await served(db, ID)).toMatchObject({ ...alone, sources: ['local'] });
      words.imdb = { ...word(others, FILM), ...rated(8) };
      expect((await sync()).published?.way).toBe(way);
      expect(await served(db, ID)).toMatchObject({ ...alone, sources: ['local', 'imdb'] });
      await set(ID, { year: null, rating: null });
      expect(await served(db, ID)).toMatchObject({
        year: 1980,
        rating: 8,
        rating_system: 'imdb',
        overruled: {},
      });
      const before = await servedTables(db);
      await sync();
      expect(await servedTables(db)).toEqual(before);
    },
  );

  it('of an entered film that turns out to be another leaves nothing at the old id', async () => {
    const words = { imdb: word(MANY, FILM) };
    const { db, sync, set, enter } = await opened(words);
    await sync();
    const id = await enter({ title: 'the robot', year: 1999 });
    await set(id, { year: 1985 });
    expect((await sync()).published?.way).toBe('rows');
    expect(await served(db, ID)).toMatchObject({ title: 'the robot', year: 1985, overruled: { year: 1999 } });
    expect(await served(db, id)).toEqual({ overruled: {} });
  });

  it('of a film that every source drops is an orphan, and comes back with the film', async () => {
    const words = { imdb: word(MANY, FILM) };
    const { db, lake, sync, set } = await opened(words);
    await sync();
    await set(ID, { year: 1985, title: 'Ours' });
    words.imdb = word(MANY);
    await sync();
    expect(await served(db, ID)).toEqual({ overruled: {} });
    expect((await listVersions(lake)).at(-1)?.orphans).toEqual({ local: { hand_set: 2 } });
    words.imdb = word(MANY, FILM);
    await sync();
    expect(await served(db, ID)).toMatchObject({ title: 'Ours', year: 1985 });
    expect((await listVersions(lake)).at(-1)?.orphans).toEqual({});
  });

  it('of what is no film any more waits until it is one again', async () => {
    const words = { imdb: word(5, FILM) };
    const { db, sync, set } = await opened(words);
    await sync();
    await set(ID, { year: 1985, kind: 'tvMovie' });
    words.imdb = word(5, { ...FILM, kind: 'tvMiniSeries' });
    await sync();
    expect(await served(db, ID)).toMatchObject({ year: 1999, overruled: {} });
    expect(await db.query(sql`select kind, is_film from title where id = ${ID}`)).toEqual([
      { kind: 'tvMiniSeries', is_film: false },
    ]);
    await db.transaction((tx) => replayJournal(tx, ID_SALT, 0));
    expect(await served(db, ID)).toMatchObject({ year: 1999, overruled: {} });
    words.imdb = word(5, FILM);
    await sync();
    expect(await served(db, ID)).toMatchObject({ year: 1985, overruled: { year: 1999, kind: 'movie' } });
  });

  it('is not withdrawn by a withdrawal of nothing from another film that it becomes one with', async () => {
    const words: Record<string, Word> = { imdb: word(5), ghibli: { title: [CHOIR] } };
    const { db, sync, set } = await opened(words);
    await sync();
    await set(CHOIR_ID, { runtimeMinutes: 99 });
    words.imdb = word(5, { ...CHOIR_AT_IMDB, title: 'Another name' });
    await sync();
    await set(CHOIR_ID_AT_IMDB, { runtimeMinutes: null });
    words.imdb = word(5, CHOIR_AT_IMDB);
    await sync();
    expect(await served(db, CHOIR_ID_AT_IMDB)).toMatchObject({
      runtime_minutes: 99,
      overruled: { runtimeMinutes: 81 },
    });
  });

  it('is served as it is, however often the journal is read to a catalogue that has it', async () => {
    const words = { imdb: { ...word(5, FILM), ...rated(8) } };
    const { db, sync, set, enter } = await opened(words);
    await sync();
    await set(ID, { year: 1985, rating: 5, genres: ['Own'] });
    await set(ID, { rating: 6, title: 'Ours', genres: ['War'] });
    const id = await enter({ title: 'Entered', rating: 3 });
    await set(id, { rating: 4, genres: ['War'] });
    await set(ID, { year: null, genres: null });
    const before = await servedTables(db);
    for (const since of [0, 0, 2]) {
      await db.transaction((tx) => replayJournal(tx, ID_SALT, since));
      expect(await servedTables(db)).toEqual(before);
    }
  });

  it('is a claim of local, which an empty database is filled with from the lake', async () => {
    const words = { imdb: word(5, FILM) };
    const { db, lake, sync, set } = await opened(words);
    await sync();
    await set(ID, { year: 1985, title: 'Ours' });
    await set(ID, { title: null, genres: ['Own'] });
    await sync();
    const rebuilt = await opened(words, { lake });
    await rebuilt.sync();
    expect(await servedTables(rebuilt.db)).toEqual(await servedTables(db));
    expect(await rebuilt.db.query(sql`select document from journal order by seq`)).toEqual([
      { document: { year: 1985, title: 'Ours' } },
      { document: { title: null, genres: ['Own'] } },
    ]);
    await rebuilt.set(ID, { year: null });
    expect(await served(rebuilt.db, ID)).toMatchObject({ year: 1999, overruled: { genres: null } });
  });

  async function opened(words: Record<string, Word>, options: Parameters<typeof openStatedWorkshop>[2] = {}) {
    const { db, lake, set, enter, syncSource } = await openStatedWorkshop((await open()).db, words, options);
    return { db, lake, set, enter, sync: () => syncSource('', { sources: Object.keys(words) }) };
  }
});

/** What the last entry of the journal says of a film that the source calls The Robot II. */
async function lastWritten(db: Database): Promise<object> {
  const [last] = await db.query<{ document: FilmValues }>(
    sql`select document from journal order by seq desc limit 1`,
  );
  return { year: last?.document.year, title: last?.document.title ?? 'The Robot II' };
}
