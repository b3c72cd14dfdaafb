import type { LakeEngine } from '../../model/lake-engine.ts';

/** What lies between two catalogues, in titles. */
export interface Difference {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
  /** Titles before. */
  readonly before: number;
}

/**
 * Compares two relations of titles (SQL that can follow `from`, with `id`, `key` and `row_hash`) by the hash of each row. Leaves the temp table `difference` (`id`, `key`, `change`) in
 * the engine, for what is extracted next.
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
