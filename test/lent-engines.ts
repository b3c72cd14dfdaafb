import { openEngine, type EngineOptions, type ProcessEngine } from '../src/lake/engine.ts';
import type { LakeEngine } from '../src/model/lake-engine.ts';

interface Kept {
  readonly engine: ProcessEngine;
  /** Ends its process at once. */
  readonly end: AbortController;
}

/** Processes that wait for the next engine. They end with this one. */
const idle: Kept[] = [];

/**
 * An engine as `openEngine` gives it, empty, in a process that another had before where one is free: to start one costs more than
 * what most tests do in it.
 */
export async function lendEngine(
  options: EngineOptions,
  signal: AbortSignal,
): Promise<LakeEngine & { close(): Promise<void> }> {
  signal.throwIfAborted();
  const kept = await take(options);
  const stop = () => {
    kept.end.abort();
  };
  signal.addEventListener('abort', stop, { once: true });
  return {
    ...kept.engine,
    close: async () => {
      signal.removeEventListener('abort', stop);
      if (kept.end.signal.aborted) await kept.engine.close();
      else idle.push(kept);
    },
  };
}

async function take(options: EngineOptions): Promise<Kept> {
  const kept = idle.pop();
  if (kept !== undefined) {
    await kept.engine.reopen(options);
    return kept;
  }
  const end = new AbortController();
  return { end, engine: await openEngine(options, end.signal) };
}
