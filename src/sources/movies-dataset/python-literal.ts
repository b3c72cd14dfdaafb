import { readPythonNumber } from './python-number.ts';
import { StringReader } from './python-string.ts';

/** A value of Python; a dict is a `Map`, a tuple an array, a whole number beyond 2^53 a bigint. */
export type PythonValue =
  null | boolean | number | bigint | string | readonly PythonValue[] | ReadonlyMap<PythonValue, PythonValue>;

export type ParsedLiteral =
  | { readonly value: PythonValue }
  /** What is wrong, and at which character, from 0. */
  | { readonly fault: string; readonly at: number };

/** Lists within lists; the dataset has three levels. Deeper ones are a fault, so that the stack is never used up. */
const DEPTH_AT_MOST = 100;

/**
 * The value that `text` writes as Python's `repr` would: `None`, `True`, `False`, numbers, strings of all quotes and
 * escapes (but `\N{…}`, whose names we do not have), lists, tuples, dicts. In time that grows as the text does.
 *
 * A surrogate without its other half becomes U+FFFD. A NUL character is a fault, since no database takes it.
 */
export function parsePythonLiteral(text: string): ParsedLiteral {
  const parser = new LiteralParser(text);
  try {
    return { value: parser.whole() };
  } catch (error) {
    if (error instanceof LiteralFault) return { fault: error.message, at: parser.at };
    throw error;
  }
}

/** Leaves the depths of the parser, and no further. */
class LiteralFault extends Error {}

const WORDS: readonly (readonly [string, PythonValue])[] = [
  ['None', null],
  ['True', true],
  ['False', false],
];

const QUOTES = `'"`;
const NUMBER_STARTS = '0123456789.+-';
const WORD_GOES_ON = /[A-Za-z0-9_]/;

class LiteralParser {
  readonly #text: string;
  readonly #strings: StringReader;
  #depth = 0;
  at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#strings = new StringReader(text);
  }

  whole(): PythonValue {
    const value = this.#value();
    this.#space();
    if (this.at < this.#text.length) throw new LiteralFault('something follows the value');
    return value;
  }

  #value(): PythonValue {
    this.#space();
    const start = this.#text.charAt(this.at);
    if (start === '') throw new LiteralFault('it ends where a value should be');
    if (QUOTES.includes(start)) return this.#string();
    if (start === '[') return this.#within(() => this.#items(']'));
    if (start === '{') return this.#within(() => this.#dict());
    if (start === '(') return this.#within(() => this.#tuple());
    return NUMBER_STARTS.includes(start) ? this.#number() : this.#word();
  }

  #within<T>(read: () => T): T {
    if (this.#depth === DEPTH_AT_MOST) throw new LiteralFault(`it is nested more than ${DEPTH_AT_MOST} deep`);
    this.#depth += 1;
    this.at += 1;
    const value = read();
    this.#depth -= 1;
    return value;
  }

  #items(end: string): PythonValue[] {
    const items: PythonValue[] = [];
    while (!this.#takes(end)) {
      items.push(this.#value());
      this.#separator(end);
    }
    return items;
  }

  /** Brackets around one value without a comma are only brackets. */
  #tuple(): PythonValue {
    const items: PythonValue[] = [];
    let commas = 0;
    while (!this.#takes(')')) {
      items.push(this.#value());
      if (this.#separator(')')) commas += 1;
    }
    const [only] = items;
    return only !== undefined && commas === 0 ? only : items;
  }

  #dict(): ReadonlyMap<PythonValue, PythonValue> {
    const dict = new Map<PythonValue, PythonValue>();
    while (!this.#takes('}')) {
      const key = this.#value();
      if (typeof key === 'object' && key !== null) throw new LiteralFault('a key is no plain value');
      if (!this.#takes(':')) throw new LiteralFault("a ':' is missing");
      dict.set(key, this.#value());
      this.#separator('}');
    }
    return dict;
  }

  /** Whether a comma stands here; if not, the end must. */
  #separator(end: string): boolean {
    if (this.#takes(',')) return true;
    this.#space();
    if (this.#text.charAt(this.at) === end) return false;
    throw new LiteralFault(`a ',' or '${end}' is missing`);
  }

  #takes(character: string): boolean {
    this.#space();
    if (this.#text.charAt(this.at) !== character) return false;
    this.at += 1;
    return true;
  }

  /** Strings that follow each other are one. */
  #string(): string {
    let joined = '';
    do {
      const { text, end, fault } = this.#strings.read(this.at);
      this.at = end;
      if (fault !== null) throw new LiteralFault(fault);
      joined += text;
      this.#space();
    } while (this.at < this.#text.length && QUOTES.includes(this.#text.charAt(this.at)));
    return joined;
  }

  #number(): PythonValue {
    const number = readPythonNumber(this.#text, this.at);
    if (number === null) throw new LiteralFault('a number is malformed');
    this.at = number.end;
    return number.value;
  }

  #word(): PythonValue {
    const found = WORDS.find(([word]) => this.#text.startsWith(word, this.at));
    const end = this.at + (found?.[0].length ?? 0);
    if (found === undefined || WORD_GOES_ON.test(this.#text.charAt(end)))
      throw new LiteralFault('something is no value');
    this.at = end;
    return found[1];
  }

  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.at);
      if (code !== 32 && code !== 9 && code !== 10 && code !== 13 && code !== 12) return;
      this.at += 1;
    }
  }
}
