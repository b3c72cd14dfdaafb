import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

import { FilmbaseError } from '../model/errors.ts';
import type { CleanLinesRequest, LineReport } from '../model/lake-engine.ts';
import { LineCleaner } from './line-cleaner.ts';

/** Bytes read and inflated at a time: large enough that a line's share of the overhead is none. */
const CHUNK_BYTES = 1 << 20;

/**
 * Makes a text file fit to be read line by line in SQL, as `LakeEngine.cleanLines` promises. `onBytes` hears how
 * many bytes of the file, as it lies on disk, have been read. Memory stays flat, however long a line.
 *
 * Errors, each naming the file: `file_missing`, `file_empty` (no byte, or none once inflated), `file_truncated` (a
 * gzip that ends early), `file_corrupt` (a gzip that is damaged), `cancelled`.
 */
export async function cleanLines(
  request: CleanLinesRequest,
  onBytes?: (bytesRead: number) => void,
  signal?: AbortSignal,
): Promise<LineReport> {
  const heldBack = await open(request.heldBack, 'w');
  try {
    const cleaner = new LineCleaner((text) => heldBack.appendFile(text));
    await pourThrough(request, cleaner, onBytes, signal);
    const report = cleaner.report();
    if (report === null) throw new FilmbaseError('file_empty', `${request.from} has no line.`);
    return report;
  } catch (error) {
    throw nameFailure(error, request.from);
  } finally {
    await heldBack.close();
  }
}

async function pourThrough(
  request: CleanLinesRequest,
  cleaner: LineCleaner,
  onBytes: ((bytesRead: number) => void) | undefined,
  signal: AbortSignal | undefined,
): Promise<void> {
  const gunzip = (await isGzip(request.from)) ? createGunzip({ chunkSize: CHUNK_BYTES }) : null;
  const from = createReadStream(request.from, { highWaterMark: CHUNK_BYTES });
  const clean = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      yield* cleaner.take(chunk);
      onBytes?.(from.bytesRead);
    }
    yield* cleaner.end();
  };
  const to = createWriteStream(request.to);
  const options = signal === undefined ? {} : { signal };
  if (gunzip === null) await pipeline(from, clean, to, options);
  else await pipeline(from, gunzip, clean, to, options);
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

function nameFailure(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || error instanceof FilmbaseError) return error;
  const { code } = error as NodeJS.ErrnoException;
  const options = { cause: error };
  if (code === 'ENOENT') return new FilmbaseError('file_missing', `${path} is not there.`, options);
  if (code === 'Z_BUF_ERROR')
    return new FilmbaseError('file_truncated', `${path} ends in the middle of its compressed data.`, options);
  if (code?.startsWith('Z_') === true)
    return new FilmbaseError('file_corrupt', `${path} is damaged: ${error.message}.`, options);
  if (error.name === 'AbortError')
    return new FilmbaseError('cancelled', `Reading ${path} was stopped.`, options);
  return error;
}
