import type { LakeEngine } from '../../model/lake-engine.ts';
import { NAMES_OF_TABLES_OF_THINGS, TABLES_OF_THINGS } from '../served-columns.ts';
import type { TableOfThings } from '../served-columns.ts';

/** What lies between two catalogues, in titles. */
export interface Difference {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  /** Titles before. */
  readonly before: number;
}

/**
 * Compares two relations of titles (SQL that can follow `from`, with `id`, `key` and `row_hash`) by the hash of each row.
 * Leaves the temp table `difference` (`id`, `key`, `change`) in the engine, for what is extracted next.
 */
export async function compareTitles(engine: LakeEngine, before: string, after: string): Promise<Difference> {
  await engine.run(`
    create or replace temp table difference as
    select
      coalesce(n.id, o.id) as id,
      coalesce(n.key, o.key) as key,
      case when o.id is null then 'created' when n.id is null then 'deleted' else 'updated' end as change
    from (select id, key, row_hash from ${before}) as o
    full join (select id, key, row_hash from ${after}) as n
      on n.id = o.id
    where o.id is null
      or n.id is null
      or o.row_hash is distinct from n.row_hash`);
  const [counts] = await engine.rows<Difference>(`
    select
      count(*) filter (where change = 'created') as created,
      count(*) filter (where change = 'updated') as updated,
      count(*) filter (where change = 'deleted') as deleted,
      (select count(*) from ${before}) as before
    from difference`);
  if (counts === undefined) throw new Error('A count gave no row.');
  return counts;
}

/**
 * Compares the tables of things before and after (SQL that can follow `from`). Leaves the temp tables
 * `changed_<table>`, the rows that are new or other than before, and `gone_<table>`, the keys of those that are there no
 * longer. Gives how many rows both have over all tables.
 */
export async function compareThings(
  engine: LakeEngine,
  before: (table: TableOfThings) => string,
  after: (table: TableOfThings) => string,
): Promise<number> {
  const counts: string[] = [];
  for (const table of NAMES_OF_TABLES_OF_THINGS) {
    const columns = TABLES_OF_THINGS[table].join(', ');
    const [key] = TABLES_OF_THINGS[table];
    await engine.run(`
      create or replace temp table changed_${table} as
      select ${columns} from ${after(table)}
      except
      select ${columns} from ${before(table)};

      create or replace temp table gone_${table} as
      select ${key} from ${before(table)}
      except
      select ${key} from ${after(table)}`);
    counts.push(`(select count(*) from changed_${table})`, `(select count(*) from gone_${table})`);
  }
  const [row] = await engine.rows<{ changes: number }>(`select ${counts.join(' + ')} as changes`);
  if (row === undefined) throw new Error('A count gave no row.');
  return row.changes;
}
