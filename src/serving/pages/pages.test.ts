import type { FastifyInstance } from 'fastify';
import sql from 'sql-template-tag';
import { beforeAll, expect, test } from 'vitest';

import { openTestApi } from '../../../test/api.ts';
import { describeOnOnePglite } from '../../../test/databases.ts';
import { serveExamples } from '../../../test/example-catalogue.ts';
import { HOSTILE_TEXTS } from '../../../test/hostile-texts.ts';
import { pageFaults } from '../../../test/page-faults.ts';
import { servedFilm, serveFilms } from '../../../test/served-films.ts';
import { BROWSER, visit } from '../../../test/visit.ts';
import type { Database } from '../../db/database.ts';
import type { ApiWorld } from '../api/api-world.ts';
import { KnownState } from '../api/known-state.ts';

const FILM = '0f2c7b1e-0000-8000-a000-000000000000';

describeOnOnePglite('a page', (db) => {
  beforeAll(() => serveExamples(db()));

  const served = (world: Partial<ApiWorld> = {}) => openTestApi(db(), world);

  test('leads to the same as JSON, without what is said of its looks', async () => {
    const api = await served();
    const film = (await api.inject('/movies?limit=1')).json<{ data: { id: string }[] }>().data[0]?.id ?? '';
    const series = (await api.inject('/series?limit=1')).json<{ data: { id: string }[] }>().data[0]?.id ?? '';
    for (const url of [
      '/movies?view=table&year_gte=1990',
      `/movies/${film}?origins=shown`,
      `/series/${series}?season=1&origins=shown`,
      '/reports',
    ]) {
      const [, json = ''] = / href="([^"]+)">JSON</.exec((await visit(api, url)).body) ?? [];
      const answer = await api.inject(json.replaceAll('&amp;', '&'));
      expect([url, answer.statusCode, answer.headers['content-type']]).toEqual([
        url,
        200,
        'application/json; charset=utf-8',
      ]);
    }
  });

  test('is what a browser gets at the address of JSON; whoever asks for anything else gets JSON', async () => {
    const api = await served();
    const types = [];
    for (const accept of [BROWSER.accept, 'text/html', 'application/json, text/html', '*/*', undefined]) {
      const { headers } = await api.inject({
        url: '/movies',
        headers: accept === undefined ? {} : { accept },
      });
      types.push([headers['content-type'], headers.vary]);
    }
    const page = ['text/html; charset=utf-8', 'Accept, Accept-Encoding, Cookie'];
    const json = ['application/json; charset=utf-8', 'Accept, Accept-Encoding'];
    expect(types).toEqual([page, page, json, json, json]);
    const forced = await visit(api, '/movies.json');
    expect(forced.headers['content-type']).toBe('application/json; charset=utf-8');
  });

  test('of a list is told apart from its JSON, which is kept in memory', async () => {
    const api = await served();
    const asked = [];
    for (const headers of [{}, BROWSER, {}, BROWSER]) {
      const { body } = await api.inject({ url: '/movies', headers });
      asked.push(body.slice(0, 2));
    }
    expect(asked).toEqual(['{"', '<!', '{"', '<!']);
  });

  test('asks the database for nothing that is in memory, until something else is served', async () => {
    let queries = 0;
    const counted: Database = {
      ...db(),
      query: (statement) => {
        queries += 1;
        return db().query(statement);
      },
    };
    const state = new KnownState();
    const api = await openTestApi(counted, { state });
    const queriesOf = async (url: string) => {
      const before = queries;
      expect((await visit(api, url)).statusCode).toBe(200);
      return queries - before;
    };
    expect(await queriesOf('/movies?genre=Drama')).toBeGreaterThan(0);
    expect(await queriesOf('/movies?genre=Drama')).toBe(0);
    state.learn({ ...state.current, version: state.current.version + 1 });
    expect(await queriesOf('/movies?genre=Drama')).toBeGreaterThan(0);
  });

  test('has a policy by which nothing is loaded but our own files, and posters of the hosts that are set', async () => {
    const policyOf = async (api: FastifyInstance) =>
      String((await visit(api, '/')).headers['content-security-policy']);
    const policy = await policyOf(await served());
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain("img-src 'self';");
    expect(policy).not.toContain('unsafe');
    expect(await policyOf(await served({ posterHosts: ['image.tmdb.org'] }))).toContain(
      "img-src 'self' https://image.tmdb.org;",
    );
  });

  test('has an ETag, by which a browser that has it is told so, until the colours are others', async () => {
    const api = await served();
    const { headers } = await visit(api, '/movies');
    const etag = String(headers.etag);
    const again = await visit(api, '/movies', { 'if-none-match': etag });
    const dark = await visit(api, '/movies', { 'if-none-match': etag, cookie: 'a=b; theme=dark' });
    expect([again.statusCode, again.body, dark.statusCode]).toEqual([304, '', 200]);
    expect(dark.body).toContain('<html lang="en" data-theme="dark">');
  });

  test('is answered to HEAD with its headers alone', async () => {
    const api = await served();
    const { headers, statusCode } = await api.inject({ method: 'HEAD', url: '/movies', headers: BROWSER });
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  });

  test('loads files that are kept for ever, compressed, and of our own host', async () => {
    const api = await served();
    const { body } = await visit(api, '/');
    const files = [...body.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, file]) => String(file));
    expect(files.length).toBeGreaterThan(4);
    for (const url of files) {
      const file = await api.inject({ url, headers: { 'accept-encoding': 'br' } });
      expect([url, file.statusCode, file.headers['cache-control']]).toEqual([
        url,
        200,
        'public, max-age=31536000, immutable',
      ]);
      expect(file.headers['content-encoding']).toBe(url.endsWith('.woff2') ? undefined : 'br');
    }
    const other = await api.inject({ url: files[0]?.replace(/assets\/\w+/, 'assets/0123456789ab') ?? '' });
    expect(other.statusCode).toBe(404);
    expect(body.match(/(?:src|href|action)="(?:https?:)?\/\/[^"]*"/g) ?? []).toEqual([]);
  });

  test('that is refused is a page with the words of the problem, and its status', async () => {
    const api = await served();
    const shown = [];
    for (const url of [
      '/movies?limit=101',
      '/movies/nothing',
      '/movies?colour=red',
      '/nowhere',
      '/companies/1',
    ]) {
      const { statusCode, headers, body } = await visit(api, url);
      expect([url, headers['content-type']]).toEqual([url, 'text/html; charset=utf-8']);
      shown.push([statusCode, /<li><b>([^<]*)<\/b>/.exec(body)?.[1]]);
    }
    expect(shown).toEqual([
      [400, 'limit'],
      [404, 'id'],
      [400, 'colour'],
      [404, 'the path'],
      [404, 'id'],
    ]);
  });

  test('of a film that is at another address leads there, with what was asked for', async () => {
    const api = await served();
    const { headers, statusCode } = await visit(api, '/movies/tt0468569?include=credits');
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const series = await visit(api, '/series/tt0468569?season=1');
    expect(series.statusCode).toBe(308);
    expect(series.headers.location).toMatch(/^\/movies\/[0-9a-f-]{36}$/);
  });

  test('of a film that is gone says so', async () => {
    const api = await served();
    const { body, statusCode } = await visit(api, '/movies/tt9999999');
    expect(statusCode).toBe(410);
    expect(body).toContain('Every source has dropped this title.');
  });
});

describeOnOnePglite('the pages of an empty catalogue', (db) => {
  test.each([
    '/',
    '/movies',
    '/movies?view=table',
    '/movies?genre=Drama&rating_gte=9',
    '/movies?q=robot',
    '/search?q=robot',
    '/series',
    '/episodes',
    '/reports',
    '/reports/company-revenue',
    '/reports/genre-most-popular?top=3',
    '/reports/cheapest-seller',
    '/reports/cheapest-title',
    '/offers',
    '/sources',
    '/docs',
  ])('hold at %s', async (url) => {
    const api = await openTestApi(db());
    const { statusCode, body } = await visit(api, url);
    expect([statusCode, pageFaults(body)]).toEqual([200, []]);
  });
});

describeOnOnePglite('what providers and people write', (db) => {
  const films = HOSTILE_TEXTS.map((text, at) =>
    servedFilm({
      id: FILM.slice(0, -2) + String(10 + at),
      title: text,
      genres: [text],
      detail: { tagline: text, overview: text, homepage: text },
      keywords: [text],
      companies: [text],
      credits: [{ person: text, part: 'cast', category: text, characters: [text] }],
    }),
  );
  const [first = servedFilm()] = films;

  beforeAll(async () => {
    await serveFilms(db(), [...films, servedFilm({ id: FILM, title: 'Unknown' })]);
    await db().query(sql`update title set poster_url = title, certificate = title`);
  });

  test('is text on every page, never code', async () => {
    const api = await openTestApi(db(), { openComments: true, posterHosts: ['x'] });
    for (const text of HOSTILE_TEXTS) {
      const payload = { author: text.replace('\u202e', ''), text };
      const { statusCode } = await api.inject({
        method: 'POST',
        url: `/movies/${first.id}/comments`,
        payload,
      });
      expect([text, statusCode]).toEqual([text, 201]);
    }
    const person = (await api.inject(`/movies/${first.id}/credits`)).json<{
      cast: { person: { id: string } }[];
    }>();
    for (const url of [
      '/',
      '/movies',
      '/movies?view=table',
      `/people/${person.cast[0]?.person.id}`,
      ...films.map(({ id }) => `/movies/${id}?origins=shown`),
    ]) {
      const { body, statusCode } = await visit(api, url);
      expect([url, statusCode, pageFaults(body)]).toEqual([url, 200, []]);
      expect(body).not.toMatch(/<script>alert|<img src=x|href="javascript/i);
    }
    const { body } = await visit(api, `/movies/${first.id}`);
    expect(body.match(/&lt;script>alert\(1\)/g)?.length).toBeGreaterThan(7);
  });

  test('in an address is text, too', async () => {
    const api = await openTestApi(db());
    for (const text of HOSTILE_TEXTS) {
      for (const address of ['/movies/', '/movies?genre=', '/movies?', '/search?q=', '/?', '/reports/']) {
        const { body } = await visit(api, address + encodeURIComponent(text));
        expect([address, text, pageFaults(body)]).toEqual([address, text, []]);
      }
    }
  });

  test('may be no more than a name', async () => {
    const { body } = await visit(await openTestApi(db()), `/movies/${FILM}`);
    expect(body).toContain('<h1>Unknown</h1>');
    expect(body).toContain('Year unknown');
    expect(body).not.toMatch(/\bnull\b|NaN/);
  });
});

describeOnOnePglite('a page of a title', (db) => {
  test('has the day of its release where its year is not known', async () => {
    const id = '0f2c7b1e-0000-8000-a000-000000000009';
    const film = servedFilm({ id, key: 'local:9', year: null, releaseDate: '2011-05-22' });
    await serveFilms(db(), [film]);
    const { body } = await visit(await openTestApi(db()), `/movies/${id}`);
    expect(body).toContain('May 22, 2011');
    expect(body).not.toContain('Year unknown');
  });
});
