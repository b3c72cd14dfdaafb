import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';

import sql, { raw } from 'sql-template-tag';
import { describe, expect, it } from 'vitest';

import { backupRows, checkBackup } from '../src/catalogue/backup/backup-file.ts';
import { isEmpty, restoreBackup } from '../src/catalogue/backup/restore-backup.ts';
import { LASTING_TABLES, TABLE_PLACES } from '../src/catalogue/backup/table-places.ts';
import { backUp, backupFile } from './backups.ts';
import { describeOnPglite } from './databases.ts';
import { openWorkshop, removeFoldersAfterEach } from './workshops.ts';

removeFoldersAfterEach();

describeOnPglite('a backup', (open) => {
  let made: Buffer | null = null;

  /** A file of two entries, made once and the test's own. */
  async function openBackup() {
    const file = backupFile();
    if (made === null) {
      const { db } = await open();
      const { enter } = await openWorkshop(db);
      for (const title of ['One', 'Two']) await enter({ title });
      await backUp(db, file);
      made = readFileSync(file);
    } else {
      writeFileSync(file, made);
    }
    return { file, lines: gunzipSync(made).toString().trimEnd().split('\n') };
  }

  it('has every row of every table that lasts, for its owner alone', async () => {
    const { db } = await open();
    const { enter } = await openWorkshop(db);
    await enter({ title: 'One', genres: ['Own'] });
    const file = backupFile();
    await backUp(db, file);
    const { end } = await checkBackup(file);
    const tables: string[] = [];
    for await (const [table] of backupRows(file)) tables.push(table);
    expect(tables.sort()).toEqual(
      Object.entries(end.rows)
        .flatMap(([name, rows]) => Array<string>(rows).fill(name))
        .sort(),
    );
    for (const table of LASTING_TABLES) {
      const [row] = await db.query(sql`select count(*) as rows from ${raw(table)}`);
      expect(end.rows[table] ?? 0, table).toBe(row?.rows);
    }
    expect(end.rows.journal).toBe(1);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each<[string, (lines: string[]) => string[]]>([
    ['cut off', (lines) => lines.slice(0, -1)],
    ['without its head', (lines) => lines.slice(1)],
    ['of nothing', () => []],
    ['with a row changed', (lines) => lines.map((line) => line.replace('One', 'Eno'))],
    ['with a row less', (lines) => [...lines.slice(0, 1), ...lines.slice(2)]],
    ['with a row more', (lines) => [...lines, lines[1] ?? '']],
    ['of another format', (lines) => lines.map((line) => line.replace('"format":1', '"format":9'))],
    ['that is no JSON', (lines) => lines.map((line) => line.slice(1))],
  ])('%s is refused', async (_, change) => {
    const { file, lines } = await openBackup();
    writeFileSync(
      file,
      gzipSync(
        change(lines)
          .map((line) => `${line}\n`)
          .join(''),
      ),
    );
    await expect(checkBackup(file)).rejects.toMatchObject({ code: 'backup_invalid' });
  });

  it('whose bytes are cut off, that is something else, or that is not there is refused', async () => {
    const { file } = await openBackup();
    const bytes = readFileSync(file);
    for (const other of [bytes.subarray(0, bytes.length - 9), bytes.subarray(0, 40), Buffer.from('a text')]) {
      writeFileSync(file, other);
      await expect(checkBackup(file)).rejects.toMatchObject({ code: 'backup_invalid' });
    }
    await expect(checkBackup(`${file}.none`)).rejects.toMatchObject({ code: 'backup_invalid' });
  });

  it('of another schema is refused, and changes nothing', async () => {
    const { file } = await openBackup();
    const { head } = await checkBackup(file);
    const { db } = await open();
    const older = { ...head, migrations: head.migrations.slice(0, -1) };
    const edited = { ...head, migrations: head.migrations.map((one) => ({ ...one, checksum: 'other' })) };
    for (const other of [older, edited])
      await expect(restoreBackup(db, file, other)).rejects.toMatchObject({ code: 'backup_outdated' });
    expect(await isEmpty(db)).toBe(true);
  });

  it('that cannot be brought in whole is not brought in by half', async () => {
    const { file } = await openBackup();
    const { head } = await checkBackup(file);
    const { db } = await open();
    const tables = head.tables.map(({ name, columns }) => ({ name, columns: [...columns, 'more'] }));
    await expect(restoreBackup(db, file, { ...head, tables })).rejects.toThrow();
    expect(await isEmpty(db)).toBe(true);
  });

  it('takes the place of what is in the database', async () => {
    const { file } = await openBackup();
    const { head } = await checkBackup(file);
    const { db } = await open();
    const { enter } = await openWorkshop(db);
    await enter({ title: 'In the way' });
    await restoreBackup(db, file, head);
    expect(await db.query(sql`select document ->> 'title' as title from journal order by seq`)).toEqual([
      { title: 'One' },
      { title: 'Two' },
    ]);
    expect(await db.query(sql`select from title`)).toEqual([]);
  });
});

describe('the place of each table', () => {
  describeOnPglite('', (open) => {
    it('is declared', async () => {
      const { db } = await open();
      const tables = await db.query<{ name: string }>(sql`
        select table_name as name
        from information_schema.tables
        where table_schema = current_schema()
          and table_type = 'BASE TABLE'
        order by table_name`);
      expect(Object.keys(TABLE_PLACES).sort()).toEqual(tables.map(({ name }) => name).sort());
    });
  });
});
