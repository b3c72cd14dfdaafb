import sql from 'sql-template-tag';

import type { Queryable, Transaction } from '../../db/database.ts';

// Changes are written in blocks, one for each transaction that changes something. Nobody sees a block that has no number.

/** Whose changes a block holds. */
export type ChangeOrigin =
  | { readonly version: number }
  | {
      readonly journalSeq: number;
      /** Null: of someone without a key. */
      readonly apiKeyId: string | null;
    };

/** A new block, not seen by anyone yet. */
export async function openBlock(db: Queryable): Promise<number> {
  const [row] = await db.query<{ block: number }>(
    sql`insert into change_block default values returning block`,
  );
  if (row === undefined) throw new Error('A block of changes was not made.');
  return row.block;
}

/** Writes the one change of a block that says that everything may be otherwise. */
export async function recordSnapshot(db: Queryable, block: number): Promise<void> {
  await db.query(sql`insert into change (block, place, kind) values (${block}, 1, 'snapshot')`);
}

/**
 * Numbers the changes of a block, which are seen from the commit on; one without changes goes. Locks the row of
 * `catalogue_state`, so it comes last in its transaction: the order of commits is the order of numbers.
 */
export async function commitBlock(
  tx: Transaction,
  { block, changes }: { readonly block: number; readonly changes: number },
  origin: ChangeOrigin,
): Promise<void> {
  if (changes === 0) {
    await tx.query(sql`delete from change_block where block = ${block}`);
    return;
  }
  const of = { version: null, journalSeq: null, apiKeyId: null, ...origin };
  const numbered = await tx.query(sql`
    with state as (
      update catalogue_state
      set
        change_seq = change_seq + ${changes}::int,
        changed_at = greatest(clock_timestamp(), changed_at)
      returning change_seq, changed_at
    )
    update change_block as b
    set
      first_seq = state.change_seq - ${changes}::int + 1,
      changes = ${changes},
      committed_at = state.changed_at,
      version = ${of.version},
      journal_seq = ${of.journalSeq},
      api_key_id = ${of.apiKeyId}
    from state
    where b.block = ${block}
    returning b.block`);
  if (numbered.length === 0) throw new Error(`The block ${block} of changes is not there.`);
}
