import sql from 'sql-template-tag';

import type { Database, Queryable, Transaction } from '../../db/database.ts';
import type { FilmEntry } from '../../model/film-entry.ts';
import type { FilmValues } from '../../model/film-values.ts';
import { findServedId, nameGenres, serveEnteredFilm } from './film-row.ts';
import { serveValues } from './serve-values.ts';

/** What a person wrote, by what was done. */
export type JournalAction =
  | { readonly action: 'enter_title'; readonly document: FilmEntry }
  | { readonly action: 'set_values'; readonly document: FilmValues };

/** An entry as whoever writes gives it. */
export type NewJournalEntry = JournalAction & {
  /** The whole key of the title that it is about: `imdb:tt0133093`, `local:0f2c…`. */
  readonly titleKey: string;
  /** The comment that it is about, where it is about one. */
  readonly commentId?: string;
};

/** A journal row as the lake keeps it, one line of NDJSON. */
export type JournalEntry = JournalAction & {
  readonly id: string;
  readonly seq: number;
  readonly writtenAt: string;
  /** The API key that wrote it; null: someone without one. */
  readonly apiKeyId: string | null;
  readonly titleKey: string;
  readonly commentId: string | null;
};

/** The entries after `since`, in the order of their commits. */
export async function listJournal(db: Queryable, since: number): Promise<JournalEntry[]> {
  const rows = await db.query<JournalEntry & { writtenAt: Date }>(sql`
    select
      id, seq, written_at as "writtenAt", api_key_id as "apiKeyId", action, title_key as "titleKey",
      comment_id as "commentId", document
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
  entry: NewJournalEntry & {
    readonly id: string;
    readonly writtenAt: Date;
    readonly apiKeyId: string | null;
  },
): Promise<number> {
  const [row] = await tx.query<{ seq: number }>(sql`
    with next as (
      update catalogue_state
      set journal_seq = journal_seq + 1
      returning journal_seq
    )
    insert into journal (seq, id, written_at, api_key_id, action, title_key, comment_id, document)
    select
      journal_seq, ${entry.id}, ${entry.writtenAt}, ${entry.apiKeyId}, ${entry.action}, ${entry.titleKey},
      ${entry.commentId ?? null}, ${JSON.stringify(entry.document)}
    from next
    returning seq`);
  if (row === undefined) throw new Error('The journal took no entry: catalogue_state has no row.');
  return row.seq;
}

/** Serves again what was entered after `since`: the last step of a publish that did not know of it. */
export async function replayJournal(tx: Transaction, idSalt: string, since: number): Promise<void> {
  for (const entry of await listJournal(tx, since)) await replayEntry(tx, idSalt, entry);
}

/** A title that nobody describes any more has no row to set values in: they come back with it. */
async function replayEntry(tx: Transaction, idSalt: string, entry: JournalEntry): Promise<void> {
  const { titleKey } = entry;
  if (entry.action === 'enter_title') {
    const genres = await nameGenres(tx, entry.document.genres);
    await serveEnteredFilm(tx, idSalt, { titleKey, entry: { ...entry.document, genres } });
    return;
  }
  const id = await findServedId(tx, idSalt, titleKey);
  if (id !== null) await serveValues(tx, id, entry.document);
}

/**
 * Takes back the entries that the lake has kept and the journal lacks, as after a rebuild into an empty database. They
 * come first, in their order; the journal's other entries are numbered after them.
 */
export async function restoreJournal(db: Database, kept: readonly JournalEntry[]): Promise<void> {
  const ids = kept.map(({ id }) => id);
  const [known] = await db.query<{ entries: number }>(
    sql`select count(*) as entries from journal where id = any(${ids}::uuid[])`,
  );
  if (known?.entries === kept.length) return;
  await db.transaction(async (tx) => {
    // Whoever writes to the journal waits for this row.
    await tx.query(sql`update catalogue_state set journal_seq = journal_seq`);
    await tx.query(sql`update journal set seq = -seq`);
    await tx.query(sql`
      insert into journal (seq, id, written_at, api_key_id, action, title_key, comment_id, document)
      select k.seq, k.id, k."writtenAt", k."apiKeyId", k.action, k."titleKey", k."commentId", k.document
      from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as k (
        seq bigint, id uuid, "writtenAt" timestamptz, "apiKeyId" uuid, action text, "titleKey" text,
        "commentId" uuid, document jsonb
      )
      where not exists (select from journal as j where j.id = k.id)`);
    await tx.query(sql`
      update journal as j
      set seq = k.seq
      from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb) as k (seq bigint, id uuid)
      where j.id = k.id
        and j.seq < 0`);
    await tx.query(sql`
      update journal as j
      set seq = ${kept.length} + own.place
      from (select seq, row_number() over (order by seq desc) as place from journal where seq < 0) as own
      where j.seq = own.seq`);
    await tx.query(sql`update catalogue_state set journal_seq = (select max(seq) from journal)`);
  });
}
