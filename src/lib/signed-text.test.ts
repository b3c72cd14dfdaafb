import fc from 'fast-check';
import { expect, test } from 'vitest';

import { readSignedText, signText } from './signed-text.ts';

test('what was signed is read back, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, secret) => {
      expect(readSignedText(secret, 'cursor', signText(secret, 'cursor', text))).toBe(text);
    }),
  );
});

test('a text of another secret or another purpose is refused', () => {
  const signed = signText('secret', 'cursor', 'text');
  expect(readSignedText('other', 'cursor', signed)).toBeNull();
  expect(readSignedText('secret', 'token', signed)).toBeNull();
});

test('a text with any character changed, added or taken away is refused', () => {
  const signed = signText('secret', 'cursor', 'some text');
  for (let at = 0; at < signed.length; at += 1) {
    const other = signed[at] === 'A' ? 'B' : 'A';
    expect(readSignedText('secret', 'cursor', signed.slice(0, at) + other + signed.slice(at + 1))).toBeNull();
    expect(readSignedText('secret', 'cursor', signed.slice(0, at) + signed.slice(at + 1))).toBeNull();
  }
  expect(readSignedText('secret', 'cursor', `${signed}=`)).toBeNull();
  expect(readSignedText('secret', 'cursor', '')).toBeNull();
});
