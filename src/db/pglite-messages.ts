import type { Statement } from './database.ts';
import type { DriverFailure } from './database-error.ts';

/** What the thread is started with. */
export interface ThreadStart {
  readonly folder: string;
  readonly engine: WebAssembly.Module;
}

/** What the thread is asked, `open` first and `close` last; it answers in the order of asking. */
export type ThreadCall =
  | { readonly kind: 'open' }
  | ({ readonly kind: 'query'; readonly values: readonly (string | null)[] } & Required<
      Pick<Statement, 'text' | 'planEachTime'>
    >)
  | { readonly kind: 'execute'; readonly text: string }
  | { readonly kind: 'copy'; readonly text: string; readonly csv: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'close' };

/** Rows as PostgreSQL wrote them, and the command as its tag names it. */
export interface ThreadResult {
  readonly columns: readonly { readonly name: string; readonly oid: number }[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly command: string;
  /** Rows that the command wrote or gave. */
  readonly count: number;
}

/** The answer to the call `id`, or a notice. */
export type ThreadReply =
  | { readonly kind: 'result'; readonly id: number; readonly result: ThreadResult }
  | { readonly kind: 'failure'; readonly id: number; readonly failure: DriverFailure }
  | { readonly kind: 'notice'; readonly channel: string };
