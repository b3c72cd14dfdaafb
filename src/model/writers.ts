import type { FilmEntry } from './film-entry.ts';
import type { FilmValues } from './film-values.ts';

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
  /** Whose key this is; null if there is none or it is revoked. */
  findApiKey(key: string): Promise<ApiKey | null>;
}
