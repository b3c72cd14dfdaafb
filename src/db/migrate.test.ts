import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import sql from 'sql-template-tag';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { describeOnEachDatabase, describeOnPostgres, type TestDatabase } from '../../test/databases.ts';
import type { Database } from './database.ts';
import { migrate, pendingMigrations } from './migrate.ts';
import { openPostgres } from './postgres.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'filmbase-migrations-'));
  write('0001_first', 'create table first (id int);');
  write('0002_second', 'create table second (id int); insert into second values (1);');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, text: string): void {
  writeFileSync(join(folder, `${name}.sql`), text);
}

async function openEmpty(open: () => Promise<TestDatabase>): Promise<TestDatabase> {
  const database = await open();
  await database.db.execute('drop schema public cascade; create schema public');
  return database;
}

async function secondRows(db: Database): Promise<number> {
  return (await db.query(sql`select id from second`)).length;
}

describeOnEachDatabase('migrate', (open) => {
  test('applies what is missing, in order, once', async () => {
    const { db } = await openEmpty(open);
    expect(await pendingMigrations(db, folder)).toEqual(['0001_first', '0002_second']);
    expect(await migrate(db, { folder })).toEqual({ applied: ['0001_first', '0002_second'] });
    write('0003_third', 'create table third (id int);');
    expect(await pendingMigrations(db, folder)).toEqual(['0003_third']);
    expect(await migrate(db, { folder })).toEqual({ applied: ['0003_third'] });
    expect(await migrate(db, { folder })).toEqual({ applied: [] });
  });

  test('finds nothing to do on the databases of tests', async () => {
    const { db } = await open();
    expect(await pendingMigrations(db)).toEqual([]);
    expect(await migrate(db)).toEqual({ applied: [] });
  });

  test('applies each migration once when started several times at once', async () => {
    const { db } = await openEmpty(open);
    const all = await Promise.all(Array.from({ length: 5 }, () => migrate(db, { folder })));
    expect(all.flatMap(({ applied }) => applied).sort()).toEqual(['0001_first', '0002_second']);
    expect(await secondRows(db)).toBe(1);
  });

  test('leaves nothing of a migration that fails, and all before it', async () => {
    const { db } = await openEmpty(open);
    write('0002_second', 'create table second (id int); select 1 / 0;');
    await expect(migrate(db, { folder })).rejects.toMatchObject({ code: '22012' });
    expect(await pendingMigrations(db, folder)).toEqual(['0002_second']);
    expect(await db.query(sql`select to_regclass('second') as second`)).toEqual([{ second: null }]);
  });

  test('refuses a migration edited after it was applied', async () => {
    const { db } = await openEmpty(open);
    await migrate(db, { folder });
    write('0001_first', 'create table first (id bigint);');
    const refusal = { code: 'schema_mismatch', message: expect.stringContaining('0001_first') as string };
    await expect(migrate(db, { folder })).rejects.toMatchObject(refusal);
    await expect(pendingMigrations(db, folder)).rejects.toMatchObject(refusal);
  });

  test('refuses a database with a migration that it does not know', async () => {
    const { db } = await openEmpty(open);
    await migrate(db, { folder });
    rmSync(join(folder, '0002_second.sql'));
    await expect(migrate(db, { folder })).rejects.toMatchObject({
      code: 'schema_mismatch',
      message: expect.stringContaining('0002_second') as string,
    });
  });
});

describeOnPostgres('migrate', (open) => {
  test('applies each migration once when several processes start at once', async () => {
    const { db, url } = await open();
    await db.execute('drop schema public cascade; create schema public');
    const others = await Promise.all(Array.from({ length: 4 }, () => openPostgres({ url })));
    const all = await Promise.all(others.map((other) => migrate(other, { folder })));
    await Promise.all(others.map((other) => other.close()));
    expect(all.flatMap(({ applied }) => applied).sort()).toEqual(['0001_first', '0002_second']);
    expect(await secondRows(db)).toBe(1);
  });
});
