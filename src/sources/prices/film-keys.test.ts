import { describe, expect, test } from 'vitest';

import { filmKeys, imdbIdIn } from './film-keys.ts';
import type { KeyedListing } from './film-keys.ts';

const listing = (seller: string, one: Partial<KeyedListing>): KeyedListing => ({
  seller,
  listing: '1',
  title: 'The Matrix',
  year: 1999,
  kind: 'movie',
  imdbId: null,
  ...one,
});

describe('the key of a film', () => {
  test.each([
    ['cw0076759', 'tt0076759'],
    ['fw76759', 'tt0076759'],
    ['cw000076759', 'tt0076759'],
    ['cw12345678', 'tt12345678'],
    ['other', null],
  ])('the id in %s is %s', (id, imdbId) => {
    expect(imdbIdIn(id, '^[cf]w(?<imdb>\\d+)$')).toBe(imdbId);
  });

  test('is the id, also for listings of that name and year which have none', () => {
    const keys = filmKeys([
      listing('a', { imdbId: 'tt0133093' }),
      listing('b', { title: 'THE MATRIX!' }),
      listing('c', { year: 1998 }),
    ]);
    expect(keys).toEqual(['tt0133093', 'tt0133093', 'the matrix (1998)']);
  });

  test('is name and year, whoever else lists it', () => {
    expect(filmKeys([listing('a', {}), listing('b', {})])).toEqual(Array(2).fill('the matrix (1999)'));
    expect(filmKeys([listing('b', {})])).toEqual(['the matrix (1999)']);
  });

  test('is the listing itself where name and year could be two films, or are not known', () => {
    const ids = [listing('a', { imdbId: 'tt0133093' }), listing('b', { imdbId: 'tt0000001' })];
    expect(filmKeys([...ids, listing('c', {})])[2]).toBe('c/1');
    expect(filmKeys([listing('a', {}), listing('a', { listing: '2' })])).toEqual(['a/1', 'a/2']);
    expect(filmKeys([listing('a', { year: null }), listing('b', { title: null })])).toEqual(['a/1', 'b/1']);
  });
});
