import { describe, expect, test } from 'vitest';

import { shownPoster } from './poster.tsx';

describe('the address of a poster', () => {
  test.each([
    ['https://image.tmdb.org/t/p/w342/a.jpg', 'https://image.tmdb.org/t/p/w342/a.jpg'],
    ['http://image.tmdb.org/t/p/w342/a.jpg', null],
    ['https://elsewhere.example/a.jpg', null],
    ['https://image.tmdb.org.elsewhere.example/a.jpg', null],
    ['https://a@image.tmdb.org/a.jpg', null],
    ['javascript:alert(1)', null],
    ['//image.tmdb.org/a.jpg', null],
    ['https://image.tmdb.org/"onerror=alert(1)', 'https://image.tmdb.org/%22onerror=alert(1)'],
    ['', null],
    [null, null],
  ])('%s is shown as %s', (given, shown) => {
    expect(shownPoster(given, ['image.tmdb.org'])).toBe(shown);
  });
});
