import sql, { raw } from 'sql-template-tag';

import type { Database, Transaction } from '../../db/database.ts';
import {
  NAMES_OF_FACET_TABLES,
  NAMES_OF_SEARCH_TABLES,
  NAMES_OF_TABLES_OF_THINGS,
  NAMES_OF_TABLES_OF_TITLE,
} from '../served-columns.ts';
import type { Extract } from './extract.ts';
import type { PublishRequest } from './publish-request.ts';
import { fillTable } from './stage.ts';

/** The tables that a large publish builds beside and swaps in, in the order in which their locks are taken. */
export const SWAPPED_TABLES = [
  'title',
  'title_genre',
  ...NAMES_OF_TABLES_OF_TITLE,
  ...NAMES_OF_TABLES_OF_THINGS,
  'report_row',
  'ambiguous_match',
  ...NAMES_OF_SEARCH_TABLES,
  ...NAMES_OF_FACET_TABLES,
] as const;

export type SwappedTable = (typeof SWAPPED_TABLES)[number];

/** Enough for the sorts of an index over a million titles to stay in memory. */
const INDEX_MEMORY = '256MB';

/** A vacuum that started on a table being built would hold up its swap. */
const LIKE = (table: string) => `(like ${table} including storage) with (autovacuum_enabled = false)`;

/** Builds `<table>_next` of the extract, with the indexes that its table has. */
export async function buildNext(
  db: Database,
  table: SwappedTable,
  extracting: Promise<Extract>,
  { progress }: Pick<PublishRequest, 'progress'>,
): Promise<void> {
  await fillTable(db, { name: `${table}_next`, definition: LIKE(table), extract: await extracting });
  await buildNextIndexes(db, table, (done, total) => {
    progress({ label: `indexes of ${table}`, done, total, unit: 'steps' });
  });
}

/** Builds on `<table>_next` the indexes that its table has, under their names and `_next`, and analyzes it. */
async function buildNextIndexes(
  db: Database,
  table: SwappedTable,
  onIndex: (done: number, total: number) => void,
): Promise<void> {
  const indexes = await indexesOf(db, [table]);
  for (const [place, { name, definition }] of indexes.entries()) {
    const statement = definition
      .replace(` INDEX ${name} ON `, ` INDEX ${name}_next ON `)
      .replace(`.${table} USING`, `.${table}_next USING`);
    // In a transaction, since a statement outside one has a time limit.
    await db.transaction((tx) =>
      tx.execute(`set local maintenance_work_mem = '${INDEX_MEMORY}'; ${statement}`),
    );
    onIndex(place + 1, indexes.length);
  }
  await db.transaction((tx) => tx.execute(`analyze ${table}_next`));
}

/** The statement that takes the locks under which tables are swapped. */
export function lockForSwap(tables: readonly SwappedTable[]): string {
  return `lock table ${tables.join(', ')} in access exclusive mode`;
}

/**
 * Puts each `<table>_next` in its table's place, under locks that no reader is let past: those that come meanwhile wait
 * for the commit and then read the new tables.
 */
export async function swapTables(tx: Transaction, tables: readonly SwappedTable[]): Promise<void> {
  await tx.execute(lockForSwap(tables));
  const indexes = await indexesOf(tx, tables);
  const statements = tables.flatMap((table) => [
    `drop table ${table}`,
    `alter table ${table}_next rename to ${table}`,
    `alter table ${table} reset (autovacuum_enabled)`,
  ]);
  const renames = indexes.map(({ name }) => `alter index ${name}_next rename to ${name}`);
  await tx.execute([...statements, ...renames].join('; '));
}

interface Index {
  readonly table: string;
  readonly name: string;
  /** As PostgreSQL prints it: `CREATE INDEX title_by_year ON public.title USING btree (year, id) …`. */
  readonly definition: string;
}

function indexesOf(db: Pick<Database, 'query'>, tables: readonly SwappedTable[]): Promise<Index[]> {
  const names = tables.map((table) => `'${table}'`).join(', ');
  return db.query<Index>(sql`
    select tablename as "table", indexname as name, indexdef as definition
    from pg_indexes
    where schemaname = current_schema()
      and tablename in (${raw(names)})
    order by tablename, indexname`);
}
