import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';

import { openPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';

import { firstBytes } from '../../lib/gzip-file.ts';
import { FilmbaseError } from '../../model/errors.ts';
import { isCsvName } from './files.ts';

/** A file that was in a zip. */
export interface UnpackedFile {
  /** Without the folders of the zip. */
  readonly name: string;
  /** Where it lies in the zip. */
  readonly entry: string;
  readonly path: string;
}

/** Nine times what the dataset unpacks to: whoever sends more wants to fill the disk. */
const UNPACKED_BYTES_AT_MOST = 8 * 2 ** 30;

/** How each entry of a zip begins: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (4.3.7) */
const LOCAL_FILE_HEADER = 'PK\u0003\u0004';

/** Whether bytes are the beginning of a zip. */
export function isZip(bytes: Buffer): boolean {
  return bytes.toString('latin1').startsWith(LOCAL_FILE_HEADER);
}

/** Whether the file is a zip by its name or its first bytes. */
export async function isZipFile(path: string): Promise<boolean> {
  return /\.zip$/i.test(path) || isZip(await firstBytes(path, LOCAL_FILE_HEADER.length));
}

/**
 * Unpacks the CSV files of a zip into the folder `into`, whatever their folders in it, and checks their checksums.
 * Errors: `archive_invalid` (it is no zip, damaged, cut off, encrypted, larger than it may be, or has a name that leads
 * elsewhere), `cancelled`.
 */
export async function unpackCsvFiles(
  zip: { readonly path: string; readonly name: string },
  into: string,
  signal: AbortSignal,
): Promise<UnpackedFile[]> {
  try {
    const opened = await openPromise(zip.path, { autoClose: false });
    try {
      return await unpackAll(opened, into, signal);
    } finally {
      opened.close();
    }
  } catch (error) {
    if (error instanceof FilmbaseError) throw error;
    if (signal.aborted)
      throw new FilmbaseError('cancelled', `Unpacking ${zip.name} was stopped.`, { cause: error });
    const { code } = error as NodeJS.ErrnoException;
    // A disk that is full or does not answer is not the archive's fault.
    if (!(error instanceof Error) || (code !== undefined && !code.startsWith('Z_'))) throw error;
    throw new FilmbaseError('archive_invalid', `${zip.name}: ${error.message}`, { cause: error });
  }
}

async function unpackAll(zip: ZipFile, into: string, signal: AbortSignal): Promise<UnpackedFile[]> {
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) if (isCsvEntry(entry)) entries.push(entry);
  const names = new Set(entries.map(({ fileName }) => fileName));
  if (names.size < entries.length) throw new Error('it has two entries of one name');
  const bytes = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  if (bytes > UNPACKED_BYTES_AT_MOST)
    throw new Error(`it unpacks to more than ${UNPACKED_BYTES_AT_MOST / 2 ** 30} GiB`);
  const files: UnpackedFile[] = [];
  for (const entry of entries) {
    const name = basename(entry.fileName);
    const path = join(into, `${files.length}-${name}`);
    await unpack(zip, entry, path, signal);
    files.push({ name, entry: entry.fileName, path });
  }
  return files;
}

function isCsvEntry({ fileName }: Entry): boolean {
  return !fileName.endsWith('/') && isCsvName(basename(fileName));
}

async function unpack(zip: ZipFile, entry: Entry, path: string, signal: AbortSignal): Promise<void> {
  const checksum = { value: 0 };
  const sum = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      checksum.value = crc32(chunk, checksum.value);
      yield chunk;
    }
  };
  await pipeline(await zip.openReadStreamPromise(entry), sum, createWriteStream(path), { signal });
  const { size } = await stat(path);
  if (size !== entry.uncompressedSize || checksum.value !== entry.crc32)
    throw new Error(`${entry.fileName} is damaged`);
}
