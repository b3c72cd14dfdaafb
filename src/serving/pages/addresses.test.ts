import { describe, expect, test } from 'vitest';

import { localAddress } from './addresses.ts';

describe('the address of a request', () => {
  test.each([
    ['/movies?sort=-votes', '/movies?sort=-votes'],
    ['/', '/'],
    ['//elsewhere.example/a?b=c', '/elsewhere.example/a?b=c'],
    ['/\\elsewhere.example/a', '/elsewhere.example/a'],
    ['http://elsewhere.example/movies?a=b', '/movies?a=b'],
    ['https://elsewhere.example//other.example/a', '/other.example/a'],
    ['http://elsewhere.example?a=b', '/?a=b'],
    ['/movies?q=http://elsewhere.example/', '/movies?q=http://elsewhere.example/'],
    ['/movies?a=b#c', '/movies?a=b'],
    ['*', '/*'],
  ])('%s is %s on this site', (given, local) => {
    expect(localAddress(given)).toBe(local);
  });
});
