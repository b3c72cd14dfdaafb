import sql from 'sql-template-tag';

import type { Queryable } from '../src/db/database.ts';

/** The cells that have titles, and the sampled titles with theirs. */
export async function countedBy(db: Queryable) {
  const cells = await db.query(sql`select * from facet_cell where titles <> 0 order by cell`);
  const sample = await db.query(sql`select * from facet_sample order by title_id`);
  return { cells, sample };
}
