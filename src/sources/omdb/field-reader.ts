import { isCalendarDay } from '../../lib/calendar-day.ts';
import { isObject } from '../../lib/is-object.ts';
import { shownText } from '../../lib/shown-text.ts';
import type { Fault } from '../../model/fault.ts';
import { parseImdbId } from '../../model/title-key.ts';
import type { ImdbId } from '../../model/title-key.ts';

/** Characters of a value that a fault shows. */
const SHOWN = 200;

/** Digits that fit DuckDB's `integer`. */
const INTEGER_DIGITS = 9;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Reads the fields of one object of OMDb. `N/A`, nothing and null are null. A field that cannot be understood is null as
 * well, and the first such is the object's `fault`.
 */
export class FieldReader {
  readonly #object: Readonly<Record<string, unknown>>;
  #fault: Fault | null = null;

  constructor(object: Readonly<Record<string, unknown>>) {
    this.#object = object;
  }

  get fault(): Fault | null {
    return this.#fault;
  }

  /** Without space around it. */
  text(name: string): string | null {
    const value = Object.hasOwn(this.#object, name) ? (this.#object[name] ?? '') : '';
    if (typeof value !== 'string' && typeof value !== 'number')
      return this.refuse('value_invalid', `${name} is neither text nor a number`);
    return this.checked(name, String(value));
  }

  /** The same for a text that `name` holds somewhere within. */
  checked(name: string, value: string): string | null {
    const text = value.trim();
    if (text.includes('\0')) return this.refuse('nul_byte', `${name} contains a NUL byte`);
    if (/\p{Surrogate}/u.test(text))
      return this.refuse('encoding_invalid', `${name} contains half a character`);
    return text === '' || text === 'N/A' ? null : text;
  }

  imdbId(name: string): ImdbId | null {
    return this.#understood('id_invalid', name, parseImdbId);
  }

  /** From 0: `1,203,942`, `62`. */
  wholeNumber(name: string): number | null {
    return this.#understood('number_invalid', name, wholeNumber);
  }

  /** From 0 to `most`, as it is written before `unit`: `9.0/10`, `88%`. */
  decimal(name: string, most: number, unit = ''): number | null {
    return this.#understood('number_invalid', name, (text) => decimal(text, most, unit));
  }

  /** The first and the last year of `2011`, `2011–2019` and `2011–`. */
  years(name: string): { readonly first: number | null; readonly last: number | null } {
    const years = this.#understood('year_invalid', name, parseYears);
    return years ?? { first: null, last: null };
  }

  /** A day as YYYY-MM-DD, of `17 Apr 2011` or `2011-04-17`. */
  date(name: string): string | null {
    return this.#understood('date_invalid', name, parseDay);
  }

  /** Of `62 min`, `1 h 2 min`, `1,002 min`; null for zero. */
  minutes(name: string): number | null {
    return nullForZero(this.#understood('number_invalid', name, parseMinutes));
  }

  /** The objects of a list; none where there is no list. */
  objects(name: string): readonly Readonly<Record<string, unknown>>[] {
    const value = (Object.hasOwn(this.#object, name) ? this.#object[name] : null) ?? 'N/A';
    if (value === 'N/A' || value === '') return [];
    if (Array.isArray(value) && value.every(isObject)) return value;
    this.refuse('value_invalid', `${name} is no list of objects`);
    return [];
  }

  /** Notes the fault, if none was noted before. */
  refuse(reason: string, detail: string): null {
    this.#fault ??= { reason, detail };
    return null;
  }

  refuseValue(reason: string, name: string, text: string): null {
    return this.refuse(reason, `${name} is '${shownText(text, SHOWN)}'`);
  }

  #understood<T>(reason: string, name: string, parse: (text: string) => T | null): T | null {
    const text = this.text(name);
    return text === null ? null : (parse(text) ?? this.refuseValue(reason, name, text));
  }
}

/** Zero, where it stands for what is not known. */
export function nullForZero(value: number | null): number | null {
  return value === 0 ? null : value;
}

function wholeNumber(text: string): number | null {
  if (!/^(?:\d+|\d{1,3}(?:,\d{3})+)$/.test(text)) return null;
  const digits = text.replaceAll(',', '');
  return digits.length > INTEGER_DIGITS ? null : Number(digits);
}

function decimal(text: string, most: number, unit: string): number | null {
  if (!text.endsWith(unit)) return null;
  const digits = text.slice(0, text.length - unit.length).trim();
  return /^\d+(?:\.\d+)?$/.test(digits) && Number(digits) <= most ? Number(digits) : null;
}

function parseYears(text: string): { first: number; last: number | null } | null {
  const [, first, , last] = /^([1-9]\d{3})(\s*[–-]\s*([1-9]\d{3})?)?$/.exec(text) ?? [];
  if (first === undefined || (last !== undefined && last < first)) return null;
  return { first: Number(first), last: last === undefined ? null : Number(last) };
}

function parseDay(text: string): string | null {
  const [, date, name = '', year = ''] = /^(\d{1,2}) ([a-z]{3}) (\d{4})$/i.exec(text) ?? [];
  const month = String(MONTHS.indexOf(name.toLowerCase()) + 1).padStart(2, '0');
  const day = date === undefined ? text : `${year}-${month}-${date.padStart(2, '0')}`;
  return isCalendarDay(day) ? day : null;
}

function parseMinutes(text: string): number | null {
  const parts = /^(?:([\d,]+)\s*h(?:rs?|ours?)?\b\.?\s*)?(?:([\d,]+)\s*min\b\.?)?$/i.exec(text);
  if (parts === null) return null;
  const hours = wholeNumber(parts[1] ?? '0');
  const minutes = wholeNumber(parts[2] ?? '0');
  if (hours === null || minutes === null) return null;
  const sum = hours * 60 + minutes;
  return String(sum).length > INTEGER_DIGITS ? null : sum;
}
