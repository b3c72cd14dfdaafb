import { copyFile, link, rename, rm, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';

import { DownloadError } from '../lib/outgoing/download-error.ts';
import { copyHashing, hashFile } from '../lib/hashing-copy.ts';
import { discard, download } from '../lib/outgoing/resumable-download.ts';
import type { DownloadRequest, Downloaded } from '../lib/outgoing/resumable-download.ts';
import { FilmbaseError } from '../model/errors.ts';
import type { RawFile, ReadRequest, SourceWorld } from '../model/source.ts';

// How sources that are read as files bring them into raw: from this machine, from an address, from the run before.

/** How patient a transfer is; tests are less so. */
export type Patience = Pick<DownloadRequest, 'attempts' | 'idleMs' | 'backoffMs'>;

/** A file that was fetched into `partial`, or need not be. */
export interface Transfer {
  readonly name: string;
  readonly url: string;
  readonly file: string;
  /** The file of the run before, if it came from the same place and is still there. */
  readonly before: RawFile | null;
  readonly downloaded: Downloaded;
}

/** Whether the place is no path; `refuseSecrets` says whether it is an address that can be read. */
export function isAddress(place: string): boolean {
  return /^[a-z][a-z\d+.-]*:\/\//i.test(place);
}

/** Whether the files are, byte for byte, those of the run before. */
export function isSame(files: readonly RawFile[], before: readonly RawFile[]): boolean {
  const known = new Map(before.map(({ name, sha256 }) => [name, sha256]));
  return files.length === known.size && files.every(({ name, sha256 }) => known.get(name) === sha256);
}

/** Copies a file of this machine into raw, under its own name. */
export async function copyIn(
  { into }: ReadRequest<unknown>,
  { progress, signal }: SourceWorld,
  path: string,
): Promise<RawFile> {
  const name = basename(path);
  const { size, mtime } = await stat(path);
  const digest = await copyHashing(path, join(into, name), {
    signal,
    onBytes: (done) => {
      progress({ label: name, done, total: size, unit: 'bytes' });
    },
  });
  return { name, ...digest, from: resolve(path), etag: null, lastModified: mtime.toUTCString() };
}

/** Brings a file of the run before into this one: as a second name of the same bytes, where the disk can do that. */
export async function takeFromBefore(
  { beforeFolder, into }: ReadRequest<unknown>,
  { name }: RawFile,
): Promise<void> {
  if (beforeFolder === null)
    throw new FilmbaseError('file_missing', `${name} of the run before is not there.`);
  const from = join(beforeFolder, name);
  await link(from, join(into, name)).catch(() => copyFile(from, join(into, name)));
}

/**
 * The address is written to manifests and logs, so it may hold nothing that only some should know; what is wrong with it is
 * said without it. Errors: `setting_invalid`.
 */
export function refuseSecrets(source: string, address: string): void {
  if (!/^https?:/i.test(address) || !URL.canParse(address))
    throw new FilmbaseError('setting_invalid', `The address of ${source} is none of http or https.`);
  const { host, username, password, search, hash } = new URL(address);
  if ([username, password, search, hash].every((part) => part === '')) return;
  throw new FilmbaseError(
    'setting_invalid',
    `The address of ${source} on ${host} holds a user, a password, a query or a fragment.`,
  );
}

/** The address of `name` below `base`. */
export function addressBelow(base: string, name: string): string {
  return new URL(name, base.endsWith('/') ? base : `${base}/`).href;
}

/**
 * Fetches the file at `url` into `partial`, where it stays until `settle`, so that a run that breaks leaves nothing to
 * be fetched twice. Errors: `source_unreachable`, whose cause is a `DownloadError`.
 */
export async function transfer(
  request: ReadRequest<unknown>,
  world: SourceWorld,
  { name, url }: { readonly name: string; readonly url: string },
  patience: Patience,
): Promise<Transfer> {
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
  { before, beforeFolder }: ReadRequest<unknown>,
  name: string,
  url: string,
): Promise<RawFile | null> {
  const file = before.find((known) => known.name === name && known.from === url);
  if (file === undefined || beforeFolder === null) return null;
  const found = await stat(join(beforeFolder, name)).catch(() => null);
  return found?.size === file.bytes ? file : null;
}

/** Moves what was fetched into raw; what the provider has not changed is taken from the run before. */
export async function settle(
  request: ReadRequest<unknown>,
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
