import { basename } from 'node:path/posix';

import { DownloadError } from '../../lib/outgoing/download-error.ts';
import { FilmbaseError } from '../../model/errors.ts';
import type { RawFile, ReadRequest, SourceWorld } from '../../model/source.ts';
import { addressBelow, refuseSecrets, settle, transfer } from '../raw-files.ts';
import type { Patience, Transfer } from '../raw-files.ts';
import { KNOWN_FILES } from './files.ts';
import type { KnownFile } from './files.ts';
import { isZip } from './zip-entries.ts';

/** How long the server may take to say whether it has a zip, where nobody says otherwise. */
const LOOK_MS = 30_000;

/**
 * Fetches the zip at `address`, or the dataset's files below it; a small file only where the full one is not there.
 * What the server has not changed is taken from the run before. Errors: `source_unreachable`, `file_missing` (nothing
 * is there), `setting_invalid` (a secret in the address).
 */
export async function readAddress(
  request: ReadRequest<unknown>,
  world: SourceWorld,
  address: string,
  patience: Patience,
): Promise<RawFile[]> {
  refuseSecrets('movies-dataset', address);
  const fetched = (await hasZip(world, address, patience))
    ? [await transfer(request, world, { name: zipName(address), url: address }, patience)]
    : await transferFiles(request, world, address, patience);
  const files: RawFile[] = [];
  for (const done of fetched) files.push(await settle(request, world, done));
  return files;
}

function zipName(address: string): string {
  const name = basename(new URL(address).pathname) || 'movies-dataset';
  return /\.zip$/i.test(name) ? name : `${name}.zip`;
}

/** By the name, else by the first bytes; a server that says nothing good has no zip there. */
async function hasZip(world: SourceWorld, address: string, { idleMs }: Patience): Promise<boolean> {
  if (/\.zip$/i.test(new URL(address).pathname)) return true;
  const signal = AbortSignal.any([world.signal, AbortSignal.timeout(idleMs ?? LOOK_MS)]);
  try {
    const response = await world.fetch(address, { headers: { range: 'bytes=0-3' }, signal });
    return response.ok && isZip(await firstChunk(response));
  } catch {
    // Whatever hinders this hinders the transfers too, and they say what it is.
    world.signal.throwIfAborted();
    return false;
  }
}

async function firstChunk({ body }: Response): Promise<Buffer> {
  const chunks: AsyncIterable<Uint8Array> | null = body;
  for await (const chunk of chunks ?? []) return Buffer.from(chunk);
  return Buffer.alloc(0);
}

async function transferFiles(
  request: ReadRequest<unknown>,
  world: SourceWorld,
  base: string,
  patience: Patience,
): Promise<Transfer[]> {
  const found: Transfer[] = [];
  const roles = new Set<string>();
  for (const file of KNOWN_FILES) {
    if (roles.has(file.role)) continue;
    const fetched = await transferFile(request, world, base, file, patience);
    if (fetched === null) continue;
    found.push(fetched);
    roles.add(file.role);
  }
  if (found.length > 0) return found;
  const names = KNOWN_FILES.map(({ stem }) => `${stem}.csv`).join(', ');
  throw new FilmbaseError('file_missing', `${base} is no zip, and below it lies none of ${names}.`);
}

/** The file, plain or gzipped; null if the server has neither. */
async function transferFile(
  request: ReadRequest<unknown>,
  world: SourceWorld,
  base: string,
  { stem }: KnownFile,
  patience: Patience,
): Promise<Transfer | null> {
  for (const name of [`${stem}.csv`, `${stem}.csv.gz`]) {
    try {
      return await transfer(request, world, { name, url: addressBelow(base, name) }, patience);
    } catch (error) {
      if (!isNotThere(error)) throw error;
    }
  }
  return null;
}

function isNotThere(error: unknown): boolean {
  const cause = error instanceof FilmbaseError ? error.cause : null;
  return cause instanceof DownloadError && (cause.status === 404 || cause.status === 410);
}
