import { expect, it } from 'vitest';

import { exchangesOf } from './word-grams.ts';

it('exchanges each two neighbouring letters of a short word', () => {
  expect(exchangesOf('awya')).toEqual(['waya', 'aywa', 'away']);
  expect(exchangesOf('千と千尋')).toEqual(['と千千尋', '千千と尋', '千と尋千']);
  expect(exchangesOf('extraordinary')).toEqual([]);
});
