import { describe, expect, it } from 'vitest';

import { editDistance } from './edit-distance.ts';

describe('typing errors between words', () => {
  it.each([
    ['matrix', 'matrix', 0],
    ['matrx', 'matrix', 1],
    ['mattrix', 'matrix', 1],
    ['metrix', 'matrix', 1],
    ['martix', 'matrix', 1],
    ['mrtix', 'matrix', 2],
    ['ab', 'ba', 1],
    ['', 'ab', 2],
    ['千と', '千', 1],
  ])('from %s to %s are %d', (typed, word, errors) => {
    expect(editDistance(typed, word, 2)).toBe(errors);
    expect(editDistance(word, typed, 2)).toBe(errors);
  });

  it('are not counted beyond the most', () => {
    expect(editDistance('godfather', 'matrix', 2)).toBe(3);
    expect(editDistance('a', 'abcdefgh', 1)).toBe(2);
  });

  it.each([
    ['interstllr', 'interstellar', 2],
    ['intestel', 'interstellar', 1],
    ['inter', 'interstellar', 0],
    ['spritied', 'spirited', 2],
    ['abcd', 'xyz', 3],
  ])('from %s to the beginning of %s are %d', (typed, word, errors) => {
    expect(editDistance(typed, word, 2, true)).toBe(errors);
  });
});
