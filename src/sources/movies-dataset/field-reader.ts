import { isCalendarDay } from '../../lib/calendar-day.ts';
import { firstCharacters } from '../../lib/shown-text.ts';
import type { Fault } from '../../model/fault.ts';
import { parsePythonLiteral } from './python-literal.ts';
import type { PythonValue } from './python-literal.ts';

export type Dict = ReadonlyMap<PythonValue, PythonValue>;

/** Characters of a value that a fault shows. */
const SHOWN = 200;

/** Digits that fit DuckDB's `integer`, and its `bigint`; and those of dollars, of which sums in cents must fit a `bigint`. */
export const INTEGER_DIGITS = 9;
const BIGINT_DIGITS = 18;
export const DOLLAR_DIGITS = 12;

/** Of languages in lower case and countries in upper case: both have two letters. */
const CODE = /^(?:[a-z]{2}|[A-Z]{2})$/;

/**
 * Reads the fields of one record by the names of their columns. A field that cannot be understood is null, and the first
 * such is the record's `fault`. A column that the file lacks is empty.
 */
export class FieldReader {
  readonly #columns: ReadonlyMap<string, number>;
  readonly #fields: readonly string[];
  #fault: Fault | null = null;

  constructor(columns: ReadonlyMap<string, number>, fields: readonly string[]) {
    this.#columns = columns;
    this.#fields = fields;
  }

  get fault(): Fault | null {
    return this.#fault;
  }

  /** Without space around it; null if there is nothing else. */
  text(column: string): string | null {
    const text = (this.#fields[this.#columns.get(column) ?? -1] ?? '').trim();
    return text === '' ? null : text;
  }

  /** A number that is somebody's key, without leading zeros; `0` is none. Empty if it cannot be understood. */
  key(column: string): string {
    return this.optionalKey(column) ?? this.refuse('id_invalid', column, '');
  }

  /** The same where there may be none. */
  optionalKey(column: string): string | null {
    const text = this.text(column);
    if (text === null) return null;
    const key = wholeDigits(text, BIGINT_DIGITS);
    return key === null || key === '0' ? this.refuse('id_invalid', column, '') : key;
  }

  /** Plain digits; null for zero, by which the provider says that it does not know. */
  aboveZero(column: string, digits: number): string | null {
    const text = this.text(column);
    if (text === null) return null;
    const whole = wholeDigits(text, digits);
    if (whole === null) return this.refuse('number_invalid', column, null);
    return whole === '0' ? null : whole;
  }

  /** From 0 to `most`. */
  decimal(column: string, most: number): number | null {
    const text = this.text(column);
    if (text === null) return null;
    const number = /^\d+(?:\.\d*)?(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
    return number <= most ? number : this.refuse('number_invalid', column, null);
  }

  /** A day of the calendar as YYYY-MM-DD. */
  date(column: string): string | null {
    const text = this.text(column);
    return text === null || isCalendarDay(text) ? text : this.refuse('date_invalid', column, null);
  }

  /** A code of a language: ISO 639-1, or one of the same form. */
  language(column: string): string | null {
    const text = this.text(column);
    return text === null || CODE.test(text) ? text : this.refuse('code_invalid', column, null);
  }

  flag(column: string): boolean | null {
    const text = this.text(column);
    if (text === null || text === 'True' || text === 'False') return text === null ? null : text === 'True';
    return this.refuse('boolean_invalid', column, null);
  }

  /** A dict as Python writes it; null if the field is empty or says `None`. */
  dict(column: string): Dict | null {
    const value = this.#literal(column);
    return value === null || isDict(value) ? value : this.refuseLiteral(column, 'is no dict', null);
  }

  /** A list of dicts; none if the field is empty or says `None`. */
  dicts(column: string): readonly Dict[] {
    const value = this.#literal(column) ?? [];
    return isDicts(value) ? value : this.refuseLiteral(column, 'is no list of dicts', []);
  }

  /** The key of an entry of a literal; empty if it has none, which is a fault. */
  entryKey(column: string, entry: Dict, name: string): string {
    const value = entry.get(name);
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    if (typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value)))
      return String(value);
    return this.refuseLiteral(column, `has an entry whose ${name} is no key`, '');
  }

  /** The code of an entry of a literal: of a language or a country. */
  entryCode(column: string, entry: Dict, name: string): string {
    const code = this.entryKey(column, entry, name);
    return CODE.test(code) ? code : this.refuseLiteral(column, `has an entry whose ${name} is no code`, '');
  }

  /** The text of an entry of a literal; null if it is empty, absent or `None`. */
  entryText(column: string, entry: Dict, name: string): string | null {
    const value = entry.get(name) ?? '';
    if (typeof value !== 'string')
      return this.refuseLiteral(column, `has an entry whose ${name} is no text`, null);
    const text = value.trim();
    return text === '' ? null : text;
  }

  /** Notes that `column` is at fault, if nothing was before, and gives `value`. */
  refuse<T>(reason: string, column: string, value: T): T {
    return this.#note(
      { reason, detail: `${column} is '${firstCharacters(this.text(column) ?? '', SHOWN)}'` },
      value,
    );
  }

  refuseLiteral<T>(column: string, what: string, value: T): T {
    return this.#note({ reason: 'literal_invalid', detail: `${column} ${what}` }, value);
  }

  #literal(column: string): PythonValue {
    const text = this.text(column);
    if (text === null) return null;
    const parsed = parsePythonLiteral(text);
    if ('value' in parsed) return parsed.value;
    return this.refuseLiteral(column, `cannot be read: ${parsed.fault}, at character ${parsed.at + 1}`, null);
  }

  #note<T>(fault: Fault, value: T): T {
    this.#fault ??= fault;
    return value;
  }
}

/** `81` of `81`, `081` and `81.0`, which pandas writes; null of anything else. */
function wholeDigits(text: string, most: number): string | null {
  const digits = /^0*(\d+?)(?:\.0*)?$/.exec(text)?.[1];
  return digits === undefined || digits.length > most ? null : digits;
}

function isDict(value: PythonValue): value is Dict {
  return value instanceof Map;
}

function isDicts(value: PythonValue): value is readonly Dict[] {
  return Array.isArray(value) && value.every((item) => isDict(item as PythonValue));
}
