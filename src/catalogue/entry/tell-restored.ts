import sql from 'sql-template-tag';

import type { Transaction } from '../../db/database.ts';
import { commitBlock, openBlock } from '../changes/change-block.ts';
import type { JournalAction } from './journal.ts';
import { recordCommentEntry } from './record-comment-entry.ts';

/** Notes the journal's entries and their numbers, before others are brought in. */
export async function noteOwnEntries(tx: Transaction): Promise<void> {
  await tx.execute('create temp table own_entry on commit drop as select id, seq from journal');
}

/**
 * Has the feed follow a journal into which entries were brought since its own were noted: what it told before stays with the
 * entries that it was told of, and what was done to comments is told. A feed that has told nothing yet begins with all of it.
 */
export async function tellRestored(tx: Transaction, idSalt: string): Promise<void> {
  await tx.query(sql`
    update change_block as b
    set journal_seq = j.seq
    from own_entry as o
    join journal as j on j.id = o.id
    where b.journal_seq = o.seq
      and j.seq <> o.seq`);
  for (const entry of await listBroughtOfComments(tx)) {
    const block = await openBlock(tx);
    const changes = await recordCommentEntry(tx, idSalt, { block, changes: 0, ...entry });
    await commitBlock(tx, { block, changes }, { journalSeq: entry.seq, apiKeyId: entry.apiKeyId });
  }
}

interface BroughtEntry extends Pick<JournalAction, 'action'> {
  readonly seq: number;
  readonly titleKey: string;
  readonly commentId: string;
  readonly apiKeyId: string | null;
}

function listBroughtOfComments(tx: Transaction): Promise<BroughtEntry[]> {
  return tx.query<BroughtEntry>(sql`
    select j.seq, j.action, j.title_key as "titleKey", j.comment_id as "commentId", j.api_key_id as "apiKeyId"
    from journal as j
    where j.comment_id is not null
      and not exists (select from own_entry as o where o.id = j.id)
      and exists (select from catalogue_state where change_seq > 0)
    order by j.seq`);
}
