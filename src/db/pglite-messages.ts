import type { DriverFailure } from './database-error.ts';

/** What the thread is asked; it answers in the order of asking. */
export type ThreadCall =
  | { readonly kind: 'query'; readonly text: string; readonly values: readonly (string | null)[] }
  | { readonly kind: 'execute'; readonly text: string }
  | { readonly kind: 'copy'; readonly text: string; readonly csv: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'close' };

/** Rows as PostgreSQL wrote them, and the command as its tag names it. */
export interface ThreadResult {
  readonly columns: readonly { readonly name: string; readonly oid: number }[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly command: string | null;
  /** Rows that the command wrote or gave. */
  readonly count: number;
}

export type ThreadReply =
  | { readonly kind: 'open' }
  | { readonly kind: 'result'; readonly call: number; readonly result: ThreadResult }
  | { readonly kind: 'failure'; readonly call: number | null; readonly failure: DriverFailure }
  | { readonly kind: 'notice'; readonly channel: string };
