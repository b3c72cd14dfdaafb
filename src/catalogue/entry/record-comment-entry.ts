import type { Transaction } from '../../db/database.ts';
import type { CommentEvent } from '../../model/change.ts';
import { titleId } from '../../model/title-key.ts';
import { recordComment } from '../changes/record-changes.ts';
import { findServedId } from './film-row.ts';
import type { JournalAction } from './journal.ts';

/** What the feed calls what was done to a comment. */
const COMMENT_EVENT: Readonly<Record<JournalAction['action'], CommentEvent | null>> = {
  enter_title: null,
  set_values: null,
  write_comment: 'written',
  change_comment: 'changed',
  delete_comment: 'deleted',
  decide_match: null,
};

interface CommentEntry {
  readonly block: number;
  /** How many changes the block has already. */
  readonly changes: number;
  readonly action: JournalAction['action'];
  readonly titleKey: string;
  readonly commentId: string;
}

/** Writes what the feed tells of a journal entry about a comment into a block; gives how many changes it has then. */
export async function recordCommentEntry(
  tx: Transaction,
  idSalt: string,
  { block, changes, action, titleKey, commentId }: CommentEntry,
): Promise<number> {
  const event = COMMENT_EVENT[action];
  if (event === null) return changes;
  const id = (await findServedId(tx, idSalt, titleKey)) ?? titleId(idSalt, titleKey);
  await recordComment(tx, {
    block,
    changes,
    title: { id, key: titleKey },
    comment: { id: commentId, event },
  });
  return changes + 1;
}
