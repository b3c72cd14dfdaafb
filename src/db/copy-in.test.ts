import { Readable } from 'node:stream';

import sql from 'sql-template-tag';
import { expect, test } from 'vitest';

import { describeOnEachDatabase, type TestDatabase } from '../../test/databases.ts';

describeOnEachDatabase('copyIn', (open) => {
  test('reads quotes, line ends in quotes, unicode, empty and null', async () => {
    const { db } = await openWithThing(open);
    const csv = [
      '1,plain\n',
      '2,"a ""b"", c"\n3,"two\nlines',
      '\r\nthree"\n',
      '4,Ünïcødé 映画 🎬\n5,""\n6,\n',
    ];
    expect(await copy(db, Readable.from(csv))).toBe(6);
    expect(await db.query(sql`select id, name from thing order by id`)).toEqual([
      { id: 1, name: 'plain' },
      { id: 2, name: 'a "b", c' },
      { id: 3, name: 'two\nlines\r\nthree' },
      { id: 4, name: 'Ünïcødé 映画 🎬' },
      { id: 5, name: '' },
      { id: 6, name: null },
    ]);
  });

  test('reads an unfinished last line, and nothing', async () => {
    const { db } = await openWithThing(open);
    expect(await copy(db, Readable.from(['1,a']))).toBe(1);
    expect(await copy(db, Readable.from([]))).toBe(0);
  });

  test('reads more than 5 MB, cut anywhere', async () => {
    const { db } = await openWithThing(open);
    const names = Array.from({ length: 60_000 }, (_, i) => `film "${i}",\n映画 ${'x'.repeat(i % 150)}`);
    const csv = Buffer.from(names.map((name, i) => `${i},"${name.replaceAll('"', '""')}"\n`).join(''));
    expect(csv.length).toBeGreaterThan(5_000_000);
    expect(await copy(db, Readable.from(slices(csv, 70_001)))).toBe(60_000);
    const rows = await db.query<{ name: string }>(sql`select name from thing order by id`);
    expect(rows.map(({ name }) => name)).toEqual(names);
  });

  test('leaves nothing when a row is wrong', async () => {
    const { db } = await openWithThing(open);
    const rows = Array.from({ length: 300_000 }, (_, i) => `${i},some name\n`);
    const work = copy(db, Readable.from([...rows, 'x,y\n']));
    await expect(work).rejects.toMatchObject({ name: 'DatabaseError', code: '22P02' });
    expect(await db.query(sql`select count(*) as n from thing`)).toEqual([{ n: 0 }]);
  });

  test('leaves nothing when its source breaks, and throws the source’s error', async () => {
    const { db } = await openWithThing(open);
    const broken = new Error('the disk is gone');
    const source = async function* () {
      yield await Promise.resolve('1,a\n');
      throw broken;
    };
    await expect(copy(db, Readable.from(source()))).rejects.toBe(broken);
    expect(await db.query(sql`select count(*) as n from thing`)).toEqual([{ n: 0 }]);
  });

  test('of a table that is not there says so', async () => {
    const { db } = await open();
    await expect(copy(db, Readable.from(['1,a\n']))).rejects.toMatchObject({ code: '42P01' });
  });
});

async function openWithThing(open: () => Promise<TestDatabase>): Promise<TestDatabase> {
  const database = await open();
  await database.db.execute('create table thing (id int, name text)');
  return database;
}

function copy(db: TestDatabase['db'], csv: Readable): Promise<number> {
  return db.transaction((tx) => tx.copyIn('thing', ['id', 'name'], csv));
}

function* slices(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
