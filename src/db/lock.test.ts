import sql from 'sql-template-tag';
import { expect, test } from 'vitest';

import { describeOnEachDatabase, describeOnPostgres } from '../../test/databases.ts';
import { openPostgres } from './postgres.ts';

describeOnEachDatabase('withLock', (open) => {
  test('gives what the work gave, and null while the lock is held', async () => {
    const { db } = await open();
    const inner = await db.withLock('sync', async () => {
      expect(await db.withLock('other', () => Promise.resolve('free'))).toBe('free');
      return { held: await db.withLock('sync', () => Promise.resolve('free')) };
    });
    expect(inner).toEqual({ held: null });
    expect(await db.withLock('sync', () => Promise.resolve('free'))).toBe('free');
  });

  test('is free again after its work threw', async () => {
    const { db } = await open();
    const failure = new Error('no');
    await expect(db.withLock('sync', () => Promise.reject(failure))).rejects.toBe(failure);
    expect(await db.withLock('sync', () => Promise.resolve('free'))).toBe('free');
  });
});

describeOnPostgres('withLock', (open) => {
  test('excludes over connections of several processes', async () => {
    const { db, url } = await open();
    const other = await openPostgres({ url });
    const held = await db.withLock('sync', async () => ({
      other: await other.withLock('sync', () => Promise.resolve('free')),
    }));
    expect(held).toEqual({ other: null });
    expect(await other.withLock('sync', () => Promise.resolve('free'))).toBe('free');
    await other.close();
  });

  test('is lost with its connection, and says so at the end', async () => {
    const { db } = await open();
    let taken: string | null = null;
    const work = db.withLock('sync', async () => {
      await db.query(sql`
        select pg_terminate_backend(pid, 10000)
        from pg_locks
        where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())
      `);
      taken = await db.withLock('sync', () => Promise.resolve('free'));
    });
    await expect(work).rejects.toMatchObject({ code: 'database_unreachable' });
    expect(taken).toBe('free');
  });
});
