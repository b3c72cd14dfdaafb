import sql from 'sql-template-tag';

import type { Transaction } from '../../db/database.ts';
import { TitleWatch } from '../changes/title-watch.ts';
import { listTitlesWrittenSince } from '../entry/journal.ts';
import type { PublishWork } from './publish-request.ts';
import type { StagedChanges } from './stage-changes.ts';

/**
 * Watches the titles that people wrote since the version was merged, which is served on as they wrote it: what the publish
 * makes of them is known only in its last transaction. To be called there, once nobody else can write, before anything changes.
 */
export async function watchWritten(tx: Transaction, { idSalt, version }: PublishWork): Promise<TitleWatch> {
  const watch = new TitleWatch(tx);
  const written = await listTitlesWrittenSince(tx, idSalt, version.journalSeq);
  const led = await tx.query<{ id: string }>(sql`
    with recursive led (id) as (
      select unnest(${written}::uuid[])
      union
      select leads.title_id
      from led
      join (
        select alias_id, title_id from title_alias
        union all
        select alias_id, led_to from title_alias where led_to is not null
        union all
        select alias_id, title_id from publish_alias
      ) as leads on leads.alias_id = led.id
    )
    select id from led`);
  await watch.watch(led.map(({ id }) => id));
  return watch;
}

/** Puts what became of the titles watched in the place of what was staged of them; gives how many changes there are then. */
export async function settleChanges(
  tx: Transaction,
  { block, changes, isSnapshot }: StagedChanges,
  watch: TitleWatch,
): Promise<number> {
  if (isSnapshot || watch.ids.length === 0) return changes;
  const removed = await tx.query<{ place: number }>(sql`
    delete from change
    where block = ${block}
      and title_id = any(${watch.ids}::uuid[])
    returning place`);
  const left = changes - removed.length;
  await closeGaps(
    tx,
    block,
    left,
    removed.map(({ place }) => place),
  );
  return watch.record(block, left);
}

/** Moves the last changes of the block to the places that are free, so that its `left` changes are numbered without a gap. */
async function closeGaps(
  tx: Transaction,
  block: number,
  left: number,
  free: readonly number[],
): Promise<void> {
  const gaps = free.filter((place) => place <= left);
  if (gaps.length === 0) return;
  await tx.query(sql`
    update change as c
    set place = gap.place
    from (
      select place, row_number() over (order by place) as turn
      from unnest(${gaps}::int[]) as free (place)
    ) as gap
    join (
      select place, row_number() over (order by place) as turn
      from change
      where block = ${block}
        and place > ${left}
    ) as late on late.turn = gap.turn
    where c.block = ${block}
      and c.place = late.place`);
}
