import sql, { raw } from 'sql-template-tag';

import type { Database, Transaction } from '../../db/database.ts';
import type { Writer } from '../../model/writers.ts';
import { commitBlock, openBlock } from '../changes/change-block.ts';
import { TitleWatch } from '../changes/title-watch.ts';
import { CATALOGUE_CHANNEL } from '../channel.ts';
import { appendJournal, type NewJournalEntry } from './journal.ts';

/** All that those who write for people are handed of the world. */
export interface EntryWorld {
  readonly db: Database;
  readonly idSalt: string;
  readonly now: () => Date;
  /** A new UUID. */
  readonly newId: () => string;
}

/** What a write did: its journal entry, and what its caller is given. */
export interface Written<R> {
  readonly entry: NewJournalEntry;
  readonly result: R;
}

/**
 * One write of a person's in one transaction: what `work` changes, its journal entry, what the feed tells of it, and what is
 * kept for a repeat of the request. `work` has a title watched before it changes it. `catalogue_state` is locked last, so
 * entries and changes are numbered in the order of commits.
 */
export async function write<R extends object>(
  { db, now, newId }: Omit<EntryWorld, 'idSalt'>,
  { apiKey, ticket }: Writer,
  work: (tx: Transaction, watch: TitleWatch) => Promise<Written<R>>,
): Promise<R> {
  const apiKeyId = apiKey?.id ?? null;
  return db.transaction(async (tx) => {
    const watch = new TitleWatch(tx);
    const { entry, result } = await work(tx, watch);
    if (ticket !== null) throw new Error('Tickets are not filled yet.');
    const block = await openBlock(tx);
    const changes = await watch.record(block, 0);
    const journalSeq = await appendJournal(tx, { ...entry, id: newId(), writtenAt: now(), apiKeyId });
    await commitBlock(tx, { block, changes }, { journalSeq, apiKeyId });
    await tx.query(sql`select ${raw(`pg_notify('${CATALOGUE_CHANNEL}', '')`)}`);
    return result;
  });
}
