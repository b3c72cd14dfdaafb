import { isDeep } from '../../lib/is-deep.ts';
import { isObject } from '../../lib/is-object.ts';
import { firstCharacters } from '../../lib/shown-text.ts';
import type { Fault } from '../../model/fault.ts';

/** Characters of a value that a fault shows. */
const SHOWN = 200;

/** What the provider writes where it does not know. */
const NOT_KNOWN = ['', 'NA', 'N/A', 'TODO'];

/** A key: what the provider has between the slashes of its addresses. */
const KEY = /^[\w.-]{1,100}$/;

/**
 * Reads the fields of one record. A field that cannot be understood is null, and the first such is the record's `fault`.
 * A field that is absent, null or said to be unknown is null too, and no fault.
 */
export class RecordReader {
  readonly #fields: Readonly<Record<string, unknown>>;
  #fault: Fault | null = null;

  constructor(record: unknown) {
    const deep = isDeep(record);
    this.#fields = isObject(record) && !deep ? record : {};
    if (deep) this.#note('record_invalid', 'the record is nested too deeply');
    else if (!isObject(record)) this.#note('record_invalid', 'the record is no object');
  }

  get fault(): Fault | null {
    return this.#fault;
  }

  /** Empty if it has none, which is a fault. */
  key(name: string): string {
    const value = this.#fields[name];
    if (value === undefined || value === null || value === '') return this.#refuse('id_missing', name, '');
    const text = typeof value === 'string' ? value.trim() : '';
    return KEY.test(text) ? text : this.#refuse('id_invalid', name, '');
  }

  /** A line of at most `most` characters that must be there, whatever it says; empty if it is not. */
  name(name: string, missing: string, most: number): string {
    const text = this.#trimmed(name);
    if (text === '') return this.#refuse(missing, name, '');
    return this.#line(name, text, most) ?? '';
  }

  /** A line. */
  line(name: string, most: number): string | null {
    const text = this.#known(name);
    return text === null ? null : this.#line(name, text, most);
  }

  /** The lines that commas divide, each once. */
  lines(name: string, most: number): string[] {
    const parts = (this.#known(name) ?? '').split(',').map((part) => part.trim());
    const known = parts.filter((part) => !NOT_KNOWN.includes(part));
    return [...new Set(known.flatMap((part) => this.#line(name, part, most)?.normalize('NFC') ?? []))];
  }

  /** Text of several lines. */
  text(name: string, most: number): string | null {
    const text = this.#known(name);
    if (text === null) return null;
    return text.length <= most ? text : this.#refuse('text_too_long', name, null);
  }

  /** A whole number, written as text or as a number. */
  whole(name: string, least: number, most: number): number | null {
    const value = this.#fields[name];
    const text = typeof value === 'number' ? String(value) : this.#known(name);
    if (text === null) return null;
    const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return number >= least && number <= most ? number : this.#refuse('number_invalid', name, null);
  }

  /** An address of http or https. */
  address(name: string, most: number): string | null {
    const text = this.#known(name);
    if (text === null) return null;
    const isAddress = /^https?:\/\/[^\s\p{Cc}]+$/iu.test(text) && URL.canParse(text);
    return isAddress && text.length <= most ? text : this.#refuse('url_invalid', name, null);
  }

  /** A list of texts, trimmed; what is null in it is left out. */
  texts(name: string): string[] {
    const value = this.#fields[name] ?? [];
    if (!Array.isArray(value)) return this.#refuse('list_invalid', name, []);
    const texts = (value as unknown[]).filter((one) => one !== null);
    if (!texts.every((one) => typeof one === 'string')) return this.#refuse('list_invalid', name, []);
    return texts.map((one) => one.trim());
  }

  #line(name: string, text: string, most: number): string | null {
    if (text.length > most) return this.#refuse('text_too_long', name, null);
    return /\p{Cc}/u.test(text) ? this.#refuse('text_invalid', name, null) : text;
  }

  #known(name: string): string | null {
    const text = this.#trimmed(name);
    return NOT_KNOWN.includes(text) ? null : text;
  }

  #trimmed(name: string): string {
    const value = this.#fields[name] ?? '';
    if (typeof value !== 'string') return this.#refuse('type_invalid', name, '');
    if (value.includes('\0')) return this.#refuse('nul_byte', name, '');
    if (/\p{Cs}/u.test(value)) return this.#refuse('encoding_invalid', name, '');
    return value.trim();
  }

  #refuse<T>(reason: string, name: string, value: T): T {
    const shown = firstCharacters(JSON.stringify(this.#fields[name] ?? null), SHOWN);
    this.#note(reason, `${name} is ${shown}`);
    return value;
  }

  #note(reason: string, detail: string): void {
    this.#fault ??= { reason, detail };
  }
}
