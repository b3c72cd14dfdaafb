import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FastifyInstance } from 'fastify';
import sql from 'sql-template-tag';
import { expect, test } from 'vitest';

import { anyKey, openTestApi } from '../../../test/api.ts';
import { describeOnPglite } from '../../../test/databases.ts';
import { idOf, openReportLab, reportedFilm } from '../../../test/reported-films.ts';
import { fullFilm, servedFilm, serveFilms } from '../../../test/served-films.ts';
import { linkId } from '../../../test/served-links.ts';
import { loadReports } from '../../catalogue/report-rows/load-reports.ts';
import type { Database } from '../../db/database.ts';
import { ERRORS } from '../../model/errors.ts';

interface Operation {
  readonly parameters?: readonly { name: string; in: string; schema: object }[];
  readonly responses: Record<string, { content?: Record<string, { schema: object }> }>;
}

interface OpenApi {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: object;
}

const id = '0f2c7b1e-0000-8000-a000-000000000000';
const seriesId = '0f2c7b1e-0000-8000-a000-000000000001';
const episodeId = '0f2c7b1e-0000-8000-a000-000000000002';

const REPORTS = (await loadReports()).map(({ name }) => name);

/** Requests whose answers cover every route, and their route in the reference. */
const REQUESTS = [
  ['get', '/', '/'],
  ['get', '/movies?count=exact&limit=1', '/movies'],
  ['get', '/movies?limit=0', '/movies'],
  ['get', '/movies?source=imdb&include=credits', '/movies'],
  ['post', '/movies', '/movies'],
  ['get', `/movies/${id}`, '/movies/{id}'],
  ['get', '/movies/x', '/movies/{id}'],
  ['get', `/movies/${id}?include=credits,ratings,companies,keywords`, '/movies/{id}'],
  ['get', `/movies/${id}?include=offers`, '/movies/{id}'],
  ['get', `/movies/${id}/credits`, '/movies/{id}/credits'],
  ['get', `/movies/${id}/ratings`, '/movies/{id}/ratings'],
  ['get', `/movies/${id}/companies`, '/movies/{id}/companies'],
  ['get', `/movies/${id}/keywords`, '/movies/{id}/keywords'],
  ['get', `/movies/${id}/offers`, '/movies/{id}/offers'],
  ['get', `/movies/${id}/offers/history`, '/movies/{id}/offers/history'],
  ['get', '/offers', '/offers'],
  ['get', '/offers?limit=0', '/offers'],
  ['get', '/offers/cheapest', '/offers/cheapest'],
  ['get', '/reports/cheapest-title', '/reports/cheapest-title'],
  ['get', '/reports/cheapest-seller', '/reports/cheapest-seller'],
  ['get', '/movies/x/keywords', '/movies/{id}/keywords'],
  ['get', '/series?count=exact', '/series'],
  ['get', '/series?source=imdb&include=credits', '/series'],
  ['get', '/series?limit=0', '/series'],
  ['get', `/series/${seriesId}`, '/series/{id}'],
  ['get', `/series/${seriesId}?include=credits,ratings,companies,keywords,episodes`, '/series/{id}'],
  ['get', '/series/x', '/series/{id}'],
  ['get', `/series/${seriesId}/episodes?limit=1&season=1&rating_gt=8.8`, '/series/{id}/episodes'],
  ['get', '/series/x/episodes', '/series/{id}/episodes'],
  ['get', '/episodes?source=imdb&include=credits', '/episodes'],
  ['get', '/episodes?season=x', '/episodes'],
  ['get', `/episodes/${episodeId}`, '/episodes/{id}'],
  ['get', `/episodes/${episodeId}?include=credits,ratings,companies,keywords`, '/episodes/{id}'],
  ['get', '/episodes/x', '/episodes/{id}'],
  ...['credits', 'ratings', 'companies', 'keywords'].flatMap(
    (part) =>
      [
        ['get', `/series/${seriesId}/${part}`, `/series/{id}/${part}`],
        ['get', `/episodes/${episodeId}/${part}`, `/episodes/{id}/${part}`],
      ] as const,
  ),
  ['get', `/people/${linkId('person', 'Ann')}`, '/people/{id}'],
  ['get', `/people/${linkId('person', 'Ann')}/credits`, '/people/{id}/credits'],
  ['get', '/people/x/credits', '/people/{id}/credits'],
  ['get', '/companies?limit=1', '/companies'],
  ['get', `/companies/${linkId('company', 'Acme')}`, '/companies/{id}'],
  ['get', `/collections/${linkId('collection', 'Saga')}`, '/collections/{id}'],
  ['get', `/collections/${id}`, '/collections/{id}'],
  ['get', '/countries', '/countries'],
  ['get', '/languages', '/languages'],
  ['get', '/genres', '/genres'],
  ['get', '/reports', '/reports'],
  ['get', '/reports/company-budget?limit=0', '/reports/company-budget'],
  ...REPORTS.map((name) => ['get', `/reports/${name}?limit=2`, `/reports/${name}`] as const),
  ['get', '/sources', '/sources'],
  ['get', '/sources/imdb/runs', '/sources/{name}/runs'],
  ['get', '/sources/none/runs', '/sources/{name}/runs'],
  ['post', '/sources/imdb/sync', '/sources/{name}/sync'],
  ['get', '/metrics', '/metrics'],
  ['get', '/health/live', '/health/live'],
  ['get', '/health/ready', '/health/ready'],
  ['get', '/problems/title_gone', '/problems/{code}'],
] as const;

/** The film is offered, and something that the catalogue does not have; one seller failed, one was never asked. */
async function serveOffers(db: Database): Promise<void> {
  await db.execute(`
    insert into seller values
      ('shop', 'AUD', true, now(), now(), 'timeout', 'It took too long.'),
      ('new', 'EUR', true, null, null, null, null);
    insert into offer (seller, listing_key, alias_id, title, title_sort, price, currency, observed_at, checked_at, listed)
    values
      ('shop', 'a', '${id}', 'Full', 'full', 12.5, 'AUD', now(), now(), true),
      ('shop', 'b', gen_random_uuid(), 'Other', 'other', 0.0001, 'AUD', now(), now(), true);
    insert into offer_observation (seller, listing_key, run, observed_at, title, price, currency)
    values ('shop', 'a', 'r1', now(), 'Full', 12.5, 'AUD')`);
}

/** With a row for each report. */
async function serveReports(db: Database): Promise<void> {
  const lab = await openReportLab();
  await lab.compute([
    reportedFilm({ genres: ['Drama'], companies: [idOf(1)], budget: 1, revenue: 3, popularity: 21.5 }),
  ]);
  await lab.serve(db);
  await lab.close();
}

describeOnPglite('the API reference', (open) => {
  async function served(): Promise<FastifyInstance> {
    const { db } = await open();
    const films = ['One', 'Two'].map((title) =>
      servedFilm({ title, genres: ['Drama'], rating: 7.5, releaseDate: '1999-03-31' }),
    );
    await serveFilms(db, [
      ...films,
      fullFilm({ id, kind: 'movie' }),
      fullFilm({ id: seriesId, kind: 'tvSeries' }),
      fullFilm({
        id: episodeId,
        kind: 'tvEpisode',
        rating: 9,
        place: { series: seriesId, season: 1, number: null },
      }),
      servedFilm({ kind: 'tvEpisode', title: 'Lost' }),
    ]);
    await serveReports(db);
    await serveOffers(db);
    await db.query(
      sql`insert into source values ('imdb', 'failed', now(), null, 'r1', 'file_empty', 'It is empty.')`,
    );
    await db.query(sql`insert into run values ('r1', 'imdb', 'done', now(), now(), '{"read": 1}')`);
    return openTestApi(db, { ...anyKey('write'), startSync: () => Promise.resolve('r2') });
  }

  test('is OpenAPI 3.1, with an answer of its own for every route and no schema that leads nowhere', async () => {
    const api = await served();
    const document = (await api.inject('/openapi.json')).json<OpenApi>();
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths).sort()).toEqual(
      [...new Set(REQUESTS.map(([, , path]) => path))].sort(),
    );
    const ajv = ajvOf(document);
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const { parameters = [], responses } of Object.values(operations)) {
        expect([path, Object.keys(responses)]).toEqual([path, expect.arrayContaining(['default'])]);
        for (const { schema } of parameters) expect(() => ajv.compile(within(schema))).not.toThrow();
      }
    }
  });

  test('describes what is really answered', async () => {
    const api = await served();
    const document = (await api.inject('/openapi.json')).json<OpenApi>();
    const ajv = ajvOf(document);
    for (const [method, url, path] of REQUESTS) {
      const answer =
        method === 'get'
          ? await api.inject(url)
          : await api.inject({
              method: 'POST',
              url,
              headers: { authorization: 'Bearer k' },
              ...(url === '/movies' ? { payload: { title: 'A film' } } : {}),
            });
      const responses = document.paths[path]?.[method]?.responses;
      const response = responses?.[answer.statusCode] ?? responses?.default;
      const type = String(answer.headers['content-type']).split(';')[0] ?? '';
      const schema = response?.content?.[type]?.schema;
      expect([url, typeof schema]).toEqual([url, 'object']);
      const validate = ajv.compile(within(schema ?? false));
      validate(type === 'text/plain' ? answer.body : answer.json());
      expect([url, validate.errors]).toEqual([url, null]);
    }
  });

  test('has the parameters of a list with their limits', async () => {
    const api = await served();
    const document = (await api.inject('/openapi.json')).json<OpenApi>();
    const parameters = document.paths['/movies']?.get?.parameters ?? [];
    const of = (name: string) => parameters.find((parameter) => parameter.name === name)?.schema;
    expect(of('limit')).toMatchObject({ type: 'integer', minimum: 1, maximum: 100 });
    expect(of('rating_gt')).toMatchObject({ type: 'number', minimum: 0, maximum: 10 });
    expect(of('genre')).toMatchObject({ type: 'array', items: { type: 'string' } });
  });

  test('has a page for every error of the table', async () => {
    const api = await served();
    for (const [code, { title, mend }] of Object.entries(ERRORS)) {
      expect((await api.inject(`/problems/${code}`)).json()).toMatchObject({ code, title, mend });
    }
    expect((await api.inject('/problems/toString')).statusCode).toBe(404);
  });

  test('is shown at /docs', async () => {
    const api = await served();
    const page = await api.inject({ url: '/docs/', headers: { accept: 'text/html' } });
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect((await api.inject('/docs/static/swagger-ui.css')).statusCode).toBe(200);
  });
});

/** Knows the document's components. */
function ajvOf({ components }: OpenApi): Ajv2020 {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'reference', components });
  return ajv;
}

/** The schema with its references into the document. */
function within(schema: object | false): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"reference#/components/')) as object;
}
