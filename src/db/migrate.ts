import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import sql from 'sql-template-tag';

import { FilmbaseError } from '../model/errors.ts';
import type { Database, Queryable, Transaction } from './database.ts';

/** A numbered step of the schema, as its file in `migrations/` states it. */
interface Migration {
  /** The file's name without `.sql`: `0001_catalogue`. */
  readonly name: string;
  readonly text: string;
  /** SHA-256 of the text, in hexadecimal. */
  readonly checksum: string;
}

/**
 * Applies the migrations that the database lacks, in order, each in one transaction; gives their names. Several
 * processes may start at once: each migration is applied by one of them while the others wait. Errors:
 * `schema_mismatch` where the database has a migration that this version does not know, or has another text of one.
 */
export async function migrate(
  db: Database,
  options: { log?: (message: string) => void; folder?: string } = {},
): Promise<{ applied: string[] }> {
  const migrations = readMigrations(options.folder ?? migrationsFolder());
  const applied: string[] = [];
  for (;;) {
    const name = await db.transaction((tx) => applyNext(tx, migrations));
    if (name === null) return { applied };
    options.log?.(`applied migration ${name}`);
    applied.push(name);
  }
}

/** The names of the migrations that `migrate` would apply, in order; errors as there. */
export async function pendingMigrations(db: Queryable, folder = migrationsFolder()): Promise<string[]> {
  const [table] = await db.query<{ there: boolean }>(
    sql`select to_regclass('migration') is not null as there`,
  );
  return (await listPending(db, readMigrations(folder), table?.there === true)).map(({ name }) => name);
}

/** Applies the first migration that is missing, and gives its name; null if none is. */
async function applyNext(tx: Transaction, migrations: readonly Migration[]): Promise<string | null> {
  // Held until the transaction ends, and waited for: the next process finds what this one has done.
  await tx.query(sql`select pg_advisory_xact_lock(hashtextextended('filmbase migrate', 0))`);
  await tx.execute(MIGRATION_TABLE);
  const [next] = await listPending(tx, migrations, true);
  if (next === undefined) return null;
  await tx.execute(next.text);
  await tx.query(sql`insert into migration (name, checksum) values (${next.name}, ${next.checksum})`);
  return next.name;
}

const MIGRATION_TABLE = `
create table if not exists migration (
  name text collate "C" not null constraint migration_pk primary key,
  checksum text collate "C" not null,
  applied_at timestamptz not null default now()
)`;

async function listPending(
  db: Queryable,
  migrations: readonly Migration[],
  tableThere: boolean,
): Promise<Migration[]> {
  const applied = tableThere
    ? await db.query<{ name: string; checksum: string }>(
        sql`select name, checksum from migration order by name`,
      )
    : [];
  const checksums = new Map(applied.map(({ name, checksum }) => [name, checksum]));
  const known = new Map(migrations.map(({ name, checksum }) => [name, checksum]));
  for (const [name, checksum] of checksums) {
    if (!known.has(name))
      refuse(`The database has migration ${name}, which this version does not know. Use the newer one.`);
    if (known.get(name) !== checksum)
      refuse(`Migration ${name} was edited after the database had applied it.`);
  }
  return migrations.filter(({ name }) => !checksums.has(name));
}

function refuse(message: string): never {
  throw new FilmbaseError('schema_mismatch', message);
}

function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((file) => /^\d{4}_[a-z0-9_]+\.sql$/.test(file))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const checksum = createHash('sha256').update(text).digest('hex');
      return { name: file.replace(/\.sql$/, ''), text, checksum };
    });
}

/** `migrations/` of the package, whether this runs from `src` or from `dist/src`. */
export function migrationsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return join(folder, 'migrations');
}
