import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parsePythonLiteral } from './python-literal.ts';
import type { PythonValue } from './python-literal.ts';

function valueOf(text: string): PythonValue {
  const parsed = parsePythonLiteral(text);
  if ('fault' in parsed) throw new Error(`${parsed.fault} at ${parsed.at} of ${text}`);
  return parsed.value;
}

/** Each value with a way to write it, as Python would or could. */
interface Written {
  readonly value: PythonValue;
  readonly text: string;
}

const anyCharacter = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter((one) => one !== '\0');

interface WrittenCharacter {
  readonly value: string;
  readonly text: string;
}

/** One character within `quote`, written as itself where that is allowed, or by one of its escapes. */
function written(quote: string): fc.Arbitrary<WrittenCharacter> {
  return fc
    .tuple(anyCharacter, fc.nat(4))
    .map(([value, way]) => ({ value, text: writeCharacter(value, way, quote) }));
}

function writeCharacter(value: string, way: number, quote: string): string {
  const code = value.codePointAt(0) ?? 0;
  const hex = (digits: number) => code.toString(16).padStart(digits, '0');
  if (way === 0) return `\\U${hex(8)}`;
  if (way === 1 && code <= 0xffff) return `\\u${hex(4)}`;
  if (way === 2 && code <= 0xff) return `\\x${hex(2)}`;
  if (way === 3 && code <= 0o777) return `\\${code.toString(8).padStart(3, '0')}`;
  if (value === quote || value === '\\') return `\\${value}`;
  return value === '\n' ? '\\n' : value;
}

const stringLiteral: fc.Arbitrary<Written> = fc.constantFrom(`'`, `"`).chain((quote) =>
  fc.array(written(quote), { maxLength: 12 }).map((characters) => ({
    value: characters.map(({ value }) => value).join(''),
    text: `${quote}${characters.map(({ text }) => text).join('')}${quote}`,
  })),
);

const numberLiteral: fc.Arbitrary<Written> = fc.oneof(
  fc.maxSafeInteger().map((value) => ({ value, text: String(value) })),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 80n }).map((value) => ({ value: -value, text: String(-value) })),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((value) => ({ value, text: Object.is(value, -0) ? '-0.0' : value.toExponential() })),
);

const wordLiteral: fc.Arbitrary<Written> = fc.constantFrom(
  { value: null, text: 'None' },
  { value: true, text: 'True' },
  { value: false, text: 'False' },
);

const space = fc.constantFrom('', ' ', '\n ', '\t');

const literal = fc.letrec<{ any: Written; plain: Written; list: Written; tuple: Written; dict: Written }>(
  (tie) => ({
    any: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      tie('plain'),
      tie('list'),
      tie('tuple'),
      tie('dict'),
    ),
    plain: fc.oneof(stringLiteral, numberLiteral, wordLiteral),
    list: fc.tuple(fc.array(tie('any'), { maxLength: 5 }), space).map(([items, gap]) => ({
      value: items.map(({ value }) => value),
      text: `[${gap}${items.map(({ text }) => text).join(`${gap},${gap}`)}${gap}]`,
    })),
    tuple: fc.tuple(fc.array(tie('any'), { maxLength: 5 }), space).map(([items, gap]) => ({
      value: items.map(({ value }) => value),
      text: `(${items.map(({ text }) => `${text}${gap},`).join(gap)})`,
    })),
    dict: fc
      .tuple(fc.array(fc.tuple(tie('plain'), tie('any')), { maxLength: 5 }), space)
      .map(([entries, gap]) => ({
        value: new Map(entries.map(([key, item]) => [key.value, item.value])),
        text: `{${entries.map(([key, item]) => `${key.text}${gap}:${item.text}`).join(`,${gap}`)}}`,
      })),
  }),
);

describe('a Python literal', () => {
  test('of any value, written in any way, is that value', () => {
    fc.assert(
      fc.property(literal.any, ({ value, text }) => {
        expect(valueOf(text)).toEqual(value);
      }),
      { numRuns: 1_000 },
    );
  });

  test('is a value or a fault, whatever the text', () => {
    const pieces = fc.constantFrom(
      ...Array.from(`'"[](){},:\\ \n\r.eExXuUN0123456789_+-`),
      'None',
      'True',
      `'''`,
      '😀',
      'ü',
      '\ud800',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(pieces).map((all) => all.join('')),
        ),
        (text) => {
          const parsed = parsePythonLiteral(text);
          if ('fault' in parsed) expect(parsed.at).toBeLessThanOrEqual(text.length);
          else expect(parsed.value).not.toBeUndefined();
        },
      ),
      { numRuns: 3_000 },
    );
  });

  test.each([
    [`'it''s'`, 'its'],
    [`"O'Neil \\"Jack\\""`, `O'Neil "Jack"`],
    [`'''a\n'b' "c"'''`, `a\n'b' "c"`],
    [`'one \\\ntwo'`, 'one two'],
    [`'one \\\r\ntwo'`, 'one two'],
    [`'\\a\\b\\f\\n\\r\\t\\v\\\\'`, '\u0007\b\f\n\r\t\v\\'],
    [`'\\7\\47\\1411'`, `\u0007'a1`],
    [`'\\q\\d'`, '\\q\\d'],
    [`'\\ud83d\\ude00'`, '😀'],
    [`'\\ud83d!'`, '\ufffd!'],
    ['(1)', 1],
    ['(1,)', [1]],
    [`('a,')`, 'a,'],
    ['()', []],
    ['[1, 2,]', [1, 2]],
    ['0x1F', 31],
    ['0o17', 15],
    ['0b11', 3],
    ['1_000', 1000],
    ['-1.5e3', -1500],
    ['.5', 0.5],
    ['5.', 5],
    ['9007199254740993', 9007199254740993n],
    [' None ', null],
  ])('%s is read as Python reads it', (text, value) => {
    expect(valueOf(text)).toEqual(value);
  });

  test('keeps keys of a dict apart by their kind', () => {
    expect(valueOf(`{1: 'a', '1': 'b', '__proto__': None}`)).toEqual(
      new Map<PythonValue, PythonValue>([
        [1, 'a'],
        ['1', 'b'],
        ['__proto__', null],
      ]),
    );
  });

  test.each([
    ['', 'it ends where a value should be'],
    ['[1', `a ',' or ']' is missing`],
    ['[1 2]', `a ',' or ']' is missing`],
    ['[,]', 'something is no value'],
    ['{1 2}', `a ':' is missing`],
    ['{[1]: 2}', 'a key is no plain value'],
    [`'a`, 'a string does not end'],
    [`'a\nb'`, 'a string goes over the end of its line'],
    [`'\\x4'`, 'an escape is malformed'],
    [`'\\U00110000'`, 'an escape is malformed'],
    [`'\\N{DASH}'`, 'a character is written by its name'],
    [`'\\x00'`, 'a string contains a NUL character'],
    ['Nones', 'something is no value'],
    ['nan', 'something is no value'],
    ['1 1', 'something follows the value'],
    ['012', 'a number is malformed'],
    ['1__0', 'a number is malformed'],
    ['1.2.3', 'a number is malformed'],
  ])('%j is a fault', (text, fault) => {
    expect(parsePythonLiteral(text)).toMatchObject({ fault });
  });

  test('is nested a hundred deep, and no deeper', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(parsePythonLiteral(nested(100))).toHaveProperty('value');
    expect(parsePythonLiteral(nested(101))).toMatchObject({ fault: 'it is nested more than 100 deep' });
    expect(parsePythonLiteral('['.repeat(1_000_000))).toHaveProperty('fault');
  });

  test.each([
    ['escapes', (n: number) => `'${'\\x41'.repeat(n)}'`],
    ['escaped quotes', (n: number) => `'${`\\'`.repeat(n)}'`],
    ['short strings before one backslash', (n: number) => `[${`'a',`.repeat(n)}'\\n']`],
    ['strings side by side', (n: number) => `'a'`.repeat(n)],
    ['brackets', (n: number) => `[${'(1),'.repeat(n)}]`],
    ['digits', (n: number) => '1'.repeat(n)],
    ['a string that does not end', (n: number) => `'${'\\n'.repeat(n)}`],
  ])('takes time as its length, in %s', (_, write) => {
    const million = write(1_000_000);
    const started = performance.now();
    parsePythonLiteral(million);
    // Were it to grow as the square, this would take hours.
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
