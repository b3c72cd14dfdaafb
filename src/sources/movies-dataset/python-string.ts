interface ReadString {
  readonly text: string;
  /** Where the text goes on, or the fault is. */
  readonly end: number;
  readonly fault: string | null;
}

/** `\n` and the like: https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences */
const SINGLE: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Hexadecimal digits of `\x`, `\u` and `\U`. */
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

const OCTAL = /[0-7]{1,3}/y;
const HEX = /^[0-9a-fA-F]+$/;
const LAST_CODE_POINT = 0x10ffff;
const SURROGATE_ALONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const ANY_SURROGATE = /[\ud800-\udfff]/;

/** Reads Python's strings out of one text. What it has searched for once it does not search for again. */
export class StringReader {
  readonly #text: string;
  #backslash = -1;
  #newline = -1;

  constructor(text: string) {
    this.#text = text;
  }

  /** The string whose first quote stands at `at`. */
  read(at: number): ReadString {
    const quote = this.#text.charAt(at);
    const triple = this.#text.startsWith(quote.repeat(3), at);
    const end = triple ? quote.repeat(3) : quote;
    return this.#readTo(end, at + end.length);
  }

  #readTo(end: string, from: number): ReadString {
    let text = '';
    let close = -1;
    for (let at = from; ;) {
      if (close < at) close = this.#text.indexOf(end, at);
      if (close < 0) return { text, end: at, fault: 'a string does not end' };
      const backslash = this.#nextBackslash(at);
      const stop = Math.min(close, backslash);
      if (end.length === 1 && this.#nextNewline(at) < stop)
        return { text, end: at, fault: 'a string goes over the end of its line' };
      text += this.#text.slice(at, stop);
      if (stop === close) return finished(text, close + end.length);
      const escape = this.#escape(backslash + 1);
      if (escape.fault !== null) return { ...escape, end: backslash };
      text += escape.text;
      at = escape.end;
    }
  }

  #escape(at: number): ReadString {
    const letter = this.#text.charAt(at);
    const single = SINGLE[letter];
    if (single !== undefined) return { text: single, end: at + 1, fault: null };
    if (letter === '\r')
      return { text: '', end: at + (this.#text.charAt(at + 1) === '\n' ? 2 : 1), fault: null };
    const digits = HEX_DIGITS[letter];
    if (digits !== undefined) return this.#hex(at + 1, digits);
    if (letter === 'N') return { text: '', end: at, fault: 'a character is written by its name' };
    return this.#octal(at) ?? { text: `\\${letter}`, end: at + 1, fault: null };
  }

  #hex(at: number, count: number): ReadString {
    const digits = this.#text.slice(at, at + count);
    const code = Number.parseInt(digits, 16);
    if (digits.length < count || !HEX.test(digits) || code > LAST_CODE_POINT)
      return { text: '', end: at, fault: 'an escape is malformed' };
    return { text: String.fromCodePoint(code), end: at + count, fault: null };
  }

  #octal(at: number): ReadString | null {
    OCTAL.lastIndex = at;
    const digits = OCTAL.exec(this.#text)?.[0];
    if (digits === undefined) return null;
    return { text: String.fromCodePoint(Number.parseInt(digits, 8)), end: at + digits.length, fault: null };
  }

  #nextBackslash(at: number): number {
    if (this.#backslash < at) this.#backslash = indexOrEnd(this.#text, '\\', at);
    return this.#backslash;
  }

  #nextNewline(at: number): number {
    if (this.#newline < at) this.#newline = indexOrEnd(this.#text, '\n', at);
    return this.#newline;
  }
}

function indexOrEnd(text: string, character: string, at: number): number {
  const found = text.indexOf(character, at);
  return found < 0 ? Infinity : found;
}

function finished(text: string, end: number): ReadString {
  if (text.includes('\0')) return { text: '', end, fault: 'a string contains a NUL character' };
  return {
    text: ANY_SURROGATE.test(text) ? text.replace(SURROGATE_ALONE, '\ufffd') : text,
    end,
    fault: null,
  };
}
