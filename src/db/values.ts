import pg from 'pg';

const INT8 = 20;
const DATE = 1082;
const TEXT_ARRAY = 1009;
const INT8_ARRAY = 1016;
const DATE_ARRAY = 1182;
const NUMERIC_ARRAY = 1231;

type Parse = (text: string) => unknown;

const parseTextArray = pgParser(TEXT_ARRAY) as (text: string) => (string | null)[];

/** Where our types differ from `pg`'s own: 64-bit integers are numbers, dates and numerics text. */
const PARSERS = new Map<number, Parse>([
  [INT8, Number],
  [DATE, String],
  [INT8_ARRAY, (text) => parseTextArray(text).map((item) => (item === null ? null : Number(item)))],
  [DATE_ARRAY, parseTextArray],
  [NUMERIC_ARRAY, parseTextArray],
]);

/** How a value of the type with this oid is read from PostgreSQL's text; the same for both engines. */
export function valueParser(oid: number): Parse {
  return PARSERS.get(oid) ?? pgParser(oid);
}

/** `pg-types` declares the oids of arrays nowhere, but knows them. */
function pgParser(oid: number): Parse {
  return (pg.types.getTypeParser as (oid: number) => Parse)(oid);
}

/**
 * A parameter as PostgreSQL's text; the same for both engines. Arrays become PostgreSQL arrays, other objects JSON,
 * bytes `bytea`; a JSON array is given as text. `undefined` is null.
 */
export function encodeParameter(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  if (Array.isArray(value)) return `{${value.map(encodeElement).join(',')}}`;
  return JSON.stringify(value);
}

function encodeElement(value: unknown): string {
  const text = encodeParameter(value);
  if (text === null) return 'null';
  return Array.isArray(value) ? text : `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** `name` as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The statement that copies CSV into `table`. `from` is `stdin`, or a file as a literal. */
export function copyStatement(table: string, columns: readonly string[], from: string): string {
  return `copy ${identifier(table)} (${columns.map(identifier).join(', ')}) from ${from} with (format csv)`;
}
