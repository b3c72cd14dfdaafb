import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import sql from 'sql-template-tag';
import { describe, expect, it } from 'vitest';

import { compareVersions } from '../src/catalogue/versions/compare-versions.ts';
import { listCommittedFiles } from '../src/lake/committed-files.ts';
import { claimFile, rawFolder } from '../src/lake/layout.ts';
import { currentRuns, findVersion, listVersions } from '../src/lake/manifests.ts';
import { titleId } from '../src/model/title-key.ts';
import type { ImdbId } from '../src/model/title-key.ts';
import { rollBack } from '../src/sync/rollback.ts';
import { publishNews } from '../src/sync/sync.ts';
import { ID_SALT, openTestApi } from './api.ts';
import { readFeed } from './change-feed.ts';
import { describeOnEachDatabase, describeOnPglite } from './databases.ts';
import { dump, filmId } from './dumps.ts';
import { openWorkshop, removeFoldersAfterEach, servedTables } from './workshops.ts';
import type { Workshop } from './workshops.ts';

removeFoldersAfterEach();

const FILMS = dump().films(300);

/** The first with two films other, one less and one more. */
const LATER = FILMS.title(filmId(1), { rating: 9.9, votes: 12 })
  .title(filmId(2), { title: 'A wholly other name', genres: ['Western'] })
  .without(filmId(5))
  .title('tt0000001', { title: 'New' });

const ROLLBACK = { allowShrink: false, waitMs: 0 };

/** What a scheduled sync asks. */
const SCHEDULED = { onlyIfBehind: true };

async function versionsOf({ lake, db }: Workshop) {
  const [served] = await db.query<{ version: number }>(sql`select version from catalogue_state`);
  return { served: served?.version, inLake: (await listVersions(lake)).map(({ version }) => version) };
}

describeOnEachDatabase('an older version', (open) => {
  async function openTwo() {
    const workshop = await openWorkshop((await open()).db);
    await workshop.sync(FILMS);
    const first = await servedTables(workshop.db);
    await workshop.sync(LATER);
    return { workshop, first, second: await servedTables(workshop.db) };
  }

  it('is served again as a new version of its content', async () => {
    const { workshop, first } = await openTwo();
    const published = await rollBack(workshop.world, { version: 1, ...ROLLBACK });
    expect(published).toMatchObject({
      version: 3,
      way: 'rows',
      difference: { created: 1, updated: 2, deleted: 1 },
    });
    expect(await servedTables(workshop.db)).toEqual(first);
    expect(await versionsOf(workshop)).toEqual({ served: 3, inLake: [1, 2, 3] });
  });

  it('is told in the feed and in the history as any publish is', async () => {
    const { workshop } = await openTwo();
    const api = await openTestApi(workshop.db);
    const { seq = 0 } = (await readFeed(api, 0)).at(-1) ?? {};
    await rollBack(workshop.world, { version: 1, ...ROLLBACK });
    const told = await readFeed(api, seq);
    expect(told.every(({ version, by }) => version === 3 && by === 'sync')).toBe(true);
    expect(told.map(({ kind, titleKey }) => [kind, titleKey]).sort()).toEqual([
      ['created', `imdb:${filmId(5)}`],
      ['deleted', 'imdb:tt0000001'],
      ['updated', `imdb:${filmId(1)}`],
      ['updated', `imdb:${filmId(2)}`],
    ]);
    const history = (await api.inject(`/movies/${filmId(2)}/history`)).json<{
      data: { version: number }[];
    }>();
    expect(history.data.map(({ version }) => version)).toEqual([3, 2]);
    await api.close();
  });

  it('stays while scheduled syncs find nothing new, and gives way when a source says something new', async () => {
    const { workshop, first, second } = await openTwo();
    await rollBack(workshop.world, { version: 1, ...ROLLBACK });
    await workshop.enter({ title: 'Entered since' });
    expect((await workshop.sync(LATER, SCHEDULED)).published).toBe(null);
    expect(await publishNews(workshop.world, 0)).toBe(null);
    expect((await servedTables(workshop.db)).title.length).toBe(first.title.length + 1);
    const { published } = await workshop.sync(LATER.title(filmId(3), { rating: 1, votes: 1 }), SCHEDULED);
    expect(published?.version).toBe(4);
    await workshop.sync(LATER);
    const ids = (titles: object[]) => titles.map((title) => (title as { id: string }).id);
    expect(ids((await servedTables(workshop.db)).title)).toEqual(expect.arrayContaining(ids(second.title)));
  });

  it('gives way to the next sync that someone asks for, though no source says anything new', async () => {
    const { workshop, second } = await openTwo();
    await rollBack(workshop.world, { version: 1, ...ROLLBACK });
    const { published } = await workshop.sync(LATER);
    expect(published).toMatchObject({ version: 4, difference: { created: 1, updated: 2, deleted: 1 } });
    expect(await servedTables(workshop.db)).toEqual(second);
  });

  it('is served with what people wrote since', async () => {
    const { workshop } = await openTwo();
    const before = await workshop.enter({ title: 'Merged', imdbId: 'tt0000008' as ImdbId });
    await workshop.sync(LATER.title(filmId(4), { rating: 2, votes: 2 }));
    const after = await workshop.enter({ title: 'Not merged' });
    await rollBack(workshop.world, { version: 1, ...ROLLBACK });
    const titles = await workshop.db.query<{ id: string }>(
      sql`select id from title where id in (${before}, ${after}) order by id`,
    );
    expect(titles.map(({ id }) => id)).toEqual([before, after].sort());
    expect(before).toBe(titleId(ID_SALT, 'imdb:tt0000008'));
  });

  it('that lacks too many titles is refused unless that is wanted', async () => {
    const workshop = await openWorkshop((await open()).db);
    await workshop.sync(dump().films(10));
    await workshop.sync(dump().films(100));
    await expect(rollBack(workshop.world, { version: 1, ...ROLLBACK })).rejects.toMatchObject({
      code: 'shrink_refused',
    });
    const published = await rollBack(workshop.world, { version: 1, ...ROLLBACK, allowShrink: true });
    expect(published?.difference).toMatchObject({ deleted: 90 });
  });

  it('that is served, or that the lake has no more, changes nothing', async () => {
    const { workshop } = await openTwo();
    const before = await versionsOf(workshop);
    expect(await rollBack(workshop.world, { version: 2, ...ROLLBACK })).toBe(null);
    await expect(rollBack(workshop.world, { version: 7, ...ROLLBACK })).rejects.toMatchObject({
      code: 'version_not_found',
      message: 'The lake has no version 7; it has: 1, 2.',
    });
    expect(await versionsOf(workshop)).toEqual(before);
  });

  it('keeps its claims, and those set aside for it, from retention', async () => {
    const retention = { rawRuns: 1, claimRuns: 1, versions: 1, unchangedDays: 1 };
    const workshop = await openWorkshop((await open()).db, { retention: { ...retention, versions: 2 } });
    await workshop.sync(FILMS);
    await workshop.sync(LATER);
    const world = { ...workshop.world, retention };
    await rollBack(world, { version: 1, ...ROLLBACK });
    const rolledBack = await findVersion(workshop.lake, 3);
    const runs = [rolledBack?.inputs.imdb ?? '', (await currentRuns(workshop.lake)).get('imdb')?.run ?? ''];
    expect(new Set(runs).size).toBe(2);
    for (const run of runs)
      expect(existsSync(claimFile(workshop.lake, 'title', { source: 'imdb', run }))).toBe(true);
    // Claims that are served outlive their raw, and whose word is served is told by them.
    const [servedRun = ''] = runs;
    expect(existsSync(rawFolder(workshop.lake, 'imdb', servedRun))).toBe(false);
    const api = await openTestApi(workshop.db);
    const { data } = (await api.inject(`/movies/${filmId(1)}/provenance`)).json<{ data: object }>();
    expect(data).toMatchObject({ title: { source: 'imdb', sourceKey: filmId(1), run: servedRun } });
    await api.close();
    expect((await versionsOf(workshop)).inLake).toEqual([3]);
  });
});

describeOnPglite('two versions compared', (open) => {
  it('differ in titles, and of each in its fields', async () => {
    const workshop = await openWorkshop((await open()).db);
    await workshop.sync(FILMS);
    await workshop.sync(LATER);
    const engine = await workshop.world.openEngine('diff', new AbortController().signal);
    try {
      const compared = await compareVersions(engine, workshop.lake, { a: 1, b: 2, limit: 100 });
      expect(compared).toMatchObject({ created: 1, updated: 2, deleted: 1, before: 300 });
      expect(compared.titles.map(({ change, key }) => [change, key])).toEqual([
        ['created', 'imdb:tt0000001'],
        ['deleted', `imdb:${filmId(5)}`],
        ['updated', `imdb:${filmId(1)}`],
        ['updated', `imdb:${filmId(2)}`],
      ]);
      const [created, , rated, renamed] = compared.titles;
      expect(created).toMatchObject({ title: 'New', fields: [] });
      expect(rated?.fields).toContainEqual(expect.objectContaining({ field: 'votes', is: 12 }));
      expect(renamed?.fields.map(({ field }) => field)).toEqual(['genres', 'title', 'titleName']);
      expect(renamed?.fields[0]).toMatchObject({ is: ['Western'] });
      const first = await compareVersions(engine, workshop.lake, { a: 1, b: 2, limit: 1 });
      expect(first).toEqual({ ...compared, titles: compared.titles.slice(0, 1) });
      const none = await compareVersions(engine, workshop.lake, { a: 2, b: 2, limit: 100 });
      expect(none).toMatchObject({ created: 0, updated: 0, deleted: 0, titles: [] });
      await expect(compareVersions(engine, workshop.lake, { a: 1, b: 9, limit: 1 })).rejects.toMatchObject({
        code: 'version_not_found',
      });
    } finally {
      await engine.close();
    }
  });
});

describe('the committed files of a table', () => {
  describeOnPglite('', (open) => {
    it('are those of runs and versions that ended', async () => {
      const workshop = await openWorkshop((await open()).db);
      await workshop.sync(FILMS);
      await workshop.sync(LATER);
      const { lake } = workshop;
      const claims = await listCommittedFiles(lake, 'title');
      writeFileSync(join(claims[0]?.file ?? '', '..', '20200101T000000Z-0000.parquet'), 'torn');
      expect(await listCommittedFiles(lake, 'title')).toEqual(claims);
      expect(claims.map(({ source, version }) => [source, version])).toEqual([
        ['imdb', null],
        ['imdb', null],
      ]);
      const titles = await listCommittedFiles(lake, 'catalogue/title');
      expect(titles.map(({ version }) => version)).toEqual([1, 2]);
      for (const { file } of [...claims, ...titles]) expect(existsSync(file)).toBe(true);
      expect(await listCommittedFiles(lake, 'offer')).toEqual([]);
      for (const table of ['titles', 'catalogue/titles', 'catalogue/../runs', '__proto__'])
        await expect(listCommittedFiles(lake, table)).rejects.toMatchObject({ code: 'usage_invalid' });
    });
  });
});
