import { describe, expect, it } from 'vitest';

import { filmPatchBody } from './film-patch-body.ts';

const body = filmPatchBody(() => new Date('2026-11-21T12:00:00Z'));

describe('the body of PATCH /movies/{id}', () => {
  it.each([
    ['title', ['x', 'x'.repeat(300)]],
    ['originalTitle', ['Робот']],
    ['kind', ['movie', 'tvSpecial']],
    ['year', [1874, 2039]],
    ['releaseDate', ['1999-03-31']],
    ['runtimeMinutes', [1, 60_000]],
    ['genres', [['Drama', 'Été']]],
    ['rating', [0, 7.5, 10]],
    ['certificate', ['R']],
    ['posterUrl', ['https://pictures.example/1.jpg']],
  ])('takes %s, and null to withdraw it', (field, values) => {
    for (const value of [...values, null]) expect(body.parse({ [field]: value })).toEqual({ [field]: value });
  });

  it('takes a text without the space around it, and a genre once', () => {
    expect(body.parse({ title: ' Robot ', genres: ['War', 'WAR', 'drama'] })).toEqual({
      title: 'Robot',
      genres: ['War', 'drama'],
    });
  });

  it.each([
    ['title', '', /1 to 300 characters/],
    ['title', 'x'.repeat(301), /1 to 300 characters/],
    ['title', 7, /must be text/],
    ['originalTitle', 'a\nb', /control characters/],
    ['kind', 'tvSeries', /must be one of movie/],
    ['year', 1873, /from 1874 to 2039/],
    ['year', 2040, /from 1874 to 2039/],
    ['year', 1999.5, /whole number/],
    ['releaseDate', '1999-02-30', /must be a date/],
    ['releaseDate', '1800-01-01', /from 1874/],
    ['runtimeMinutes', 0, /from 1 to 60000/],
    ['runtimeMinutes', 60_001, /from 1 to 60000/],
    ['genres', [], /at least one name/],
    ['genres', ['a,b'], /comma/],
    ['genres', 'Drama', /list of names/],
    ['genres', Array.from({ length: 21 }, (_, at) => `g${at}`), /at most 20/],
    ['rating', 10.1, /from 0 to 10/],
    ['rating', -0.1, /from 0 to 10/],
    ['rating', 7.55, /one decimal/],
    ['certificate', '', /1 to 50/],
    ['posterUrl', 'http://pictures.example', /https address/],
  ])('refuses %s: %j', (field, value, words) => {
    const [issue] = body.safeParse({ [field]: value }).error?.issues ?? [];
    expect(issue?.path[0]).toBe(field);
    expect(issue?.message).toMatch(words);
  });

  it.each([[{}], [null], [[]], ['x'], [{ imdbId: 'tt0133093' }], [{ votes: 5 }]])('refuses %j', (value) => {
    expect(body.safeParse(value).success).toBe(false);
  });
});
