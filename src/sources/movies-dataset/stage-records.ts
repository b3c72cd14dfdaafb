import { FilmbaseError } from '../../model/errors.ts';
import { readCredits } from './credit-record.ts';
import { readCsvRecords } from './csv-records.ts';
import type { CsvRecord } from './csv-records.ts';
import { FieldReader } from './field-reader.ts';
import type { Fault } from '../../model/fault.ts';
import { shownText } from '../../lib/shown-text.ts';
import { readFilm, readKeywords } from './film-record.ts';
import { missingColumns } from './files.ts';
import type { Role } from './files.ts';
import { readLink } from './link-record.ts';
import { NdjsonFile } from './ndjson-file.ts';
import { mendTornRecords } from './torn-records.ts';
import type { MendedRecord } from './torn-records.ts';

/** A file of which the records are wanted. */
export interface StageFile {
  /** What it is called in counts and rejects. */
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
}

/** Files of one role, whose records go to one file of JSON lines. */
export interface StageTask {
  readonly role: Exclude<Role, 'ratings'>;
  readonly files: readonly StageFile[];
  /** Where the records go: `seq` (from 1 over all the files), `file`, `line`, `raw` and what the record says. */
  readonly to: string;
  /** Where the rejects go: `file`, `line`, `reason`, `detail`, `raw`. */
  readonly rejects: string;
}

/** How many records a file has; a torn one that could be joined is one. */
export interface StagedFile {
  readonly name: string;
  readonly read: number;
  /** Records that were torn and could be joined. */
  readonly mended: number;
}

/** Characters of a record that are kept for rejects. */
const RAW_CHARACTERS = 2_000;

const READERS: Readonly<Record<StageTask['role'], (fields: FieldReader) => object>> = {
  films: readFilm,
  credits: readCredits,
  keywords: readKeywords,
  links: readLink,
};

/**
 * Parses the files of a task. Errors: those of `readCsvRecords`, `columns_missing`, `file_empty` (no record).
 */
export async function stageRecords(
  task: StageTask,
  onBytes: (file: StageFile, bytes: number) => void,
): Promise<StagedFile[]> {
  const stage: Stage = {
    reader: READERS[task.role],
    records: await NdjsonFile.create(task.to),
    rejects: await NdjsonFile.create(task.rejects),
    seq: 0,
  };
  try {
    const staged: StagedFile[] = [];
    for (const file of task.files) staged.push(await stageFile(stage, task, file, onBytes));
    return staged;
  } finally {
    await stage.records.close();
    await stage.rejects.close();
  }
}

interface Stage {
  readonly reader: (fields: FieldReader) => object;
  readonly records: NdjsonFile;
  readonly rejects: NdjsonFile;
  seq: number;
}

async function stageFile(
  stage: Stage,
  { role }: StageTask,
  file: StageFile,
  onBytes: (file: StageFile, bytes: number) => void,
): Promise<StagedFile> {
  const records = readCsvRecords({
    ...file,
    onBytes: (bytes) => {
      onBytes(file, bytes);
    },
  });
  const { columns, width } = await readHeader(records, role, file);
  const isValid = (record: CsvRecord) => judge(stage, columns, record).fault === null;
  let read = 0;
  let mended = 0;
  for await (const record of mendTornRecords(records, width, isValid)) {
    read += 1;
    if (record.pieces > 1) mended += 1;
    await keep(stage, columns, file, record);
  }
  if (read === 0) throw new FilmbaseError('file_empty', `${file.name} has a header and no record.`);
  return { name: file.name, read, mended };
}

/** Column → place, of as many as a record has fields. Of two columns with one name, the first is meant. */
async function readHeader(
  records: AsyncGenerator<CsvRecord>,
  role: Role,
  { name }: StageFile,
): Promise<{ columns: ReadonlyMap<string, number>; width: number }> {
  const first = await records.next();
  const header = first.done === true ? [] : first.value.fields.map((column) => column.trim());
  const missing = missingColumns(role, header);
  if (missing.length > 0)
    throw new FilmbaseError('columns_missing', `${name} lacks the columns ${missing.join(', ')}.`);
  return {
    columns: new Map(header.map((column, at) => [column, at] as const).reverse()),
    width: header.length,
  };
}

async function keep(
  stage: Stage,
  columns: ReadonlyMap<string, number>,
  { name }: StageFile,
  record: MendedRecord,
): Promise<void> {
  const { said, fault } = judge(stage, columns, record);
  const place = { file: name, line: record.line, raw: shown(record.raw) };
  if (fault !== null) return stage.rejects.add({ ...place, ...fault });
  stage.seq += 1;
  return stage.records.add({ seq: stage.seq, ...place, ...said });
}

function judge(
  { reader }: Stage,
  columns: ReadonlyMap<string, number>,
  record: CsvRecord & { readonly fault?: Fault | null },
): { said: object; fault: Fault | null } {
  const fault = record.fault ?? textFault(record);
  if (fault !== null) return { said: {}, fault };
  const fields = new FieldReader(columns, record.fields);
  return { said: reader(fields), fault: fields.fault };
}

/** What no database takes, or was not read as it was meant. */
function textFault({ raw, isUtf8 }: CsvRecord): Fault | null {
  if (raw.includes('\0')) return { reason: 'nul_byte', detail: 'the record contains a NUL byte' };
  if (!isUtf8 && raw.includes('\ufffd'))
    return { reason: 'encoding_invalid', detail: 'the record is not UTF-8' };
  return null;
}

/** NUL is shown as U+2400. What was cut through is left out whole. */
function shown(raw: string): string {
  return shownText(raw.replace(/\r?\n$|\r$/, ''), RAW_CHARACTERS);
}
