import sql, { raw } from 'sql-template-tag';

import type { Database, Transaction } from '../../db/database.ts';
import type { Writer } from '../../model/writers.ts';
import { CATALOGUE_CHANNEL } from '../channel.ts';
import type { ServedState } from '../queries/catalogue-state.ts';
import { appendJournal, type NewJournalEntry } from './journal.ts';
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
 * One write of a person's in one transaction: what `work` changes at a moment, its journal entry, and what is kept for a
 * repeat of the request. `catalogue_state` is locked last, so entries are numbered in the order of commits.
 */
export async function write<R extends object>(
  { db, now, newId, onWritten }: Omit<EntryWorld, 'idSalt'>,
  { apiKey, ticket }: Writer,
  work: (tx: Transaction, at: Date) => Promise<Written<R>>,
): Promise<R> {
  const { result, state } = await db.transaction(async (tx) => {
    const at = now();
    const { entry, result } = await work(tx, at);
    if (ticket !== null) await fillTicket(tx, ticket, result);
    const written = { ...entry, id: newId(), writtenAt: at, apiKeyId: apiKey?.id ?? null };
    const state = await appendJournal(tx, written);
    await tx.query(sql`select ${raw(`pg_notify('${CATALOGUE_CHANNEL}', '')`)}`);
    return { result, state };
  });
  onWritten(state);
  return result;
}
