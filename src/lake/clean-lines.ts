import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

import { isGzip } from '../lib/gzip-file.ts';
import { FilmbaseError } from '../model/errors.ts';
import { nameFileFailure } from '../model/file-failure.ts';
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
    throw nameFileFailure(error, request.from);
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
