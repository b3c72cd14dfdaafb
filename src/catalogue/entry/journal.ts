import sql from 'sql-template-tag';

import type { Queryable, Transaction } from '../../db/database.ts';
import type { CommentWords } from '../../model/comment.ts';
import type { FilmEntry } from '../../model/film-entry.ts';
import type { FilmValues } from '../../model/film-values.ts';
import type { DecisionRecord } from '../../model/match.ts';
import { titleId } from '../../model/title-key.ts';
import type { ServedState } from '../queries/catalogue-state.ts';
import { findServedId, nameGenres, serveEnteredFilm } from './film-row.ts';
import { serveValues } from './serve-values.ts';

/** What a person wrote, by what was done. */
export type JournalAction =
  | { readonly action: 'enter_title'; readonly document: FilmEntry }
  | { readonly action: 'set_values'; readonly document: FilmValues }
  | { readonly action: 'write_comment' | 'change_comment'; readonly document: CommentWords | Nothing }
  | { readonly action: 'delete_comment'; readonly document: Nothing }
  | { readonly action: 'decide_match'; readonly document: DecisionRecord };

/** What is left of the words of a comment that has been deleted. */
type Nothing = Readonly<Record<string, never>>;

/** The journal grows without end, so it is read so many entries at a time. */
const BATCH = 2_000;

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

/** The entries after `since`, in the order of their commits, some at a time; of those about comments only if asked for. */
export async function* readJournal(
  db: Queryable,
  since: number,
  about: 'titles' | 'titles and comments',
): AsyncGenerator<JournalEntry[]> {
  let last = since;
  for (;;) {
    const rows = await db.query<JournalEntry & { writtenAt: Date }>(sql`
      select
        id, seq, written_at as "writtenAt", api_key_id as "apiKeyId", action, title_key as "titleKey",
        comment_id as "commentId", document
      from journal
      where seq > ${last}
        and (comment_id is null or ${about === 'titles and comments'})
      order by seq
      limit ${BATCH}`);
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end.seq;
    yield rows.map((row) => ({ ...row, writtenAt: row.writtenAt.toISOString() }));
  }
}

/**
 * Appends to the journal and gives what is served once that is committed. Locks the row of `catalogue_state`, so it comes last in its
 * transaction: entries are numbered in the order in which they are committed.
 */
export async function appendJournal(
  tx: Transaction,
  entry: NewJournalEntry & {
    readonly id: string;
    readonly writtenAt: Date;
    readonly apiKeyId: string | null;
  },
): Promise<ServedState> {
  const [state] = await tx.query<ServedState>(sql`
    with next as (
      update catalogue_state
      set journal_seq = journal_seq + 1
      returning version, journal_seq
    ), appended as (
      insert into journal (seq, id, written_at, api_key_id, action, title_key, comment_id, document)
      select
        journal_seq, ${entry.id}, ${entry.writtenAt}, ${entry.apiKeyId}, ${entry.action}, ${entry.titleKey},
        ${entry.commentId ?? null}, ${JSON.stringify(entry.document)}
      from next
    )
    select version, journal_seq as "journalSeq"
    from next`);
  if (state === undefined) throw new Error('The journal took no entry: catalogue_state has no row.');
  return state;
}

/** The ids that the titles written about after `since` have, or had: comments left out. */
export async function listTitlesWrittenSince(
  db: Queryable,
  idSalt: string,
  since: number,
): Promise<string[]> {
  const keys = await db.query<{ key: string }>(sql`
    select title_key as key
    from journal
    where seq > ${since}
      and comment_id is null
    union
    select 'imdb:' || (document ->> 'imdbId')
    from journal
    where seq > ${since}
      and action = 'enter_title'
      and document ->> 'imdbId' is not null`);
  return keys.map(({ key }) => titleId(idSalt, key));
}

/** Serves again what was entered after `since`: the last step of a publish that did not know of it. */
export async function replayJournal(tx: Transaction, idSalt: string, since: number): Promise<void> {
  for await (const entries of readJournal(tx, since, 'titles'))
    for (const entry of entries) await replayEntry(tx, idSalt, entry);
}

/** A title that nobody describes any more has no row to set values in: they come back with it. */
async function replayEntry(tx: Transaction, idSalt: string, entry: JournalEntry): Promise<void> {
  const { titleKey } = entry;
  if (entry.action === 'enter_title') {
    const genres = await nameGenres(tx, entry.document.genres);
    await serveEnteredFilm(tx, idSalt, { titleKey, entry: { ...entry.document, genres } });
    return;
  }
  if (entry.action !== 'set_values') return;
  const id = await findServedId(tx, idSalt, titleKey, 'current');
  if (id !== null) await serveValues(tx, id, entry.document);
}
