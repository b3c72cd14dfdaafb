import sql, { raw } from 'sql-template-tag';

import type { Database, Queryable, Transaction } from '../../db/database.ts';
import { identifier } from '../../db/values.ts';
import { FilmbaseError } from '../../model/errors.ts';
import { leapNumbers } from '../changes/leap-numbers.ts';
import { backupRows } from './backup-file.ts';
import type { BackupHead } from './backup-file.ts';
import { DERIVED_TABLES, LASTING_TABLES, OBSERVED_TABLES, PUBLISHED_TABLES } from './table-places.ts';

/** Rows that are written at once. */
const BATCH = 500;

/** All but the account that the database keeps of itself. */
const CONTENT = [...LASTING_TABLES, ...PUBLISHED_TABLES, ...DERIVED_TABLES, ...OBSERVED_TABLES];

/** Whether nothing lasting is in the database, and nothing is served of it. */
export async function isEmpty(db: Queryable): Promise<boolean> {
  const parts = LASTING_TABLES.map((table) => `exists (select from ${table})`);
  const [row] = await db.query<{ filled: boolean }>(
    sql`select ${raw(parts.join(' or '))} or exists (select from catalogue_state where version > 0) as filled`,
  );
  return row?.filled === false;
}

/**
 * Brings the rows of a backup that was checked into the database, in one transaction, with its id salt; what was in it goes. Nothing is
 * served then until a version is published: that which the backup states is served in name alone. The feed goes on with a snapshot, under a
 * number that whoever followed further than the backup does not know. Throws `backup_outdated` where the
 * schema is not that of the backup.
 */
export async function restoreBackup(db: Database, file: string, head: BackupHead): Promise<void> {
  await db.transaction(async (tx) => {
    await requireSchema(tx, head);
    // Whoever writes for a person waits for this row.
    await tx.query(sql`update catalogue_state set version = version`);
    await tx.execute(`truncate ${CONTENT.join(', ')}`);
    await loadRows(tx, file, head);
    for (const table of LASTING_TABLES) await continueNumbers(tx, table);
    await tx.query(sql`update installation set id_salt = ${head.idSalt}`);
    await restoreState(tx, head);
    await leapNumbers(tx);
  });
}

/** A backup of another schema is restored by its own release: rows may have been changed by what lies between. */
async function requireSchema(tx: Transaction, { migrations, release }: BackupHead): Promise<void> {
  const applied = await tx.query<{ name: string; checksum: string }>(
    sql`select name, checksum from migration order by name`,
  );
  const known = new Map(applied.map(({ name, checksum }) => [name, checksum]));
  const unknown = migrations.find(({ name, checksum }) => known.get(name) !== checksum);
  if (unknown === undefined && migrations.length === applied.length) return;
  const last = migrations.at(-1)?.name ?? 'none';
  throw new FilmbaseError(
    'backup_outdated',
    `The backup is of release ${release}, with the schema up to ${last}; this database has it up to ${applied.at(-1)?.name ?? 'none'}.`,
  );
}

async function loadRows(tx: Transaction, file: string, { tables }: BackupHead): Promise<void> {
  const columns = new Map(tables.map((table) => [table.name, table.columns]));
  let table = '';
  let batch: string[] = [];
  const write = async () => {
    if (batch.length > 0) await insertRows(tx, table, columns.get(table) ?? [], batch);
    batch = [];
  };
  for await (const [name, row] of backupRows(file)) {
    if (name !== table || batch.length === BATCH) await write();
    table = name;
    batch.push(row);
  }
  await write();
}

async function insertRows(
  tx: Transaction,
  table: string,
  columns: readonly string[],
  rows: readonly string[],
): Promise<void> {
  if (!LASTING_TABLES.some((lasting) => lasting === table))
    throw new FilmbaseError(
      'backup_invalid',
      `The backup has rows of ${table}, which is no table of backups.`,
    );
  const names = raw(columns.map(identifier).join(', '));
  await tx.query(sql`
    insert into ${raw(table)} (${names})
    overriding system value
    select ${names}
    from jsonb_populate_recordset(null::${raw(table)}, ${`[${rows.join(',')}]`}::jsonb)`);
}

/** Rows that are numbered by the database are numbered on after those that were restored. */
async function continueNumbers(tx: Transaction, table: string): Promise<void> {
  const numbered = await tx.query<{ name: string }>(sql`
    select column_name as name
    from information_schema.columns
    where table_schema = current_schema()
      and table_name = ${table}
      and is_identity = 'YES'`);
  for (const { name } of numbered) {
    const column = raw(identifier(name));
    await tx.query(sql`
      select setval(pg_get_serial_sequence(${table}, ${name}), coalesce(max(${column}), 1), max(${column}) is not null)
      from ${raw(table)}`);
  }
}

/** The version is served in name alone: without its id, so that a publish of it is one. */
async function restoreState(tx: Transaction, { state }: BackupHead): Promise<void> {
  const columns = Object.keys(state).filter((column) => column !== 'only_row');
  const names = raw(columns.map(identifier).join(', '));
  await tx.query(sql`
    update catalogue_state
    set (${names}) = (
      select ${names}
      from jsonb_populate_record(null::catalogue_state, ${JSON.stringify({ ...state, version_id: null })}::jsonb)
    )`);
}
