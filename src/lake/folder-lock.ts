import { DuckDBInstance } from '@duckdb/node-api';
import { access, link, mkdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { FilmbaseError } from '../model/errors.ts';

/** The folders that this process holds: the system's locks keep out other processes only. */
const held = new Set<string>();

/**
 * Takes `folder` for this process alone and gives the function that lets it go. Throws `data_locked` while
 * another holds it.
 *
 * The lock is the one that DuckDB takes on a database file (`fcntl`): the system releases it when its process
 * ends in whatever way, so that a dead owner never stands in the way. No one else may open the lock file in this
 * process, since closing it would let go of the lock.
 */
export async function lockFolder(folder: string): Promise<() => void> {
  await mkdir(folder, { recursive: true });
  const place = await realpath(folder);
  if (held.has(place)) throw new FilmbaseError('data_locked', `This process holds ${folder} already.`);
  held.add(place);
  try {
    const file = join(place, 'filmbase.lock');
    await makeLockFile(file);
    const instance = await openLockFile(file);
    return () => {
      instance.closeSync();
      held.delete(place);
    };
  } catch (error) {
    held.delete(place);
    const message = error instanceof Error ? error.message : String(error);
    if (!message.includes('Conflicting lock')) throw error;
    const owner = /\(PID (\d+)\)/.exec(message)?.[1];
    throw new FilmbaseError(
      'data_locked',
      `${folder} is held by ${owner === undefined ? 'another process' : `process ${owner}`}.`,
    );
  }
}

/** The lock file is made whole under another name first, so that a crash never leaves a torn one. */
async function makeLockFile(file: string): Promise<void> {
  if (
    await access(file).then(
      () => true,
      () => false,
    )
  )
    return;
  const draft = `${file}.${process.pid}`;
  await rm(draft, { force: true });
  (await openLockFile(draft)).closeSync();
  await link(draft, file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
  await rm(draft);
}

function openLockFile(file: string): Promise<DuckDBInstance> {
  return DuckDBInstance.create(file, { threads: '1', memory_limit: '16MB' });
}
