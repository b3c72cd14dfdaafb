import { lstat, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

import { FilmbaseError } from '../model/errors.ts';

/** What is no plain file (a device, a pipe, a link) would be replaced by one. Throws `usage_invalid`. */
export async function refusePlace(file: string): Promise<void> {
  const folder = await stat(dirname(file)).catch(() => null);
  if (folder?.isDirectory() !== true)
    throw new FilmbaseError('usage_invalid', `There is no folder ${dirname(file)}.`);
  const there = await lstat(file).catch(() => null);
  if (there !== null && !there.isFile())
    throw new FilmbaseError('usage_invalid', `${file} is there, and is no plain file.`);
}
