import { describe, expect, test } from 'vitest';

import { parseExactJson } from './exact-json.ts';
import { parsePrice } from './price.ts';

describe('a price', () => {
  test.each([
    ['12.5', '12.5'],
    [' 12.50 ', '12.50'],
    ['123343.5', '123343.5'],
    ['0.0001', '0.0001'],
    ['007', '7'],
    ['999999999.9999', '999999999.9999'],
    ['1,249.50', '1249.50'],
    ['1,249,000', '1249000'],
  ])('%s is %s', (written, price) => {
    expect(parsePrice(written)).toBe(price);
  });

  test.each([
    '',
    'N/A',
    'NaN',
    '0',
    '0.00',
    '-1',
    '+1',
    '1e3',
    '1.23456',
    '1000000000',
    '1,249',
    '12,5',
    '1.249,50',
    '$5',
    '5 AUD',
    '12.',
    '.5',
    '٣',
  ])("'%s' is none", (written) => {
    expect(parsePrice(written)).toBeNull();
  });
});

test('numbers of JSON keep every digit, and text is left alone', () => {
  const text = String.raw`{"a": 12.10000000000000000001, "b": "x \" 1.5", "c": [-1e3, true, null], "7": 0}`;
  expect(parseExactJson(text)).toEqual({
    a: '12.10000000000000000001',
    b: 'x " 1.5',
    c: ['-1e3', true, null],
    7: '0',
  });
  expect(() => parseExactJson('{"a": 01}')).toThrow(SyntaxError);
});
