import { describe, expect, test } from 'vitest';

import { readDetail, readList } from './listing.ts';

const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;

describe('a list', () => {
  test('is read although one of its records is nested 200,000 deep', () => {
    const list = readList(`{"Movies":[${deep},{"ID":"a1","Title":"One"}]}`);
    expect(list).toMatchObject({
      entries: [{ listing: 'a1' }],
      faulty: [{ reason: 'record_invalid', raw: '(nested too deep to be shown)' }],
    });
  });

  test.each([
    ['holds NUL', String.raw`A\u0000B`],
    ['holds half a character', String.raw`A\ud800B`],
    ['has 501 characters', 'x'.repeat(501)],
  ])('keeps an entry whose title %s', (_what, title) => {
    const list = readList(`{"Movies":[{"ID":"a1","Year":"1991","Title":"${title}"}]}`);
    expect(list).toMatchObject({
      entries: [{ listing: 'a1', description: { title: null, year: 1991 } }],
      faulty: [],
    });
  });

  test.each([String.raw`x\ud800`, String.raw`x\u0000y`])('takes no id that cannot be asked for: %s', (id) => {
    expect(readList(`{"Movies":[{"ID":"${id}"}]}`)).toMatchObject({
      entries: [],
      faulty: [{ reason: 'id_invalid' }],
    });
  });

  test('that is no JSON has failed', () => {
    expect(readList('[')).toMatchObject({ reason: 'document_invalid' });
  });
});

describe('a detail', () => {
  test('says its price whatever the size of what is not read', () => {
    const plot = `${'x'.repeat(9_000_000)}${String.raw`\\ \"1.5`}`;
    expect(readDetail(`{"ID":"a1","Plot":"${plot}","Price":9.50}`, 'a1')).toMatchObject({ price: '9.50' });
  });

  test('of another id shows a short id that can be written', () => {
    const other = `${String.raw`e1\u0000z\ud800`}${'y'.repeat(10_000)}`;
    const detail = readDetail(`{"ID":"${other}","Price":"9.5"}`, 'a1');
    expect(detail).toMatchObject({ reason: 'listing_mismatch' });
    const words = 'detail' in detail ? detail.detail : '';
    expect(words).toContain("'a1' was asked for, and 'e1\u2400z\ufffdyyy");
    expect(words.length).toBeLessThan(200);
  });

  test('whose price is nested 200,000 deep has none', () => {
    expect(readDetail(`{"ID":"a1","Price":${deep}}`, 'a1')).toMatchObject({ reason: 'price_invalid' });
  });
});
