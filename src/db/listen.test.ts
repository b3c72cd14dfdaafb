import sql from 'sql-template-tag';
import { expect, test } from 'vitest';

import { describeOnEachDatabase, describeOnPostgres } from '../../test/databases.ts';
import type { Database } from './database.ts';

/** Listens on `channel`; `next` gives the count of notices at the next one. */
async function countNotices(db: Database, channel: string) {
  let count = 0;
  let heard: (count: number) => void = () => undefined;
  const stop = await db.listen(channel, () => {
    count += 1;
    heard(count);
  });
  const next = () => new Promise<number>((resolve) => (heard = resolve));
  return { next, stop, count: () => count };
}

describeOnEachDatabase('listen', (open) => {
  test('is called when a notify commits, and not before', async () => {
    const { db } = await open();
    const notices = await countNotices(db, 'Version changed');
    const next = notices.next();
    await db.transaction(async (tx) => {
      await tx.execute(`notify "Version changed"`);
      await tx.query(sql`select 1`);
      expect(notices.count()).toBe(0);
    });
    expect(await next).toBe(1);
  });

  test('is not called for what was rolled back, for another channel, or after its stop', async () => {
    const { db } = await open();
    const notices = await countNotices(db, 'version');
    const stopped = await countNotices(db, 'version');
    await stopped.stop();
    const next = notices.next();
    await db.execute('notify other');
    await db.transaction((tx) => tx.execute('notify version; select 1 / 0')).catch(() => undefined);
    await db.execute('notify version');
    expect(await next).toBe(1);
    expect(stopped.count()).toBe(0);
  });
});

describeOnPostgres('listen', (open) => {
  test('takes up a lost connection, and counts that as a notice', async () => {
    const { db } = await open();
    const notices = await countNotices(db, 'version');
    const afterLoss = notices.next();
    await db.query(sql`
      select pg_terminate_backend(pid, 10000)
      from pg_stat_activity
      where datname = current_database() and query = 'listen "version"'
    `);
    expect(await afterLoss).toBe(1);
    const next = notices.next();
    await db.execute('notify version');
    expect(await next).toBe(2);
  });
});
