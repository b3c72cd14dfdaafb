import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

import { parse } from 'csv-parse';
import type { Options } from 'csv-parse';

import { isGzip } from '../../lib/gzip-file.ts';
import { FilmbaseError } from '../../model/errors.ts';
import { nameFileFailure } from '../../model/file-failure.ts';

/** A record of a CSV file, as it came. */
export interface CsvRecord {
  /** The line of the file where it begins, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
  readonly raw: string;
  /** Whether the file was UTF-8 so far; if not, U+FFFD may stand for what could not be read. */
  readonly isUtf8: boolean;
}

interface CsvFile {
  readonly path: string;
  /** What it is called in errors. */
  readonly name: string;
  /** Hears how many bytes of the file, as it lies on disk, have been read. */
  readonly onBytes?: (bytes: number) => void;
}

/** Bytes of one record; the largest of the dataset has about 150 KB. Beyond, a quote was left open. */
const RECORD_BYTES = 4 << 20;

const CHUNK_BYTES = 1 << 18;

/** A carriage return alone is text: some overviews hold one, without quotes around them. */
const OPTIONS: Options = {
  bom: true,
  record_delimiter: ['\n', '\r\n'],
  relax_quotes: true,
  relax_column_count: true,
  max_record_size: RECORD_BYTES,
  raw: true,
};

/**
 * The records of a file, the header first, gzipped (known by its first bytes) or plain. Memory stays flat.
 *
 * Errors, each naming the file: `file_missing`, `file_empty`, `file_not_csv` (it is a page of HTML), `file_truncated` (a
 * gzip that ends early, or a quote that is never closed), `file_corrupt`, `record_too_long`.
 */
export async function* readCsvRecords(file: CsvFile): AsyncGenerator<CsvRecord> {
  const watch = { isUtf8: true };
  let line = 1;
  try {
    const parser = await openParser(file, watch);
    for await (const { record, raw } of parser) {
      if (line === 1) refusePage(file, record);
      yield { line, fields: record, raw, isUtf8: watch.isUtf8 };
      line += countLines(raw);
    }
  } catch (error) {
    throw nameCsvFailure(error, file, line);
  }
  if (line === 1) throw new FilmbaseError('file_empty', `${file.name} has no line.`);
}

type Parsed = AsyncIterable<{ readonly record: readonly string[]; readonly raw: string }>;

/** What fails on the way is thrown to whoever reads the records. */
async function openParser({ path, onBytes }: CsvFile, watch: { isUtf8: boolean }): Promise<Parsed> {
  const gzipped = await isGzip(path);
  const from = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const watched = watchText(watch, () => onBytes?.(from.bytesRead));
  const parser = parse(OPTIONS);
  const thrown = () => undefined;
  if (gzipped) pipeline(from, createGunzip({ chunkSize: CHUNK_BYTES }), watched, parser, thrown);
  else pipeline(from, watched, parser, thrown);
  return parser;
}

/** Passes the bytes on, tells of each piece, and notes when they are no longer UTF-8. */
function watchText(watch: { isUtf8: boolean }, onPiece: () => void) {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      watch.isUtf8 &&= isDecodable(decoder, chunk);
      onPiece();
      yield chunk;
    }
  };
}

function isDecodable(decoder: InstanceType<typeof TextDecoder>, chunk: Buffer): boolean {
  try {
    decoder.decode(chunk, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function refusePage({ name }: CsvFile, header: readonly string[]): void {
  if (/^\s*</.test(header[0] ?? ''))
    throw new FilmbaseError('file_not_csv', `${name} is a page of HTML or XML, not CSV.`);
}

/** Line ends within the record, and its own; of CR LF at the end, the parser gives the first. */
function countLines(raw: string): number {
  let lines = raw.endsWith('\r') ? 1 : 0;
  for (let at = raw.indexOf('\n'); at >= 0; at = raw.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

function nameCsvFailure(error: unknown, { path, name }: CsvFile, line: number): unknown {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  const options = { cause: error };
  if (code === 'CSV_MAX_RECORD_SIZE')
    return new FilmbaseError(
      'record_too_long',
      `${name}: the record that begins at line ${line} is longer than ${RECORD_BYTES >> 20} MiB.`,
      options,
    );
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return new FilmbaseError(
      'file_truncated',
      `${name} ends within a quoted field of the record that begins at line ${line}.`,
      options,
    );
  const named = nameFileFailure(error, path);
  return named instanceof FilmbaseError && named !== error
    ? new FilmbaseError(named.code, named.message.replace(path, name), options)
    : named;
}
