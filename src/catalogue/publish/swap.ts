import sql, { raw } from 'sql-template-tag';

import type { Database, Transaction } from '../../db/database.ts';

/** The tables that a large publish builds beside and swaps in, in the order in which their locks are taken. */
export const SWAPPED_TABLES = ['title', 'title_genre'] as const;

/** Enough for the sorts of an index over a million titles to stay in memory. */
const INDEX_MEMORY = '256MB';

/** Indexes built at the same time on a server. */
const INDEX_BUILDERS = 2;

/** Builds on each `<table>_next` the indexes that its table has, under their names and `_next`. */
export async function buildNextIndexes(
  db: Database,
  onIndex: (done: number, total: number) => void,
): Promise<void> {
  const waiting = await indexesOf(db);
  const total = waiting.length;
  let done = 0;
  const build = async (): Promise<void> => {
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
      const statement = index.definition
        .replace(` INDEX ${index.name} ON `, ` INDEX ${index.name}_next ON `)
        .replace(`.${index.table} USING`, `.${index.table}_next USING`);
      await db.transaction(async (tx) => {
        await tx.execute(`set local maintenance_work_mem = '${INDEX_MEMORY}'; ${statement}`);
      });
      done += 1;
      onIndex(done, total);
    }
  };
  await Promise.all(Array.from({ length: db.engine === 'postgres' ? INDEX_BUILDERS : 1 }, build));
  // In a transaction, since a statement outside one has a time limit.
  await db.transaction((tx) => tx.execute(SWAPPED_TABLES.map((table) => `analyze ${table}_next`).join('; ')));
}

/**
 * Puts each `<table>_next` in its table's place, under the locks that the caller holds. Readers that come meanwhile
 * wait for the commit and then read the new tables.
 */
export async function swapTables(tx: Transaction): Promise<void> {
  const indexes = await indexesOf(tx);
  const statements = SWAPPED_TABLES.flatMap((table) => [
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

/** The larger table's indexes first, so that two builders end together. */
function indexesOf(db: Pick<Database, 'query'>): Promise<Index[]> {
  const names = SWAPPED_TABLES.map((table) => `'${table}'`).join(', ');
  return db.query<Index>(sql`
    select tablename as "table", indexname as name, indexdef as definition
    from pg_indexes
    where schemaname = current_schema()
      and tablename in (${raw(names)})
    order by tablename desc, indexname`);
}
