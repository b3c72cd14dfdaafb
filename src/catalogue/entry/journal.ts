import sql from 'sql-template-tag';

import type { Database, Queryable, Transaction } from '../../db/database.ts';
import type { FilmEntry } from '../../model/film-entry.ts';
import { nameGenres, serveEnteredFilm } from './film-row.ts';

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
    const genres = await nameGenres(tx, document.genres);
    await serveEnteredFilm(tx, idSalt, { titleKey, entry: { ...document, genres } });
  }
}

/**
 * Takes back the entries that the lake has kept and the journal lacks, as after a rebuild into an empty database. They
 * come first, in their order; the journal's other entries are numbered after them.
 */
export async function restoreJournal(db: Database, kept: readonly JournalEntry[]): Promise<void> {
  const keys = kept.map(({ titleKey }) => titleKey);
  const [known] = await db.query<{ entries: number }>(
    sql`select count(*) as entries from journal where title_key = any(${keys})`,
  );
  if (known?.entries === kept.length) return;
  await db.transaction(async (tx) => {
    // Whoever writes to the journal waits for this row.
    await tx.query(sql`update catalogue_state set journal_seq = journal_seq`);
    await tx.query(sql`update journal set seq = -seq`);
    await tx.query(sql`
      insert into journal (seq, written_at, action, title_key, document)
      select k.seq, k."writtenAt", k.action, k."titleKey", k.document
      from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as k (
        seq bigint, "writtenAt" timestamptz, action text, "titleKey" text, document jsonb
      )
      where not exists (select from journal as j where j.title_key = k."titleKey")`);
    await tx.query(sql`
      update journal as j
      set seq = k.seq
      from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as k (seq bigint, "titleKey" text)
      where j.title_key = k."titleKey"
        and j.seq < 0`);
    await tx.query(sql`
      update journal as j
      set seq = ${kept.length} + own.place
      from (select seq, row_number() over (order by seq desc) as place from journal where seq < 0) as own
      where j.seq = own.seq`);
    await tx.query(sql`update catalogue_state set journal_seq = (select max(seq) from journal)`);
  });
}
