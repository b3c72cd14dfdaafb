import sql, { raw } from 'sql-template-tag';

import type { Database, Transaction } from '../../db/database.ts';
import type { Writer } from '../../model/writers.ts';
import { commitBlock, openBlock } from '../changes/change-block.ts';
import { TitleWatch } from '../changes/title-watch.ts';
import { CATALOGUE_CHANNEL } from '../channel.ts';
import type { ServedState } from '../queries/catalogue-state.ts';
import { appendJournal, type NewJournalEntry } from './journal.ts';
import { recordCommentEntry } from './record-comment-entry.ts';
import { fillTicket } from './ticket.ts';

/** All that those who write for people are handed of the world. */
export interface EntryWorld {
  readonly db: Database;
  readonly idSalt: string;
  readonly now: () => Date;
  /** A new UUID. */
  readonly newId: () => string;
  /** Hears what is served after each write, before whoever wrote is answered. */
  readonly onWritten: (state: ServedState) => void;
}

/** What a write did: its journal entry, and what its caller is given. */
export interface Written<R> {
  readonly entry: NewJournalEntry;
  readonly result: R;
}

/**
 * One write of a person's in one transaction: what `work` changes at a moment, its journal entry, what the feed tells of it,
 * and what is kept for a repeat of the request. `work` has a title watched before it changes it. `catalogue_state` is locked
 * last, so entries and changes are numbered in the order of commits.
 */
export async function write<R extends object>(
  { db, idSalt, now, newId, onWritten }: EntryWorld,
  { apiKey, ticket }: Writer,
  work: (tx: Transaction, at: Date, watch: TitleWatch) => Promise<Written<R>>,
): Promise<R> {
  const apiKeyId = apiKey?.id ?? null;
  const { result, state } = await db.transaction(async (tx) => {
    const at = now();
    const watch = new TitleWatch(tx);
    const { entry, result } = await work(tx, at, watch);
    if (ticket !== null) await fillTicket(tx, ticket, result);
    const block = await openBlock(tx);
    const changes = await recordWritten(tx, idSalt, block, watch, entry);
    const state = await appendJournal(tx, { ...entry, id: newId(), writtenAt: at, apiKeyId });
    await commitBlock(tx, { block, changes }, { journalSeq: state.journalSeq, apiKeyId });
    await tx.query(sql`select ${raw(`pg_notify('${CATALOGUE_CHANNEL}', '')`)}`);
    return { result, state };
  });
  onWritten(state);
  return result;
}

/** Writes what the feed tells of a write into the block; gives how many changes that are. */
async function recordWritten(
  tx: Transaction,
  idSalt: string,
  block: number,
  watch: TitleWatch,
  { action, titleKey, commentId }: NewJournalEntry,
): Promise<number> {
  const changes = await watch.record(block, 0);
  if (commentId === undefined) return changes;
  return recordCommentEntry(tx, idSalt, { block, changes, action, titleKey, commentId });
}
