import sql from 'sql-template-tag';

import type { Queryable, Transaction } from '../../db/database.ts';
import type { JournalEntry } from './journal.ts';
import { rebuildComments } from './rebuild-comments.ts';
import { noteOwnEntries, tellRestored } from './tell-restored.ts';
import type { EntryWorld } from './write.ts';

/** The journal that the lake has kept, from its beginning, some entries at a time; it may be read more than once. */
type KeptJournal = () => AsyncIterable<readonly JournalEntry[]>;

/**
 * Takes back the entries that the lake has kept and the journal lacks, as after a rebuild into an empty database, and the
 * comments that they are about, of which the feed tells. They come first, in their order; the journal's other entries are numbered after them.
 */
export async function restoreJournal(
  { db, idSalt }: Pick<EntryWorld, 'db' | 'idSalt'>,
  kept: KeptJournal,
): Promise<void> {
  if (!(await lacksAny(db, kept))) return;
  await db.transaction(async (tx) => {
    // In the order in which writers take them: one that holds a comment and waits for the row below would be waited for.
    await tx.execute('lock table comment, journal in share row exclusive mode');
    // Whoever writes to the journal waits for this row.
    await tx.query(sql`update catalogue_state set journal_seq = journal_seq`);
    await noteOwnEntries(tx);
    await tx.query(sql`update journal set seq = -seq`);
    await tx.execute('create temp table restored_comment (id uuid) on commit drop');
    let count = 0;
    for await (const entries of kept()) {
      await takeBack(tx, entries);
      count += entries.length;
    }
    await tx.query(sql`
      update journal as j
      set seq = ${count} + own.place
      from (select seq, row_number() over (order by seq desc) as place from journal where seq < 0) as own
      where j.seq = own.seq`);
    await tx.query(sql`update catalogue_state set journal_seq = (select max(seq) from journal)`);
    await rebuildComments(tx, idSalt);
    await tellRestored(tx, idSalt);
  });
}

async function lacksAny(db: Queryable, kept: KeptJournal): Promise<boolean> {
  for await (const entries of kept()) {
    const ids = entries.map(({ id }) => id);
    const [missing] = await db.query(sql`
      select k.id
      from unnest(${ids}::uuid[]) as k (id)
      where not exists (select from journal as j where j.id = k.id)
      limit 1`);
    if (missing !== undefined) return true;
  }
  return false;
}

/** The entries by their own numbers, whether they were there or not; notes the comments of those that were not. */
async function takeBack(tx: Transaction, entries: readonly JournalEntry[]): Promise<void> {
  const given = JSON.stringify(entries);
  await tx.query(sql`
    with taken as (
      insert into journal (seq, id, written_at, api_key_id, action, title_key, comment_id, document)
      select k.seq, k.id, k."writtenAt", k."apiKeyId", k.action, k."titleKey", k."commentId", k.document
      from jsonb_to_recordset(${given}::jsonb) as k (
        seq bigint, id uuid, "writtenAt" timestamptz, "apiKeyId" uuid, action text, "titleKey" text,
        "commentId" uuid, document jsonb
      )
      where not exists (select from journal as j where j.id = k.id)
      returning comment_id
    )
    insert into restored_comment (id)
    select comment_id
    from taken
    where comment_id is not null`);
  await tx.query(sql`
    update journal as j
    set seq = k.seq
    from jsonb_to_recordset(${given}::jsonb) as k (seq bigint, id uuid)
    where j.id = k.id
      and j.seq < 0`);
}
