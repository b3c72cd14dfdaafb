import fc from 'fast-check';
import type { InjectOptions } from 'fastify';
import { expect, test } from 'vitest';

import { anyKey, openTestApi } from '../../../test/api.ts';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { servedFilm, serveFilms } from '../../../test/served-films.ts';
import { filmListQuery } from './title-list-query.ts';

const PATHS = [
  '/',
  '/movies',
  '/movies.json',
  '/movies/tt0133093',
  '/movies/0f2c7b1e-0000-8000-a000-000000000000',
  '/movies/tt0133093/credits',
  '/movies/0f2c7b1e-0000-8000-a000-000000000000/ratings',
  '/series',
  '/series/0f2c7b1e-0000-8000-a000-000000000001',
  '/series/0f2c7b1e-0000-8000-a000-000000000001/episodes',
  '/series/tt0133093/keywords',
  '/episodes',
  '/episodes/0f2c7b1e-0000-8000-a000-000000000002',
  '/people/0f2c7b1e-0000-8000-a000-000000000000',
  '/people/0f2c7b1e-0000-8000-a000-000000000000/credits',
  '/companies',
  '/companies/0f2c7b1e-0000-8000-a000-000000000000',
  '/collections/0f2c7b1e-0000-8000-a000-000000000000',
  '/countries',
  '/languages',
  '/genres',
  '/reports',
  '/reports/company-budget',
  '/reports/genre-most-popular.csv',
  '/sources',
  '/sources/imdb/runs',
  '/health/live',
  '/health/ready',
  '/openapi.json',
  '/docs',
  '/docs/static/x',
  '/problems/not_found',
  '/nowhere',
];

const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    '0',
    '-1',
    '1e9',
    '99999999999999999999',
    '%',
    '%00',
    '%ff',
    '\0',
    'null',
    '[]',
    '__proto__',
    "'",
    '%25',
  ),
);

const written = anyText.map((text) => encodeURIComponent(text.replace(/\p{Cs}/gu, '')));

const name = fc.oneof(
  fc.constantFrom(
    ...Object.keys(filmListQuery.shape),
    'agg',
    'company_id',
    'include',
    'metric',
    'name',
    'season',
    'top',
  ),
  written,
);

const query = fc
  .array(fc.tuple(name, fc.oneof(written, fc.integer({ min: 0, max: 100 }).map(String))), { maxLength: 4 })
  .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&'));

const path = fc.oneof(
  fc.constantFrom(...PATHS),
  fc
    .tuple(
      fc.constantFrom(
        '/movies/',
        '/series/',
        '/episodes/',
        '/people/',
        '/companies/',
        '/collections/',
        '/reports/',
        '/sources/',
        '/problems/',
        '/',
      ),
      written,
    )
    .map(([start, end]) => start + end),
  fc
    .tuple(fc.constantFrom(...PATHS), fc.constantFrom('%', '%00', '//', '/..', ';', '.json', '.csv'))
    .map(([start, end]) => start + end),
);

const headerValue = fc.oneof(
  fc.constantFrom(
    '*',
    '*/*',
    'gzip',
    'br;q=0',
    'application/json',
    'text/plain',
    'Bearer k',
    'W/"x"',
    ',,;q=',
    '"',
  ),
  fc.stringMatching(/^[\x21-\x7e]{0,30}$/),
);

const headers = fc.dictionary(
  fc.constantFrom(
    'accept',
    'accept-encoding',
    'if-none-match',
    'content-type',
    'content-encoding',
    'authorization',
    'x-request-id',
    'origin',
  ),
  headerValue,
);

const body = fc.oneof(
  fc.json(),
  anyText,
  fc
    .record(
      {
        title: fc.oneof(fc.string({ unit: 'binary' }), fc.constant('A film')),
        year: fc.oneof(fc.integer(), fc.double(), fc.constant(2000)),
        rating: fc.double(),
        runtimeMinutes: fc.integer(),
        releaseDate: fc.oneof(
          fc.string(),
          fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
        ),
        genres: fc.array(fc.string({ unit: 'binary' })),
        imdbId: fc.string(),
        posterUrl: fc.webUrl(),
        kind: fc.string(),
      },
      { requiredKeys: ['title'] },
    )
    .map((film) => JSON.stringify(film)),
);

const anyRequest: fc.Arbitrary<InjectOptions> = fc.record({
  method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD', 'POST', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'),
  url: fc.tuple(path, query).map(([path, query]) => (query === '' ? path : `${path}?${query}`)),
  headers: fc.oneof(
    headers,
    headers.map((some) => ({ ...some, authorization: 'Bearer k', 'content-type': 'application/json' })),
  ),
  payload: body,
});

describeOnEachDatabase('any request', (open) => {
  test('is answered without a fault of ours, and what is wrong with it is named', async () => {
    const { db } = await open();
    const series = '0f2c7b1e-0000-8000-a000-000000000001';
    await serveFilms(db, [
      servedFilm({ genres: ['Drama'] }),
      servedFilm({ id: series, kind: 'tvSeries' }),
      servedFilm({
        id: '0f2c7b1e-0000-8000-a000-000000000002',
        kind: 'tvEpisode',
        place: { series, season: 1, number: 1 },
      }),
    ]);
    const api = await openTestApi(db, anyKey('write'));
    await fc.assert(
      fc.asyncProperty(anyRequest, async (request) => {
        const answer = await api.inject(request);
        expect(answer.statusCode).toBeLessThan(500);
        expect(answer.headers['x-request-id']).toBeDefined();
        if (answer.statusCode < 400 || request.method === 'HEAD') return;
        expect(answer.headers['content-type']).toBe('application/problem+json');
        const problem = answer.json<{ status: number; instance: string; errors: { field: string }[] }>();
        expect(problem).toMatchObject({
          status: answer.statusCode,
          instance: answer.headers['x-request-id'],
        });
        if (![401, 403].includes(answer.statusCode)) expect(problem.errors[0]?.field).toMatch(/./);
      }),
      { numRuns: 600 },
    );
  });
});
