import type { CsvRecord } from './csv-records.ts';
import type { Fault } from '../../model/fault.ts';

/** A record with as many fields as the header, or one that is at fault. */
export interface MendedRecord extends CsvRecord {
  readonly fault: Fault | null;
  /** How many it was torn into; 1 for nearly all. */
  readonly pieces: number;
}

/** Pieces of one record; more were never seen, and waiting for more would keep a broken file in memory. */
const PIECES_AT_MOST = 8;

/**
 * Joins records that a line break within a field tore apart: short ones that follow each other and come to just
 * `columns` fields when the line break is put back, if `isValid` finds so. What is left short, or is long, is at fault.
 */
export async function* mendTornRecords(
  records: AsyncIterable<CsvRecord>,
  columns: number,
  isValid: (record: CsvRecord) => boolean,
): AsyncGenerator<MendedRecord> {
  let pieces: CsvRecord[] = [];
  for await (const record of records) {
    const held = fieldsOf(pieces);
    const { length } = record.fields;
    const fits = length < columns && (pieces.length === 0 || held + length - 1 <= columns);
    if (!fits || pieces.length === PIECES_AT_MOST) {
      yield* pieces.map((piece) => atFault(piece, columns));
      pieces = [];
    }
    if (length >= columns)
      yield length === columns ? { ...record, fault: null, pieces: 1 } : atFault(record, columns);
    else if (pieces.length > 0 || !isBlank(record)) pieces.push(record);
    else yield atFault(record, columns);
    if (pieces.length < 2 || fieldsOf(pieces) < columns) continue;
    const joined = join(pieces);
    if (isValid(joined)) yield { ...joined, fault: null, pieces: pieces.length };
    else yield* pieces.map((piece) => atFault(piece, columns));
    pieces = [];
  }
  yield* pieces.map((piece) => atFault(piece, columns));
}

/** Fields that the pieces come to: the last of one and the first of the next are one. */
function fieldsOf(pieces: readonly CsvRecord[]): number {
  return pieces.reduce((sum, { fields }) => sum + fields.length - 1, 1);
}

function join(pieces: readonly CsvRecord[]): CsvRecord {
  const fields: string[] = [];
  for (const piece of pieces) {
    const [first = '', ...rest] = piece.fields;
    const last = fields.pop();
    fields.push(last === undefined ? first : `${last}\n${first}`, ...rest);
  }
  return {
    line: pieces[0]?.line ?? 0,
    fields,
    raw: pieces.map(({ raw }) => raw).join(''),
    isUtf8: pieces.every(({ isUtf8 }) => isUtf8),
  };
}

function isBlank({ fields }: CsvRecord): boolean {
  return fields.length === 1 && fields[0] === '';
}

function atFault(record: CsvRecord, columns: number): MendedRecord {
  return { ...record, fault: countFault(record, columns), pieces: 1 };
}

function countFault(record: CsvRecord, columns: number): Fault {
  if (isBlank(record)) return { reason: 'line_empty', detail: 'the line is empty' };
  const { length } = record.fields;
  return {
    reason: length < columns ? 'row_short' : 'row_long',
    detail: `it has ${length} fields instead of ${columns}`,
  };
}
