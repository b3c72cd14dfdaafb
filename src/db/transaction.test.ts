import { EventEmitter, once } from 'node:events';

import sql from 'sql-template-tag';
import { expect, test } from 'vitest';

import { describeOnEachDatabase } from '../../test/databases.ts';
import type { Queryable, Transaction } from './database.ts';

describeOnEachDatabase('a transaction', (open) => {
  test('commits what it did and gives what its work gave', async () => {
    const { db } = await open();
    expect(await db.transaction((tx) => addGenre(tx, 'Drama').then(() => 'done'))).toBe('done');
    expect(await listGenres(db)).toEqual(['Drama']);
  });

  test('leaves nothing when its work throws, and throws the same', async () => {
    const { db } = await open();
    const failure = new Error('no');
    const work = db.transaction(async (tx) => {
      await addGenre(tx, 'Drama');
      throw failure;
    });
    await expect(work).rejects.toBe(failure);
    expect(await listGenres(db)).toEqual([]);
  });

  test('leaves nothing when its work goes on after a statement that failed', async () => {
    const { db } = await open();
    const work = db.transaction(async (tx) => {
      await addGenre(tx, 'Drama');
      await tx.query(sql`select 1 / 0`).catch(() => undefined);
    });
    await expect(work).rejects.toMatchObject({ name: 'DatabaseError', code: '25P02' });
    expect(await listGenres(db)).toEqual([]);
  });

  test('is not seen from outside before it commits', async () => {
    const { db } = await open();
    const signals = new EventEmitter();
    const written = once(signals, 'written');
    const asked = once(signals, 'asked');
    const work = db.transaction(async (tx) => {
      await addGenre(tx, 'Drama');
      signals.emit('written');
      await asked;
      await tx.query(sql`delete from genre where name = 'Drama'`);
      await addGenre(tx, 'Comedy');
    });
    await written;
    const seen = listGenres(db);
    signals.emit('asked');
    await work;
    // PostgreSQL answers at once with nothing; PGlite once the transaction has ended.
    expect([[], ['Comedy']]).toContainEqual(await seen);
    expect(await listGenres(db)).toEqual(['Comedy']);
  });

  test('waits for its turn beside others', async () => {
    const { db } = await open();
    await db.execute('create table counter (n int); insert into counter values (0)');
    const increment = () =>
      db.transaction(async (tx) => {
        const [row] = await tx.query<{ n: number }>(sql`select n from counter for update`);
        await tx.query(sql`update counter set n = ${(row?.n ?? 0) + 1}`);
      });
    await Promise.all(Array.from({ length: 30 }, increment));
    expect(await db.query(sql`select n from counter`)).toEqual([{ n: 30 }]);
  });

  test('refuses what is asked after its end', async () => {
    const { db } = await open();
    const tx = await db.transaction((tx) => Promise.resolve(tx));
    await expect(addGenre(tx, 'Drama')).rejects.toThrow('The transaction has ended.');
    expect(await listGenres(db)).toEqual([]);
  });

  test('ends after what it left unawaited', async () => {
    const { db } = await open();
    const work = db.transaction((tx) =>
      Promise.all([tx.query(sql`select 1 / 0`), addGenre(tx, 'Drama'), tx.query(sql`select 1`)]),
    );
    await expect(work).rejects.toMatchObject({ code: '22012' });
    expect(await listGenres(db)).toEqual([]);
  });
});

async function addGenre(tx: Transaction, name: string): Promise<void> {
  await tx.query(sql`insert into genre (name) values (${name})`);
}

async function listGenres(db: Queryable): Promise<string[]> {
  const rows = await db.query<{ name: string }>(sql`select name from genre order by name`);
  return rows.map(({ name }) => name);
}
