import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import sql from 'sql-template-tag';
import { expect, inject, onTestFinished, test } from 'vitest';

import { describeOnPglite } from '../../test/databases.ts';
import { compiledModule } from '../lib/compiled-module.ts';
import { openPglite } from './pglite.ts';

describeOnPglite('the embedded database', (open) => {
  test('leaves the event loop free while a heavy statement runs', async () => {
    const { db } = await open();
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const start = performance.now();
    await db.query(sql`select count(*) from generate_series(1, 4000000)`);
    const elapsedMs = performance.now() - start;
    delay.disable();
    expect(delay.max / 1e6).toBeLessThan(elapsedMs / 3);
  });

  test('has what was written when it is opened again', async () => {
    const { db, folder } = await open();
    await db.query(sql`insert into genre (name) values ('Drama')`);
    await db.close();
    const again = await openPglite({ folder });
    expect(await again.query(sql`select name from genre`)).toEqual([{ name: 'Drama' }]);
    await again.close();
  });

  test.each(['', 'torn'])('opens although a killed start left a lock file that says %j', async (left) => {
    const { db, folder } = await open();
    await db.query(sql`insert into genre (name) values ('Drama')`);
    await db.close();
    writeFileSync(join(folder, 'postmaster.pid'), left);
    const again = await openPglite({ folder });
    expect(await again.query(sql`select name from genre`)).toEqual([{ name: 'Drama' }]);
    await again.close();
  });

  test('refuses statements past the transaction that they would wait for', async () => {
    const { db } = await open();
    await db.transaction(async (tx) => {
      await expect(db.query(sql`select 1`)).rejects.toThrow('ask its own tx');
      await expect(db.transaction(() => Promise.resolve())).rejects.toThrow('ask its own tx');
      expect(await tx.query(sql`select 1 as one`)).toEqual([{ one: 1 }]);
    });
  });

  test('ends when its engine breaks, fails all who wait, and keeps what was committed', async () => {
    const { db, folder } = await open();
    await db.query(sql`insert into genre (name) values ('Drama')`);
    const broken = sql`select json_typeof(repeat('[', 8000000)::json)`;
    const asked = await Promise.allSettled([
      db.query(broken),
      db.query(sql`select 1`),
      db.execute('select 1'),
    ]);
    for (const one of [...asked, ...(await Promise.allSettled([db.query(sql`select 1`)]))]) {
      expect(one).toMatchObject({ status: 'rejected', reason: { code: 'database_unreachable' } });
    }
    const again = await openPglite({ folder });
    expect(await again.query(sql`select name from genre`)).toEqual([{ name: 'Drama' }]);
    await again.close();
  });

  test('bounds its write-ahead log', async () => {
    const { db, folder } = await open();
    await db.execute('create table thing (id int, name text)');
    const insert = sql`insert into thing select i, repeat('x', 500) from generate_series(1, 60000) as i`;
    for (let round = 0; round < 8; round += 1) await db.query(insert);
    const [row] = await db.query<{ bytes: string }>(sql`
      select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn) as bytes from pg_control_checkpoint()
    `);
    expect(Number(row?.bytes)).toBeLessThan(110e6);
    expect(readdirSync(join(folder, 'pg_wal')).length).toBeLessThan(16);
  });

  test('answers in the order of asking', async () => {
    const { db } = await open();
    const order: string[] = [];
    const note = (name: string) => () => order.push(name);
    await Promise.all([
      db.transaction((tx) => tx.query(sql`select 1`)).then(note('first')),
      db.query(sql`select 2`).then(note('second')),
      db.transaction((tx) => tx.query(sql`select 3`)).then(note('third')),
      db.execute('select 4').then(note('fourth')),
    ]);
    expect(order).toEqual(['first', 'second', 'third', 'fourth']);
  });
});

test('an idle database does not keep the process alive, an answer that is owed does', async () => {
  const parent = temporaryFolder();
  const folder = join(parent, 'pglite');
  cpSync(inject('pgliteTemplate'), folder, { recursive: true });
  const script = `
    const { openPglite } = await import(${JSON.stringify(pathToFileURL(compiledModule(import.meta.url, './pglite.ts')).href)});
    const db = await openPglite({ folder: ${JSON.stringify(folder)} });
    void db.query({ text: 'select count(*) as n from generate_series(1, 1000000)', values: [] })
      .then(([row]) => console.log(row.n));
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  expect(stdout).toBe('1000000\n');
});

test('a folder that is no database is refused by name', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'PG_VERSION'), '18\n');
  await expect(openPglite({ folder })).rejects.toMatchObject({
    code: 'database_unreachable',
    message: expect.stringContaining(folder) as string,
  });
});

/** A folder that is there until the test ends, whatever its end. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'filmbase-test-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
