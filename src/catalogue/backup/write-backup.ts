import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import sql, { raw } from 'sql-template-tag';

import type { Database, Transaction } from '../../db/database.ts';
import { moveDurably } from '../../lake/durable-file.ts';
import { BACKUP_FORMAT, BackupSum } from './backup-file.ts';
import type { BackupEnd, BackupHead } from './backup-file.ts';
import { LASTING_TABLES } from './table-places.ts';

export interface BackupRequest {
  /** Where it goes; what is there under this name is replaced once it is whole. */
  readonly file: string;
  readonly idSalt: string;
  /** Filmbase's version. */
  readonly release: string;
  readonly now: () => Date;
}

/** Rows that are held at once. */
const BATCH = 500;

/** Whoever may read the file learns the id salt. */
const OWNER_ALONE = 0o600;

/**
 * Writes what only the database has, as it is at one moment, into a file. It is there whole or not at all, and memory stays flat.
 * Embedded, others wait meanwhile.
 */
export async function writeBackup(db: Database, request: BackupRequest): Promise<BackupEnd> {
  const draft = `${request.file}.part`;
  const sum = new BackupSum();
  try {
    await rm(draft, { force: true });
    const end = await db.transaction(async (tx) => {
      await tx.execute('set transaction isolation level repeatable read, read only');
      const written: { end?: BackupEnd } = {};
      await pipeline(
        Readable.from(linesOf(tx, request, sum, written)),
        createGzip(),
        createWriteStream(draft, { flags: 'wx', mode: OWNER_ALONE }),
      );
      if (written.end === undefined) throw new Error('The backup was written without its end.');
      return written.end;
    });
    await moveDurably(draft, request.file);
    return end;
  } finally {
    await rm(draft, { force: true });
  }
}

async function* linesOf(
  tx: Transaction,
  request: BackupRequest,
  sum: BackupSum,
  written: { end?: BackupEnd },
): AsyncGenerator<string> {
  const tables: DescribedTable[] = [];
  for (const name of LASTING_TABLES) tables.push(await describeTable(tx, name));
  const head = JSON.stringify(await headOf(tx, request, tables));
  sum.add(head, null);
  yield `${head}\n`;
  for (const { name, key } of tables) {
    for await (const rows of rowsOf(tx, name, key)) {
      for (const row of rows) sum.add(row, name);
      yield rows.map((row) => `${row}\n`).join('');
    }
  }
  written.end = sum.end();
  yield `${JSON.stringify(written.end)}\n`;
}

async function headOf(
  tx: Transaction,
  { idSalt, release, now }: BackupRequest,
  tables: readonly DescribedTable[],
): Promise<BackupHead> {
  const migrations = await tx.query<{ name: string; checksum: string }>(
    sql`select name, checksum from migration order by name`,
  );
  const [state] = await tx.query<{ state: BackupHead['state'] }>(
    sql`select row_to_json(s) as state from catalogue_state as s`,
  );
  if (state === undefined) throw new Error('catalogue_state has no row.');
  return {
    filmbase: 'backup',
    format: BACKUP_FORMAT,
    release,
    madeAt: now().toISOString(),
    migrations,
    idSalt,
    state: state.state,
    tables: tables.map(({ name, columns }) => ({ name, columns: [...columns] })),
  };
}

interface DescribedTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** The columns of its primary key. */
  readonly key: readonly string[];
}

async function describeTable(tx: Transaction, name: string): Promise<DescribedTable> {
  const columns = await tx.query<{ name: string; place: number | null }>(sql`
    select a.attname as name, array_position(i.indkey::smallint[], a.attnum) as place
    from pg_attribute as a
    left join pg_index as i on i.indrelid = a.attrelid and i.indisprimary
    where a.attrelid = ${name}::regclass
      and a.attnum > 0
      and not a.attisdropped
    order by a.attnum`);
  const key = columns
    .filter(({ place }) => place !== null)
    .sort((a, b) => Number(a.place) - Number(b.place))
    .map((column) => column.name);
  return { name, columns: columns.map((column) => column.name), key };
}

/** The rows of a table as lines of a backup, in the order of its key, some at a time. */
async function* rowsOf(
  tx: Transaction,
  table: string,
  key: readonly string[],
): AsyncGenerator<readonly string[]> {
  await tx.execute(`
    declare backup_row no scroll cursor for
    select json_build_array('${table}', row_to_json(t))::text as line
    from ${table} as t
    order by ${key.join(', ')}`);
  for (;;) {
    const rows = await tx.query<{ line: string }>(sql`fetch ${raw(String(BATCH))} from backup_row`);
    if (rows.length === 0) break;
    yield rows.map(({ line }) => line);
  }
  await tx.execute('close backup_row');
}
