import { parentPort, workerData } from 'node:worker_threads';

import { FilmbaseError } from '../../model/errors.ts';
import type { ErrorCode } from '../../model/errors.ts';
import { stageRecords } from './stage-records.ts';
import type { StageTask, StagedFile } from './stage-records.ts';

// The thread that parses files, so that the process that serves meanwhile is not held.

/** What the thread says: progress any number of times, then one of the others. */
export type StageMessage =
  | { readonly kind: 'progress'; readonly label: string; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly files: readonly StagedFile[] }
  | { readonly kind: 'failed'; readonly code: ErrorCode | null; readonly message: string };

stageAll(workerData as readonly StageTask[]).then(
  (files) => {
    say({ kind: 'done', files });
  },
  (error: unknown) => {
    const code = error instanceof FilmbaseError ? error.code : null;
    say({ kind: 'failed', code, message: error instanceof Error ? error.message : String(error) });
  },
);

async function stageAll(tasks: readonly StageTask[]): Promise<StagedFile[]> {
  const files: StagedFile[] = [];
  for (const task of tasks)
    files.push(
      ...(await stageRecords(task, ({ name, bytes }, done) => {
        say({ kind: 'progress', label: name, done, total: bytes });
      })),
    );
  return files;
}

function say(message: StageMessage): void {
  parentPort?.postMessage(message);
}
