import { copyFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { DownloadError } from '../../lib/download-error.ts';
import { hashFile } from '../../lib/hashing-copy.ts';
import { discard, download } from '../../lib/resumable-download.ts';
import type { DownloadRequest, Downloaded } from '../../lib/resumable-download.ts';
import { FilmbaseError } from '../../model/errors.ts';
import type { RawFile, ReadRequest, SourceWorld } from '../../model/source.ts';
import { takeFromBefore } from './read-local.ts';
import type { ImdbSettings } from './settings.ts';

/** How patient a transfer is; tests are less so. */
export type Patience = Pick<DownloadRequest, 'attempts' | 'idleMs' | 'backoffMs'>;

interface Transfer {
  readonly name: string;
  readonly url: string;
  readonly file: string;
  /** The file of the run before, if it came from the same place and is still there. */
  readonly before: RawFile | null;
  readonly downloaded: Downloaded;
}

/**
 * Fetches the files that the settings ask for from below `base`, one after the other; what the provider has not
 * changed is taken from the run before. Files stay in `partial` until all are there, so that a run that breaks
 * leaves nothing to be fetched twice. Errors: `source_unreachable`.
 */
export async function readUrl(
  request: ReadRequest<ImdbSettings>,
  world: SourceWorld,
  base: string,
  patience: Patience,
): Promise<RawFile[]> {
  refuseSecrets(base);
  const transfers: Transfer[] = [];
  for (const name of request.settings.files)
    transfers.push(await transfer(request, world, `${name}.tsv.gz`, base, patience));
  const files: RawFile[] = [];
  for (const done of transfers) files.push(await settle(request, world, done));
  return files;
}

/** The address is written to manifests and logs. */
function refuseSecrets(base: string): void {
  const { host, username, password, search, hash } = new URL(base);
  if ([username, password, search, hash].every((part) => part === '')) return;
  throw new FilmbaseError(
    'setting_invalid',
    `The address of imdb on ${host} holds a user, a password, a query or a fragment.`,
  );
}

async function transfer(
  request: ReadRequest<ImdbSettings>,
  world: SourceWorld,
  name: string,
  base: string,
  patience: Patience,
): Promise<Transfer> {
  const url = new URL(name, base.endsWith('/') ? base : `${base}/`).href;
  const file = join(request.partial, name);
  const before = await findBefore(request, name, url);
  const asked: DownloadRequest = {
    ...patience,
    url,
    file,
    known: before,
    fetch: world.fetch,
    signal: world.signal,
    onBytes: (done, total) => {
      world.progress({ label: name, done, total, unit: 'bytes' });
    },
  };
  try {
    return { name, url, file, before, downloaded: await download(asked) };
  } catch (error) {
    if (error instanceof DownloadError)
      throw new FilmbaseError('source_unreachable', error.message, { cause: error });
    throw error;
  }
}

async function findBefore(
  { before, beforeFolder }: ReadRequest<ImdbSettings>,
  name: string,
  url: string,
): Promise<RawFile | null> {
  const file = before.find((known) => known.name === name && known.from === url);
  if (file === undefined || beforeFolder === null) return null;
  const found = await stat(join(beforeFolder, name)).catch(() => null);
  return found?.size === file.bytes ? file : null;
}

async function settle(
  request: ReadRequest<ImdbSettings>,
  { signal }: SourceWorld,
  { name, url, file, before, downloaded }: Transfer,
): Promise<RawFile> {
  if (downloaded.state === 'unchanged') {
    if (before === null) throw new FilmbaseError('file_missing', `${name} of the run before is not there.`);
    await takeFromBefore(request, before);
    return before;
  }
  const digest = await hashFile(file, { signal });
  await move(file, join(request.into, name));
  await discard({ file });
  const { etag, lastModified } = downloaded;
  return { name, ...digest, from: url, etag, lastModified };
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await copyFile(from, to);
    await rm(from);
  }
}
