import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

import sql from 'sql-template-tag';
import { expect, test } from 'vitest';

import { describeOnPglite } from '../../test/databases.ts';
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

  test('refuses statements past the transaction that they would wait for', async () => {
    const { db } = await open();
    await db.transaction(async (tx) => {
      await expect(db.query(sql`select 1`)).rejects.toThrow('ask its own tx');
      await expect(db.transaction(() => Promise.resolve())).rejects.toThrow('ask its own tx');
      expect(await tx.query(sql`select 1 as one`)).toEqual([{ one: 1 }]);
    });
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

test('a folder that is no database is refused by name', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'filmbase-test-'));
  writeFileSync(join(folder, 'PG_VERSION'), '18\n');
  await expect(openPglite({ folder })).rejects.toMatchObject({
    code: 'database_unreachable',
    message: expect.stringContaining(folder) as string,
  });
  rmSync(folder, { recursive: true });
});
