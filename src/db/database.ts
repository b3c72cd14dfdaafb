import type { Readable } from 'node:stream';

export type Row = Record<string, unknown>;

/** A statement with bound parameters `$1…$n`; `sql` of `sql-template-tag` builds it. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Whether the best plan hangs on the values, so that it is planned at each use; else it is planned once. */
  readonly planEachTime?: boolean;
}

/** What can be asked outside and inside a transaction. */
export interface Queryable {
  readonly engine: 'pglite' | 'postgres';
  /**
   * Runs one statement and gives its rows. Types: `int8` and `float8` are numbers, `numeric` text,
   * `timestamptz` a Date, `date` text, `json` and `jsonb` parsed, arrays arrays. A parameter that is an array becomes
   * an array, an object JSON; a JSON array is given as text.
   */
  query<R extends object = Row>(statement: Statement): Promise<R[]>;
  /** Runs several statements without parameters, as a migration or a maintenance step does; gives nothing. */
  execute(text: string): Promise<void>;
}

/** A database, to be read. Each statement sees one moment (read committed). */
export interface Database extends Queryable {
  /**
   * Runs `work` in one transaction: commits what it did, or nothing if it throws. Not to be nested, and within it
   * only `tx` is asked, which runs what it is asked in order.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /**
   * Calls `onNotice` whenever some process commits a `notify` on `channel`; gives a function that stops
   * listening. A lost connection is taken up again, and then every listener is called once.
   */
  listen(channel: string, onNotice: () => void): Promise<() => Promise<void>>;
  /**
   * Runs `work` while holding the lock `name`, over all processes on this database; null if it is held
   * elsewhere. On a server it is an advisory lock on a connection of its own, which a dead holder loses.
   */
  withLock<T>(name: string, work: () => Promise<T>): Promise<T | null>;
  close(): Promise<void>;
}

/** A database inside a transaction, to be written. */
export interface Transaction extends Queryable {
  /**
   * Copies CSV (no header, an unquoted empty field is null) from `csv` into `table`, in the order of
   * `columns`; gives the number of rows.
   */
  copyIn(table: string, columns: readonly string[], csv: Readable): Promise<number>;
}
