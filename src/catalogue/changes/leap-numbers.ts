import sql from 'sql-template-tag';

import type { Transaction } from '../../db/database.ts';
import { openBlock, recordSnapshot } from './change-block.ts';

/**
 * Has a feed that was brought back from a backup go on where nobody has been: who followed it further than the backup goes knows
 * other changes by the numbers that come next. The number of the leap is the microseconds since 1970, which no feed has caught up
 * with, since a change takes longer than one to write; so a backup that is restored twice leaps further. There it has a snapshot.
 *
 * What came after `follow_seq` of the served version comes again behind the snapshot, and `follow_seq` is the snapshot's number:
 * whoever takes the version's files then follows from behind it, and lacks nothing.
 */
export async function leapNumbers(tx: Transaction): Promise<void> {
  const [leap] = await tx.query<{ snapshot: number; last: number }>(sql`
    select
      greatest(s.change_seq + 1, floor(extract(epoch from clock_timestamp()) * 1000000)::bigint) as snapshot,
      coalesce(v.follow_seq, s.change_seq) as last
    from catalogue_state as s
    left join catalogue_version as v on v.version = s.version`);
  if (leap === undefined) throw new Error('catalogue_state has no row.');
  const { snapshot, last } = leap;
  const moved = snapshot - last;
  await tx.query(sql`
    update change_block
    set first_seq = first_seq + ${moved}::bigint
    where first_seq > ${last}::bigint`);
  const block = await openBlock(tx);
  await recordSnapshot(tx, block);
  // Its time is that of the change before it: of those behind it none is earlier.
  await tx.query(sql`
    update change_block
    set
      first_seq = ${snapshot}::bigint,
      changes = 1,
      committed_at = coalesce(
        (select max(committed_at) from change_block where first_seq <= ${last}::bigint),
        (select min(committed_at) from change_block where first_seq > ${snapshot}::bigint),
        now()
      )
    where block = ${block}`);
  await tx.query(sql`
    update catalogue_state
    set
      change_seq = change_seq + ${moved}::bigint,
      changed_at = coalesce(changed_at, now())`);
  await tx.query(sql`
    update catalogue_version
    set follow_seq = ${snapshot}::bigint
    where version = (select version from catalogue_state)`);
}
