import { Worker } from 'node:worker_threads';

import { compiledModule } from '../lib/compiled-module.ts';
import { FilmbaseError } from '../model/errors.ts';
import { ChannelListeners } from './channel-listeners.ts';
import { compiledPglite } from './compiled-pglite.ts';
import { databaseError, driverFailure, unreachable } from './database-error.ts';
import type { ThreadCall, ThreadReply, ThreadResult, ThreadStart } from './pglite-messages.ts';

/**
 * Stack of the thread. With Node's 4 MB a deep expression overflows it before PostgreSQL's own limit is reached, which
 * breaks the engine; with so much, PostgreSQL refuses the statement (54001). Only what is used takes memory.
 */
const STACK_MEGABYTES = 256;

/** PGlite's thread, as seen from outside. */
export interface Thread {
  /** Asks the thread; an `ArrayBuffer` of `handed` is its own from then on. */
  call(call: ThreadCall, handed?: readonly ArrayBuffer[]): Promise<ThreadResult>;
  onNotice(channel: string, onNotice: () => void): () => Promise<void>;
  /** Ends the thread once it has answered and written everything. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (result: ThreadResult) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Starts the thread and opens `folder` in it. While it owes an answer it keeps the process alive, else not. When it
 * ends by itself, every call that waits and every later one fails with `database_unreachable`.
 */
export async function startThread(folder: string): Promise<Thread> {
  const place = `The embedded database in ${folder}`;
  const engine = await compiledPglite();
  const worker = new Worker(compiledModule(import.meta.url, './pglite-thread.ts'), {
    workerData: { folder, engine } satisfies ThreadStart,
    // Not the process's own, some of which a thread refuses.
    execArgv: [],
    resourceLimits: { stackSizeMb: STACK_MEGABYTES },
  });
  const waiting = new Map<number, Waiting>();
  const listeners = new ChannelListeners();
  let lastCall = 0;
  let end: Error | null = null;

  function wait(): Promise<ThreadResult> {
    if (end !== null) return Promise.reject(end);
    lastCall += 1;
    worker.ref();
    return new Promise((resolve, reject) => waiting.set(lastCall, { resolve, reject }));
  }

  function settle(id: number): Waiting | undefined {
    const one = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
    return one;
  }

  function endWith(reason: string, cause?: unknown): void {
    end ??= unreachable({ message: reason, code: null, constraint: null, detail: null }, place, cause);
    for (const one of waiting.values()) one.reject(end);
    waiting.clear();
  }

  worker.on('message', (reply: ThreadReply) => {
    if (reply.kind === 'result') settle(reply.id)?.resolve(reply.result);
    else if (reply.kind === 'failure') settle(reply.id)?.reject(databaseError(reply.failure, place));
    else listeners.call(reply.channel);
  });
  worker.on('error', (error) => {
    endWith(error.message, error);
  });
  worker.on('exit', (code) => {
    endWith(`its thread has ended with code ${code}`);
  });

  function call(call: ThreadCall, handed: readonly ArrayBuffer[] = []): Promise<ThreadResult> {
    const answer = wait();
    worker.postMessage({ id: lastCall, call }, [...handed]);
    return answer;
  }

  try {
    await call({ kind: 'open' });
  } catch (error) {
    await worker.terminate();
    throw error instanceof FilmbaseError ? error : unreachable(driverFailure(error), place, error);
  }
  return {
    call,
    onNotice: (channel, onNotice) => listeners.add(channel, onNotice),
    close: async () => {
      if (end !== null) return;
      await call({ kind: 'close' });
      endWith('it is closed');
      await worker.terminate();
    },
  };
}
