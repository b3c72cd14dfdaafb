import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

import { compiledModule } from '../lib/compiled-module.ts';
import { FilmbaseError } from '../model/errors.ts';
import type { ErrorCode } from '../model/errors.ts';
import type { CleanLinesRequest, LakeEngine, LakeRow, LineReport } from '../model/lake-engine.ts';

export interface EngineOptions {
  /** What DuckDB may take, in megabytes; it spills to `tempFolder` beyond. */
  readonly memoryLimitMb: number;
  readonly threads: number;
  readonly tempFolder: string;
}

/** What the parent asks of the child, one at a time. */
export type EngineRequest =
  | { readonly kind: 'open'; readonly options: EngineOptions }
  | { readonly kind: 'sql'; readonly sql: string; readonly wantsRows: boolean }
  | { readonly kind: 'cleanLines'; readonly request: CleanLinesRequest };

/** What the child answers: progress any number of times, then one `done` or `failed`. */
export type EngineReply =
  | { readonly kind: 'progress'; readonly bytes: number }
  | { readonly kind: 'done'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly code: ErrorCode | null; readonly message: string };

interface Waiting {
  readonly onBytes: ((bytes: number) => void) | undefined;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** An engine in a process of its own. */
export interface ProcessEngine extends LakeEngine {
  /** Begins anew in the same process: nothing is left of what was made in it. */
  reopen(options: EngineOptions): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts an engine in a child process. The child ends with its parent, however that ends. `signal` ends it at
 * once; what was asked then fails with `cancelled`.
 */
export async function openEngine(options: EngineOptions, signal?: AbortSignal): Promise<ProcessEngine> {
  signal?.throwIfAborted();
  const child = fork(compiledModule(import.meta.url, './engine-child.ts'), [], {
    serialization: 'advanced',
    execArgv: ['--max-old-space-size=512'],
  });
  const calls = new EngineCalls(child);
  const stop = () => void child.kill('SIGKILL');
  signal?.addEventListener('abort', stop, { once: true });
  await calls.ask({ kind: 'open', options });
  return {
    rows: async <R extends object = LakeRow>(sql: string) =>
      (await calls.ask({ kind: 'sql', sql, wantsRows: true })) as R[],
    run: async (sql) => {
      await calls.ask({ kind: 'sql', sql, wantsRows: false });
    },
    cleanLines: async (request, onBytes) =>
      (await calls.ask({ kind: 'cleanLines', request }, onBytes)) as LineReport,
    reopen: async (again) => {
      await calls.ask({ kind: 'open', options: again });
    },
    close: async () => {
      signal?.removeEventListener('abort', stop);
      await calls.close();
    },
  };
}

/** The line of calls to one child: each waits for the one before. */
class EngineCalls {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #waiting: Waiting | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #gone = false;

  constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (reply: EngineReply) => {
      this.#receive(reply);
    });
    // It could not be started, or had just ended when a message was sent to it.
    child.on('error', (error) => {
      this.#waiting?.reject(error);
      this.#waiting = null;
    });
    this.#ended = new Promise((resolve) => {
      child.once('exit', (code, killedBy) => {
        this.#gone = true;
        this.#waiting?.reject(engineGone(code, killedBy));
        this.#waiting = null;
        resolve();
      });
    });
  }

  ask(request: EngineRequest, onBytes?: (bytes: number) => void): Promise<unknown> {
    const answer = this.#last.then(() => this.#send(request, onBytes));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  async close(): Promise<void> {
    if (!this.#gone) this.#child.disconnect();
    await this.#ended;
  }

  #send(request: EngineRequest, onBytes: ((bytes: number) => void) | undefined): Promise<unknown> {
    if (this.#gone) return Promise.reject(engineGone(this.#child.exitCode, this.#child.signalCode));
    return new Promise((resolve, reject) => {
      this.#waiting = { onBytes, resolve, reject };
      this.#child.send(request);
    });
  }

  #receive(reply: EngineReply): void {
    if (reply.kind === 'progress') {
      this.#waiting?.onBytes?.(reply.bytes);
      return;
    }
    const waiting = this.#waiting;
    this.#waiting = null;
    if (reply.kind === 'done') waiting?.resolve(reply.value);
    else
      waiting?.reject(
        reply.code === null ? new Error(reply.message) : new FilmbaseError(reply.code, reply.message),
      );
  }
}

function engineGone(code: number | null, killedBy: NodeJS.Signals | null): FilmbaseError {
  const how = killedBy === null ? `exit code ${code ?? 'unknown'}` : `signal ${killedBy}`;
  return new FilmbaseError('cancelled', `The lake's engine ended (${how}) before its work did.`);
}
