import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

import sql from 'sql-template-tag';
import { expect, it } from 'vitest';

import {
  claimFile,
  compactedFile,
  dayOf,
  manifestFolder,
  partStagingFolder,
  rawFolder,
} from '../src/lake/layout.ts';
import { currentRuns, listVersions } from '../src/lake/manifests.ts';
import { compactDays } from '../src/lake/stream-days.ts';
import type { Source } from '../src/model/source.ts';
import { reprocess } from '../src/sync/reprocess.ts';
import type { ReprocessOutcome } from '../src/sync/reprocess.ts';
import { sync } from '../src/sync/sync.ts';
import type { SyncWorld } from '../src/sync/sync-world.ts';
import { describeOnEachDatabase, describeOnPglite } from './databases.ts';
import { dump, filmId } from './dumps.ts';
import { claimWord, toySource } from './toy-source.ts';
import { openWorkshop, removeFoldersAfterEach, servedTables } from './workshops.ts';
import type { Workshop } from './workshops.ts';

removeFoldersAfterEach();

const FILMS = dump().films(40);

const REQUEST = { sources: [], allowShrink: false, waitMs: 0 };

const READ = { from: null, limit: null, allowShrink: false, dryRun: false, waitMs: 0 };

const quiet = () => undefined;

async function reprocessed(world: SyncWorld, sources: readonly string[] = []) {
  const outcomes: ReprocessOutcome[] = [];
  const published = await reprocess(world, { ...REQUEST, sources }, (outcome) => outcomes.push(outcome));
  return { published, outcomes };
}

describeOnEachDatabase('what is made anew of raw', (open) => {
  it('is what is served, ids and what people wrote included, under the names of the same runs', async () => {
    const { db, lake, world, sync, enter, set } = await openWorkshop((await open()).db);
    await sync(FILMS);
    const id = await enter({ title: 'Ours', genres: ['Drama', 'Own'], rating: 7.5 });
    await set(id, { year: 1999 });
    await sync(FILMS);
    const before = { tables: await servedTables(db), runs: await namesOf(lake) };
    const { published, outcomes } = await reprocessed(world);
    expect(outcomes.map(({ source, state }) => [source, state])).toEqual([
      ['imdb', 'claimed'],
      ['local', 'claimed'],
    ]);
    expect(published).toMatchObject({ way: 'swap', difference: { created: 0, updated: 0, deleted: 0 } });
    expect({ tables: await servedTables(db), runs: await namesOf(lake) }).toEqual(before);
    const [latest] = (await listVersions(lake)).slice(-1);
    expect(latest).toMatchObject({ inputs: before.runs, generations: { imdb: 1 } });
    expect((await sync(FILMS)).published).toBe(null);
  });

  it('brings back what the database has lost of it', async () => {
    const { db, world, sync } = await openWorkshop((await open()).db);
    await sync(FILMS);
    const before = await servedTables(db);
    await db.query(sql`delete from title_genre`);
    await db.query(sql`update title set title = 'Torn' where imdb_id = ${filmId(3)}`);
    await reprocessed(world, ['imdb']);
    expect(await servedTables(db)).toEqual(before);
  });
});

describeOnPglite('claims that are made anew', (open) => {
  it('are what the code of now makes of raw, and the old ones are gone', async () => {
    const workshop = await openToy(
      open,
      toySource(() => ({ titles: { a: 'A film' } })),
    );
    await sync(workshop.world, { ...READ, sources: ['toy'] }, quiet);
    const toy = toySource(() => ({ titles: {} }), {
      claimsVersion: 2,
      claim: claimWord(() => ({ titles: { a: 'Better', b: 'Another' } })),
    });
    const { outcomes, published } = await reprocessed(withToy(workshop, toy), ['toy']);
    expect(outcomes).toMatchObject([{ state: 'claimed', manifest: { generation: 1, claims: { title: 2 } } }]);
    expect(published).toMatchObject({ difference: { created: 1, updated: 1, deleted: 0 } });
    const run = outcomes[0]?.run ?? '';
    const file = (generation: number) =>
      claimFile(workshop.lake, 'title', { source: 'toy', run, generation });
    expect([existsSync(file(0)), existsSync(file(1))]).toEqual([false, true]);
    expect(readdirSync(manifestFolder(workshop.lake))).toEqual([`${run}.1.json`]);
    await reprocessed(withToy(workshop, toy), ['toy']);
    expect(readdirSync(dirname(file(2)))).toEqual([`${run}.2.parquet`]);
  });

  it('stay as they were where that fails, and what it left goes with the next run', async () => {
    const workshop = await openToy(
      open,
      toySource(() => ({ titles: { a: 'A film' } })),
    );
    await sync(workshop.world, { ...READ, sources: ['toy'] }, quiet);
    const before = await servedTables(workshop.db);
    const broken = toySource(() => ({ titles: {} }), { claim: () => Promise.reject(new Error('It broke.')) });
    await expect(reprocessed(withToy(workshop, broken), ['toy'])).rejects.toThrow('It broke.');
    const run = (await currentRuns(workshop.lake)).get('toy');
    expect(run).toMatchObject({ generation: 0 });
    const files = { source: 'toy', run: run?.run ?? '' };
    const uncommitted = claimFile(workshop.lake, 'title', { ...files, generation: 1 });
    writeFileSync(uncommitted, 'torn');
    await sync(workshop.world, { ...READ, sources: ['toy'] }, quiet);
    expect(existsSync(uncommitted)).toBe(false);
    expect(await servedTables(workshop.db)).toEqual(before);
  });

  it('are kept where raw is gone', async () => {
    const { db, lake, world, sync } = await openWorkshop((await open()).db);
    await sync(FILMS);
    const before = await servedTables(db);
    const [run = ''] = Object.values(await namesOf(lake));
    rmSync(rawFolder(lake, 'imdb', run), { recursive: true });
    const { outcomes } = await reprocessed(world);
    expect(outcomes).toEqual([
      { state: 'kept', source: 'imdb', run, missing: ['title.basics.tsv.gz', 'title.ratings.tsv.gz'] },
    ]);
    expect(await servedTables(db)).toEqual(before);
  });

  it('take no more titles than the run did', async () => {
    const { lake, world, sync } = await openWorkshop((await open()).db);
    await sync(FILMS, { limit: 7 });
    await reprocessed(world);
    expect((await currentRuns(lake)).get('imdb')?.claims.title).toBe(7);
  });

  it('leave observations of a day that lies together as they are', async () => {
    const toy = toySource(() => ({ titles: { a: 'A film' }, prices: { a: '1' } }));
    const workshop = await openToy(open, toy, { now: () => new Date('2026-11-21T23:00:00Z') });
    await sync(workshop.world, { ...READ, sources: ['toy'] }, quiet);
    await sync(workshop.world, { ...READ, sources: ['toy'] }, quiet);
    const run = (await currentRuns(workshop.lake)).get('toy')?.run ?? '';
    const engine = await workshop.world.openEngine('toy', new AbortController().signal);
    mkdirSync(partStagingFolder(workshop.lake, 'toy'), { recursive: true });
    await compactDays(workshop.lake, engine, 'toy', '2026-11-22').finally(() => engine.close());
    const day = compactedFile(workshop.lake, 'poll', 'toy', dayOf(run));
    expect(readdirSync(dirname(day))).toEqual(['day.parquet']);
    await reprocessed(workshop.world, ['toy']);
    expect(readdirSync(dirname(day))).toEqual(['day.parquet']);
    expect((await currentRuns(workshop.lake)).get('toy')).toMatchObject({
      run,
      generation: 1,
      claims: { poll: 1 },
    });
  });

  it('are of sources that were read, and of no other', async () => {
    const { world } = await openWorkshop((await open()).db);
    expect(await reprocessed(world)).toEqual({ published: null, outcomes: [] });
    await expect(reprocessed(world, ['imdb'])).rejects.toMatchObject({ code: 'run_not_found' });
    await expect(reprocessed(world, ['nobody'])).rejects.toMatchObject({ code: 'source_not_found' });
  });
});

async function namesOf(lake: Workshop['lake']): Promise<Record<string, string>> {
  return Object.fromEntries([...(await currentRuns(lake))].map(([source, { run }]) => [source, run]));
}

async function openToy(
  open: () => Promise<{ db: Workshop['db'] }>,
  toy: Source,
  over: Partial<SyncWorld> = {},
): Promise<Workshop> {
  const workshop = await openWorkshop((await open()).db, { world: over });
  await workshop.db.query(sql`insert into source (name, state) values ('toy', 'never')`);
  return { ...workshop, world: withToy(workshop, toy) };
}

function withToy({ world }: Workshop, toy: Source): SyncWorld {
  return { ...world, sources: [...world.sources.filter(({ name }) => name !== 'toy'), toy] };
}
