import { AsyncLocalStorage } from 'node:async_hooks';
import { resolve } from 'node:path';

import { csvPieces } from './csv-pieces.ts';
import type { Database, Row, Statement, Transaction } from './database.ts';
import { ABORTED, DatabaseError } from './database-error.ts';
import { lendTransaction } from './lent-transaction.ts';
import { startThread, type Thread } from './pglite-calls.ts';
import type { ThreadResult } from './pglite-messages.ts';
import { Turns } from './turns.ts';
import { copyStatement, encodeParameter, identifier, valueParser } from './values.ts';

/** A piece of CSV loads in well under 200 ms, for which the database answers nothing else. */
const COPY_PIECE_BYTES = 2_000_000;

/**
 * Opens the embedded database in `folder`, which is made if it is not there: PostgreSQL in a thread of this process,
 * on one connection, on which statements and transactions take turns in the order of asking. An idle database does
 * not keep the process alive. Errors: `database_unreachable` if the folder cannot be opened or the thread has ended.
 */
export async function openPglite(options: { folder: string }): Promise<Database> {
  const thread = await startThread(resolve(options.folder));
  const turns = new Turns();
  const inTransaction = new AsyncLocalStorage<{ open: boolean }>();
  const locks = new Set<string>();
  const direct = queriesOf(thread);

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (inTransaction.getStore()?.open === true) {
      throw new Error('Within a transaction, ask its own tx: the one connection is held by it.');
    }
    return turns.run(work);
  }

  return {
    engine: 'pglite',
    query: async <R extends object = Row>(statement: Statement) => inTurn(() => direct.query<R>(statement)),
    execute: async (text) => inTurn(() => direct.execute(text)),
    transaction: async (work) =>
      inTurn(() => {
        const state = { open: true };
        return inTransaction
          .run(state, () => runTransaction(thread, work))
          .finally(() => (state.open = false));
      }),
    listen: async (channel, onNotice) => {
      await inTurn(() => direct.execute(`listen ${identifier(channel)}`));
      return thread.onNotice(channel, onNotice);
    },
    withLock: async (name, work) => {
      if (locks.has(name)) return null;
      locks.add(name);
      try {
        return await work();
      } finally {
        locks.delete(name);
      }
    },
    close: () =>
      turns
        .run(() => thread.close())
        .finally(() => {
          // Else every promise of the process would carry it along for ever.
          inTransaction.disable();
        }),
  };
}

async function runTransaction<T>(thread: Thread, work: (tx: Transaction) => Promise<T>): Promise<T> {
  await thread.call({ kind: 'execute', text: 'begin' });
  let result: T;
  try {
    const tx = { ...queriesOf(thread), copyIn: (...what: CopyArguments) => copyIn(thread, ...what) };
    result = await lendTransaction(tx, work);
  } catch (error) {
    await thread.call({ kind: 'execute', text: 'rollback' }).catch(() => undefined);
    throw error;
  }
  const { command } = await thread.call({ kind: 'execute', text: 'commit' });
  if (command !== 'COMMIT') throw new DatabaseError(ABORTED);
  return result;
}

function queriesOf(thread: Thread) {
  return {
    engine: 'pglite' as const,
    async query<R extends object = Row>({ text, values, planEachTime = false }: Statement): Promise<R[]> {
      const call = { kind: 'query', text, values: values.map(encodeParameter), planEachTime } as const;
      return rowsOf<R>(await thread.call(call));
    },
    async execute(text: string): Promise<void> {
      await thread.call({ kind: 'execute', text });
    },
  };
}

function rowsOf<R extends object>({ columns, rows }: ThreadResult): R[] {
  const readers = columns.map(({ name, oid }) => ({ name, parse: valueParser(oid) }));
  return rows.map((values) => {
    const row: Row = {};
    readers.forEach(({ name, parse }, at) => {
      const text = values[at];
      row[name] = text === null || text === undefined ? null : parse(text);
    });
    return row as R;
  });
}

type CopyArguments = Parameters<Transaction['copyIn']>;

async function copyIn(thread: Thread, ...[table, columns, csv]: CopyArguments): Promise<number> {
  const text = copyStatement(table, columns, `'/dev/blob'`);
  let rows = 0;
  for await (const piece of csvPieces(csv as AsyncIterable<Uint8Array | string>, COPY_PIECE_BYTES)) {
    rows += (await thread.call({ kind: 'copy', text, csv: piece }, [piece.buffer])).count;
  }
  return rows;
}
