import type { Comment, CommentWords, WrittenComment } from './comment.ts';
import type { FilmEntry } from './film-entry.ts';
import type { FilmValues } from './film-values.ts';
import type { DecidedMatch, MatchDecision } from './match.ts';

/** What a person can have done, as the journal names it. */
export const JOURNAL_ACTIONS = [
  'enter_title',
  'set_values',
  'write_comment',
  'change_comment',
  'delete_comment',
  'decide_match',
] as const;

/** Who holds an API key, and what it may do; `admin` may do whatever `write` may. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly role: 'write' | 'admin';
}

/** The place that is kept for what a request with an `Idempotency-Key` comes to. */
export interface Ticket {
  readonly holder: string;
  readonly key: string;
  /** Of this try: one that takes over from a dead one has another. */
  readonly ticket: string;
}

/** Whose write it is, and what is kept of it besides. */
export interface Writer {
  /** Null: of someone without a key. */
  readonly apiKey: ApiKey | null;
  /** Filled in the transaction of the write; null: nobody asked for it. */
  readonly ticket: Ticket | null;
}

/** Whether the writer expects what is written in this state; what `If-Match` says. */
export type IsExpected = (state: string) => boolean;

/** A comment to be written. */
export interface NewComment {
  /** The title's own UUID. */
  readonly titleId: string;
  readonly words: CommentWords;
}

/** Which words of a comment are to be others. */
export interface CommentChange {
  readonly id: string;
  readonly words: { readonly [Word in keyof CommentWords]?: CommentWords[Word] | undefined };
}

/** Whoever changes what somebody wrote. */
export interface Editor {
  readonly apiKey: ApiKey | null;
  readonly editToken: string | null;
  readonly isExpected: IsExpected;
}

/** A request that may come again, and is to be done once. */
export interface RepeatableRequest {
  /** Whose key it is: an API key, or an address. */
  readonly holder: string;
  /** What it bears as `Idempotency-Key`. */
  readonly key: string;
  /** Method, path and body, as text: another one is another request. */
  readonly content: string;
}

/** An answer as it is kept for repeats. */
export interface KeptAnswer {
  readonly status: number;
  readonly location: string;
  readonly json: string;
  /** Tells the entity that was made; null: it is none that can be written. */
  readonly entityState: string | null;
}

/** Whether a request is to be done now, or what it came to when it was done. */
export type Claim =
  | { readonly state: 'new'; readonly ticket: Ticket }
  | {
      readonly state: 'done';
      readonly ticket: Ticket;
      /** What was done, as the write gave it. */
      readonly result: unknown;
      /** Null: it was not kept. */
      readonly answer: KeptAnswer | null;
    };

/** What serving may have written. Each write is one transaction with its journal entry. */
export interface Writers {
  /**
   * Enters a film that no source has, and gives its public id once it is served. Throws `title_exists` when its IMDb
   * id is one of a title served.
   */
  enterFilm(entry: FilmEntry, writer: Writer): Promise<{ readonly id: string }>;
  /**
   * Sets values of the film with this id, which win over what every source says until they are withdrawn. Throws
   * `title_not_found`, and `precondition_failed` where the film is not in the state that the writer expects.
   */
  setValues(id: string, values: FilmValues, isExpected: IsExpected, writer: Writer): Promise<object>;
  /**
   * Decides whether the claim whose own key has this id is of a title; the next merge heeds it. Throws `match_not_found`,
   * `decision_invalid`, `match_conflict`.
   */
  decideMatch(id: string, decision: MatchDecision, writer: Writer): Promise<DecidedMatch>;
  /** Writes a comment about a title served. Throws `title_gone` where no title has its id any longer. */
  writeComment(comment: NewComment, writer: Writer): Promise<WrittenComment>;
  /** Gives the comment as it is then. Throws `comment_not_found`, `not_author`, `precondition_failed`. */
  changeComment(change: CommentChange, editor: Editor): Promise<Comment>;
  /** Errors as of a change. */
  deleteComment(id: string, editor: Editor): Promise<void>;
  /** The token by which its holder can change the comment. */
  editTokenOf(commentId: string): string;
  /** Whose key this is; null if there is none or it is revoked. */
  findApiKey(key: string): Promise<ApiKey | null>;
  /**
   * Takes the request for this try, unless it was done within the last day. Throws `request_in_flight` where another try is
   * at work, and `idempotency_mismatch` where the key was used for another request.
   */
  claimRequest(request: RepeatableRequest): Promise<Claim>;
  /** Notes what was done where that is no write. Throws `request_in_flight` where another try has taken over. */
  fillTicket(ticket: Ticket, result: object): Promise<void>;
  keepAnswer(ticket: Ticket, answer: KeptAnswer): Promise<void>;
  /** After a try that failed: the request may be tried again. */
  freeRequest(ticket: Ticket): Promise<void>;
}
