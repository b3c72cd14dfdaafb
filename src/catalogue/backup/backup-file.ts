import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { z } from 'zod';

import { readLines } from '../../lib/file-lines.ts';
import { FilmbaseError } from '../../model/errors.ts';

// A backup is gzipped JSON, one document a line: a head, `[table, row]` for each row, and an end that says how many rows there are and
// what the lines before it add up to.

export const BACKUP_FORMAT = 1;

const backupHead = z.strictObject({
  filmbase: z.literal('backup'),
  format: z.number(),
  /** The release of Filmbase that wrote it. */
  release: z.string(),
  madeAt: z.iso.datetime(),
  /** The migrations of the database, with their checksums, in order. */
  migrations: z.array(z.strictObject({ name: z.string(), checksum: z.string() })),
  /** From which public ids are derived: a secret. */
  idSalt: z.string(),
  /** The row of `catalogue_state`. */
  state: z.looseObject({ version: z.number(), version_id: z.string().nullable() }),
  /** The tables that it has, with their columns, in the order of their rows. */
  tables: z.array(z.strictObject({ name: z.string(), columns: z.array(z.string()) })),
});

export type BackupHead = z.infer<typeof backupHead>;

export const backupEnd = z.strictObject({
  /** Table → rows. */
  rows: z.record(z.string(), z.number()),
  /** SHA-256 of all lines before it, their ends included, in hexadecimal. */
  sha256: z.string(),
});

export type BackupEnd = z.infer<typeof backupEnd>;

/** `row` is JSON as the database wrote it, since numbers would not all be the same once they were read. */
export type BackupRow = readonly [table: string, row: string];

/** Adds up the lines of a backup. */
export class BackupSum {
  readonly #hash = createHash('sha256');
  readonly #rows: Record<string, number> = {};

  add(line: string, table: string | null): void {
    this.#hash.update(line).update('\n');
    if (table !== null) this.#rows[table] = (this.#rows[table] ?? 0) + 1;
  }

  /** To be asked once. */
  end(): BackupEnd {
    return { rows: this.#rows, sha256: this.#hash.digest('hex') };
  }
}

/**
 * Reads the whole file, and gives its head and end. Throws `backup_invalid` where it is not there, no backup, cut off, or other than it
 * was written.
 */
export async function checkBackup(file: string): Promise<{ head: BackupHead; end: BackupEnd }> {
  const sum = new BackupSum();
  let head: BackupHead | null = null;
  let end: BackupEnd | null = null;
  for await (const { line, text } of linesOf(file)) {
    if (end !== null) throw invalid(file, `line ${line} comes after its end`);
    const document = documentIn(file, line, text);
    if (line === 1) head = headIn(file, document);
    else if (!Array.isArray(document)) {
      end = backupEnd.safeParse(document).data ?? null;
      if (end === null) throw invalid(file, `line ${line} is no row`);
      continue;
    }
    sum.add(text, line === 1 ? null : String((document as unknown[])[0]));
  }
  if (head === null || end === null) throw invalid(file, 'it is cut off');
  const { rows, sha256 } = sum.end();
  if (sha256 !== end.sha256 || JSON.stringify(rows) !== JSON.stringify(end.rows))
    throw invalid(file, 'it is not as it was written');
  return { head, end };
}

/** A line that is a row, as `json_build_array` writes it. */
const ROW = /^\["([a-z_]+)", (.*)\]$/s;

/** The rows of a file that was checked. */
export async function* backupRows(file: string): AsyncGenerator<BackupRow> {
  for await (const { line, text } of linesOf(file)) {
    // The head, and the end.
    if (text.startsWith('{')) continue;
    const [, table, row] = ROW.exec(text) ?? [];
    if (table === undefined || row === undefined) throw invalid(file, `line ${line} is no row`);
    yield [table, row];
  }
}

async function* linesOf(file: string): AsyncGenerator<{ line: number; text: string }> {
  const there = await stat(file).catch(() => null);
  if (there?.isFile() !== true) throw invalid(file, 'there is no such file');
  try {
    yield* readLines(file);
  } catch (error) {
    // What zlib says of bytes that it cannot unpack.
    if (!String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw error;
    throw invalid(file, 'it is cut off or damaged');
  }
}

function documentIn(file: string, line: number, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(file, `line ${line} is not JSON`);
  }
}

function headIn(file: string, document: unknown): BackupHead {
  const head = backupHead.safeParse(document);
  if (!head.success) throw invalid(file, 'it is no backup of Filmbase');
  if (head.data.format !== BACKUP_FORMAT)
    throw invalid(file, `it is of format ${head.data.format}, and this release knows ${BACKUP_FORMAT}`);
  return head.data;
}

function invalid(file: string, why: string): FilmbaseError {
  return new FilmbaseError('backup_invalid', `${file}: ${why}.`);
}
