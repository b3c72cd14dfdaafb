import { AsyncLocalStorage } from 'node:async_hooks';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';

import { compiledModule } from '../lib/compiled-module.ts';
import { csvPieces } from './csv-pieces.ts';
import type { Database, Row, Statement, Transaction } from './database.ts';
import { ABORTED, DatabaseError, databaseError, unreachable } from './database-error.ts';
import type { ThreadCall, ThreadReply, ThreadResult } from './pglite-messages.ts';
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
    close: () => turns.run(() => thread.close()),
  };
}

async function runTransaction<T>(thread: Thread, work: (tx: Transaction) => Promise<T>): Promise<T> {
  await thread.call({ kind: 'execute', text: 'begin' });
  let result: T;
  try {
    result = await work({ ...queriesOf(thread), copyIn: (...what) => copyIn(thread, ...what) });
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
    async query<R extends object = Row>({ text, values }: Statement): Promise<R[]> {
      return rowsOf<R>(await thread.call({ kind: 'query', text, values: values.map(encodeParameter) }));
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

async function copyIn(
  thread: Thread,
  table: string,
  columns: readonly string[],
  csv: Readable,
): Promise<number> {
  const text = copyStatement(table, columns, `'/dev/blob'`);
  let rows = 0;
  for await (const piece of csvPieces(csv as AsyncIterable<Uint8Array | string>, COPY_PIECE_BYTES)) {
    rows += (await thread.call({ kind: 'copy', text, csv: piece }, [piece.buffer])).count;
  }
  return rows;
}

/** Work in the order of asking, one at a time. */
class Turns {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}

interface Thread {
  /** Asks the thread; an `ArrayBuffer` of `handed` is its own from then on. */
  call(call: ThreadCall, handed?: readonly ArrayBuffer[]): Promise<ThreadResult>;
  onNotice(channel: string, onNotice: () => void): () => Promise<void>;
  close(): Promise<void>;
}

async function startThread(folder: string): Promise<Thread> {
  const place = `The embedded database in ${folder}`;
  const worker = new Worker(compiledModule(import.meta.url, './pglite-thread.ts'), {
    workerData: { folder },
  });
  const waiting = new Map<number, PromiseWithResolvers>();
  const listeners = new Map<string, Set<() => void>>();
  const opening = withResolvers();
  const ended = new Promise<void>((resolve) =>
    worker.once('exit', () => {
      resolve();
    }),
  );
  let end: Error | null = null;
  let calls = 0;

  worker.on('message', (reply: ThreadReply) => {
    switch (reply.kind) {
      case 'open':
        opening.resolve(EMPTY);
        break;
      case 'result':
        settle(reply.call)?.resolve(reply.result);
        break;
      case 'failure':
        if (reply.call === null) opening.reject(unreachable(reply.failure, place));
        else settle(reply.call)?.reject(databaseError(reply.failure, place));
        break;
      case 'notice':
        listeners.get(reply.channel)?.forEach((listener) => {
          listener();
        });
    }
  });
  worker.on('error', (error) => {
    stop(error.message, error);
  });
  worker.on('exit', (code) => {
    stop(`its thread has ended with code ${code}`);
  });

  function settle(call: number): PromiseWithResolvers | undefined {
    const one = waiting.get(call);
    waiting.delete(call);
    if (waiting.size === 0) worker.unref();
    return one;
  }

  function stop(message: string, cause?: unknown): void {
    end ??= unreachable({ message, code: null, constraint: null, detail: null }, place, cause);
    opening.reject(end);
    for (const one of waiting.values()) one.reject(end);
    waiting.clear();
  }

  function call(call: ThreadCall, handed: readonly ArrayBuffer[] = []): Promise<ThreadResult> {
    if (end !== null) return Promise.reject(end);
    calls += 1;
    const one = withResolvers();
    waiting.set(calls, one);
    worker.ref();
    worker.postMessage({ id: calls, call }, [...handed]);
    return one.promise;
  }

  await opening.promise;
  worker.unref();
  return {
    call,
    onNotice: (channel, listener) => {
      const own = () => {
        listener();
      };
      const all = listeners.get(channel) ?? new Set();
      listeners.set(channel, all.add(own));
      return () => Promise.resolve(void all.delete(own));
    },
    close: async () => {
      if (end !== null) return;
      const closed = call({ kind: 'close' });
      end = unreachable({ message: 'it is closed', code: null, constraint: null, detail: null }, place);
      await closed;
      worker.ref();
      await ended;
    },
  };
}

const EMPTY: ThreadResult = { columns: [], rows: [], command: null, count: 0 };

interface PromiseWithResolvers {
  readonly promise: Promise<ThreadResult>;
  readonly resolve: (result: ThreadResult) => void;
  readonly reject: (error: Error) => void;
}

function withResolvers(): PromiseWithResolvers {
  let settle: Omit<PromiseWithResolvers, 'promise'> | undefined;
  const promise = new Promise<ThreadResult>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...(settle as unknown as Omit<PromiseWithResolvers, 'promise'>) };
}
