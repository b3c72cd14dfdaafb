import sql from 'sql-template-tag';
import { expect, test } from 'vitest';

import { describeOnPostgres } from '../../test/databases.ts';
import { openPostgres } from './postgres.ts';

describeOnPostgres('a pool', (open) => {
  test('stops a statement at the time limit, and goes on', async () => {
    const { url } = await open();
    const db = await openPostgres({ url, statementTimeoutMs: 50 });
    await expect(db.query(sql`select pg_sleep(30)`)).rejects.toMatchObject({ code: 'overloaded' });
    expect(await db.query(sql`select 1 as one`)).toEqual([{ one: 1 }]);
    await db.close();
  });

  test('lets a transaction take its time', async () => {
    const { url } = await open();
    const db = await openPostgres({ url, statementTimeoutMs: 50 });
    await db.transaction((tx) => tx.query(sql`select pg_sleep(0.2)`));
    await expect(db.query(sql`select pg_sleep(30)`)).rejects.toMatchObject({ code: 'overloaded' });
    await db.close();
  });

  test('survives the loss of its connections, idle or in use', async () => {
    const { db, url } = await open();
    const killer = await openPostgres({ url, poolSize: 1 });
    await Promise.all(Array.from({ length: 4 }, () => db.query(sql`select 1`)));
    const killOthers = sql`
      select pg_terminate_backend(pid, 10000)
      from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()
    `;
    await killer.query(killOthers);
    const work = db.transaction(async (tx) => {
      await tx.query(sql`insert into genre (name) values ('Drama')`);
      await killer.query(killOthers);
      await tx.query(sql`select 1`);
    });
    await expect(work).rejects.toMatchObject({ code: 'database_unreachable' });
    expect(await db.query(sql`select name from genre`)).toEqual([]);
    await killer.close();
  });

  test('plans a statement once for each connection', async () => {
    const { url } = await open();
    const db = await openPostgres({ url, poolSize: 1 });
    for (const id of [1, 2, 3]) await db.query(sql`select ${id}::int as id`);
    const prepared = await db.query(
      sql`select statement from pg_prepared_statements where statement like '%as id'`,
    );
    expect(prepared).toEqual([{ statement: 'select $1::int as id' }]);
    await db.close();
  });

  test('has names for so many statements, however many another pool has named', async () => {
    const { url } = await open();
    const counts = [];
    for (const statements of [250, 1]) {
      const db = await openPostgres({ url, poolSize: 1 });
      for (let at = 0; at < statements; at++) await db.query({ text: `select ${at} as one`, values: [] });
      const count = sql`select count(*)::int as count from pg_prepared_statements where statement like '%as one'`;
      counts.push(...(await db.query(count)));
      await db.close();
    }
    expect(counts).toEqual([{ count: 200 }, { count: 1 }]);
  });

  test('plans a statement at each use where its best plan hangs on the values', async () => {
    const { url } = await open();
    const db = await openPostgres({ url, poolSize: 1 });
    for (const id of [1, 2]) {
      expect(await db.query({ text: 'select $1::int as id', values: [id], planEachTime: true })).toEqual([
        { id },
      ]);
    }
    expect(
      await db.query(sql`select statement from pg_prepared_statements where statement like '%as id'`),
    ).toEqual([]);
    await db.close();
  });
});

test('a server that cannot be reached is named, its password is not', async () => {
  const opening = openPostgres({ url: 'postgres://film:hunter2@127.0.0.1:1/catalogue' });
  const error: unknown = await opening.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: 'database_unreachable',
    message: 'PostgreSQL at 127.0.0.1:1/catalogue: connect ECONNREFUSED 127.0.0.1:1.',
  });
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('hunter2');
});

test('an address that is none is a wrong setting, and not repeated', async () => {
  const error: unknown = await openPostgres({ url: 'film:hunter2@host name' }).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({
    code: 'setting_invalid',
    message: expect.not.stringContaining('hunter2') as string,
  });
});
