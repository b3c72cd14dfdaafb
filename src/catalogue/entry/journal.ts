import sql from 'sql-template-tag';

import type { Queryable, Transaction } from '../../db/database.ts';
import type { FilmEntry } from '../../model/film-entry.ts';
import { serveEnteredFilm } from './film-row.ts';

/** A journal row as the lake keeps it, one line of NDJSON. */
export interface JournalEntry {
  readonly seq: number;
  readonly writtenAt: string;
  readonly action: 'enter_title';
  readonly titleKey: string;
  readonly document: FilmEntry;
}

/** The entries after `since`, in the order of their commits. */
export async function listJournal(db: Queryable, since: number): Promise<JournalEntry[]> {
  const rows = await db.query<Omit<JournalEntry, 'writtenAt'> & { writtenAt: Date }>(sql`
    select seq, written_at as "writtenAt", action, title_key as "titleKey", document
    from journal
    where seq > ${since}
    order by seq`);
  return rows.map((row) => ({ ...row, writtenAt: row.writtenAt.toISOString() }));
}

/**
 * Appends to the journal and gives the entry's number. Locks the row of `catalogue_state`, so it comes last in its
 * transaction: entries are numbered in the order in which they are committed.
 */
export async function appendJournal(
  tx: Transaction,
  entry: Pick<JournalEntry, 'action' | 'titleKey' | 'document'> & { readonly apiKeyId: string | null },
): Promise<number> {
  const [row] = await tx.query<{ seq: number }>(sql`
    with next as (
      update catalogue_state
      set journal_seq = journal_seq + 1
      returning journal_seq
    )
    insert into journal (seq, api_key_id, action, title_key, document)
    select journal_seq, ${entry.apiKeyId}, ${entry.action}, ${entry.titleKey}, ${JSON.stringify(entry.document)}
    from next
    returning seq`);
  if (row === undefined) throw new Error('The journal took no entry: catalogue_state has no row.');
  return row.seq;
}

/** Serves again what was entered after `since`: the last step of a publish that did not know of it. */
export async function replayJournal(tx: Transaction, idSalt: string, since: number): Promise<void> {
  for (const { titleKey, document } of await listJournal(tx, since)) {
    await serveEnteredFilm(tx, idSalt, { titleKey, entry: document });
  }
}
