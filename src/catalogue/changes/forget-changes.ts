import sql from 'sql-template-tag';

import type { Database } from '../../db/database.ts';

/** A statement that removes so many keeps the embedded database from others for well under 200 ms. */
const BATCH = 2_000;

/**
 * Removes what nobody sees: changes that a publish wrote before it was cut off, and those that are forgotten. Only for the
 * holder of the catalogue.
 */
export async function removeUnseenChanges(db: Database): Promise<void> {
  const blocks = await db.query<{ block: number; last: number }>(sql`
    select b.block, coalesce((select max(place) from change as c where c.block = b.block), 0) as last
    from change_block as b
    where b.first_seq is null
    order by b.block`);
  for (const { block, last } of blocks) {
    for (let place = BATCH; place < last + BATCH; place += BATCH)
      await db.query(sql`delete from change where block = ${block} and place <= ${place}`);
    await db.query(sql`delete from change_block where block = ${block} and first_seq is null`);
  }
}

/**
 * Forgets what changed more than `days` before `now`, from the oldest on, so that the feed and each title's history end at
 * the same change; never that which made the served version what it is, and what came after it. Only for the holder of the
 * catalogue.
 */
export async function forgetChanges(db: Database, days: number, now: Date): Promise<void> {
  await db.query(sql`
    update change_block
    set first_seq = null
    where committed_at < ${now}::timestamptz - make_interval(days => ${days})
      and first_seq + changes <= (
        select v.follow_seq
        from catalogue_version as v
        join catalogue_state as s on s.version = v.version
      )`);
  await removeUnseenChanges(db);
}
