import { stat } from 'node:fs/promises';
import { join } from 'node:path';

import { FilmbaseError } from '../../model/errors.ts';
import { HELD_BACK_LINE, LONE_RETURN, NO_DELIMITER, literal } from '../../model/lake-engine.ts';
import type { LineReport } from '../../model/lake-engine.ts';
import type { ClaimRequest, RawFile, SourceWorld } from '../../model/source.ts';
import type { ImdbFile } from './files.ts';
import type { ImdbSettings } from './settings.ts';

/** A file whose lines are clean and whose header is known: what SQL can read. */
export interface OpenFile {
  readonly file: ImdbFile;
  readonly raw: RawFile;
  /** The cleaned lines, and those held back. */
  readonly plain: string;
  readonly heldBack: string;
  readonly plainBytes: number;
  readonly report: LineReport;
  /** The header's columns, in the file's order. */
  readonly header: readonly string[];
}

/** Cleans the file's lines and checks its header. Errors: those of `cleanLines`, `columns_missing`, `file_empty`. */
export async function openFile(
  file: ImdbFile,
  raw: RawFile,
  request: ClaimRequest<ImdbSettings>,
  world: Pick<SourceWorld, 'progress'>,
): Promise<OpenFile> {
  const plain = join(request.scratch, `${file.name}.lines`);
  const heldBack = join(request.scratch, `${file.name}.held-back.ndjson`);
  const report = await request.engine.cleanLines(
    { from: join(request.rawFolder, raw.name), to: plain, heldBack },
    (done) => {
      world.progress({ label: raw.name, done, total: raw.bytes, unit: 'bytes' });
    },
  );
  const header = report.header.split('\t');
  refuseWithoutColumns(file, raw, header);
  if (report.lines === 0) throw new FilmbaseError('file_empty', `${raw.name} has a header and no record.`);
  return { file, raw, plain, heldBack, plainBytes: (await stat(plain)).size, report, header };
}

function refuseWithoutColumns(file: ImdbFile, raw: RawFile, header: readonly string[]): void {
  const missing = Object.keys(file.columns).filter((column) => !header.includes(column));
  if (missing.length === 0) return;
  throw new FilmbaseError('columns_missing', `${raw.name} lacks the columns ${missing.join(', ')}.`);
}

/** The name of the file's view, such as `imdb_title_basics`; with `part`, of a table or view that it needs. */
export function sqlName(file: Pick<ImdbFile, 'name'>, part?: 'judged' | 'repeats'): string {
  const name = `imdb_${file.name.replace('.', '_')}`;
  return part === undefined ? name : `${name}_${part}`;
}

/** The field of `column` in the list `c`. */
export function field(open: OpenFile, column: string): string {
  return `c[${open.header.indexOf(column) + 1}]`;
}

/** The lines after the header, without those held back. */
export function linesOf(open: OpenFile): string {
  return `(
  select ${settledLine(open)} as line
  from ${readLines(open, '')}
  where line <> ${literal(HELD_BACK_LINE)}
)`;
}

/** The same with `n`, the line's number in the file. Slower: a file is numbered from its beginning to its end. */
export function numberedLinesOf(open: OpenFile): string {
  return `(
  select n, ${settledLine(open)} as line
  from (
    select line, row_number() over () + 1 as n
    from ${readLines(open, ', parallel = false')}
  )
  where line <> ${literal(HELD_BACK_LINE)}
)`;
}

function readLines(open: OpenFile, options: string): string {
  const format = `delim = ${literal(NO_DELIMITER)}, quote = '', escape = '', header = true, auto_detect = false`;
  return `read_csv(${literal(open.plain)}, ${format}, columns = {line: 'varchar'}${options})`;
}

function settledLine(open: OpenFile): string {
  return open.report.loneReturns === 0 ? 'line' : `replace(line, ${literal(LONE_RETURN)}, chr(13))`;
}
