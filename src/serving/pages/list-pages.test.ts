import { beforeAll, expect, test } from 'vitest';

import { openTestApi } from '../../../test/api.ts';
import { describeOnOnePglite } from '../../../test/databases.ts';
import { servedFilm, serveFilms } from '../../../test/served-films.ts';
import { visit } from '../../../test/visit.ts';

describeOnOnePglite('the page of a list', (db) => {
  beforeAll(() =>
    serveFilms(db(), [
      servedFilm({ title: 'Alpha', companies: ['Lantern & Co'], year: 2001, rating: 7, votes: 5 }),
      servedFilm({ title: 'Beta', year: 2002 }),
    ]),
  );

  test('says what it is narrowed to in words: names for ids and codes, an id where there is none', async () => {
    const api = await openTestApi(db());
    const { data } = (await api.inject('/companies')).json<{ data: { id: string }[] }>();
    const nobody = '0f2c7b1e-0000-8000-a000-0000000000ff';
    const query = new URLSearchParams([
      ['company', data[0]?.id ?? ''],
      ['company', nobody],
      ['language', 'fr'],
      ['country', 'NZ'],
      ['kind', 'tvMovie'],
    ]);
    const { body, statusCode } = await visit(api, `/movies?${query}`);
    expect(statusCode).toBe(200);
    const words = [...body.matchAll(/<a href="[^"]*">([^<]*)<span class="unseen">: take this filter off/g)];
    expect(words.map(([, word]) => word)).toEqual([
      'by Lantern &amp; Co',
      `by ${nobody}`,
      'in French',
      'made in New Zealand',
      'Television film',
    ]);
  });

  test.each([
    ['/movies', 'Title'],
    ['/movies?sort=-title', 'Title, from Z'],
    ['/movies?sort=-year,-votes', 'Newest, then most votes'],
    ['/movies?q=alpha', 'Relevance'],
    ['/movies?q=', 'Title'],
  ])('at %s says that its order is: %s', async (url, order) => {
    const { body } = await visit(await openTestApi(db()), url);
    const chosen = [...body.matchAll(/<option [^>]*selected[^>]*>([^<]*)</g)].map(([, text]) => text);
    expect(chosen).toEqual([order]);
  });

  test.each([
    ['/movies?view=table', 'ascending'],
    ['/movies?view=table&q=alpha', undefined],
  ])('at %s has the head of titles say that they are %s', async (url, order) => {
    const { body } = await visit(await openTestApi(db()), url);
    expect(/aria-sort="(\w+)"/.exec(body)?.[1]).toBe(order);
  });

  test('counts what remains once something is taken away', async () => {
    const api = await openTestApi(db());
    const countAt = async (url: string) =>
      /role="status">(.*?)<\/p>/s.exec((await visit(api, url)).body)?.[1]?.replace(/<[^>]*>/g, '');
    expect(await countAt('/movies')).toBe('2 in all');
    expect(await countAt('/movies?year_gte=2002')).toBe('1 remains');
  });

  test.each([
    ['/movies?view=circle', 'view'],
    ['/movies?view=table&view=posters', 'view'],
    ['/series?view=circle', 'view'],
    ['/movies/tt0000001?origins=hidden', 'origins'],
  ])('refuses %s, of which it knows nothing', async (url, field) => {
    const { body, statusCode } = await visit(await openTestApi(db()), url);
    expect([statusCode, /<li><b>([^<]*)<\/b>/.exec(body)?.[1]]).toEqual([400, field]);
  });
});

describeOnOnePglite('the search', (db) => {
  test('stands once on every page, also where something is refused', async () => {
    const api = await openTestApi(db());
    for (const [url, status] of [
      ['/', 200],
      ['/search', 200],
      ['/search?q=', 200],
      ['/search?q=robot', 200],
      ['/search?q=robot&limit=none', 400],
      ['/search?colour=red', 400],
      ['/?colour=red', 400],
      ['/movies', 200],
      ['/nowhere', 404],
    ] as const) {
      const { body, statusCode } = await visit(api, url);
      expect([url, statusCode, body.match(/type="search"/g)?.length]).toEqual([url, status, 1]);
    }
  });

  test('of an address that seems to be elsewhere leads nowhere else', async () => {
    const { body, statusCode } = await visit(await openTestApi(db()), '//elsewhere.example/a');
    expect(statusCode).toBe(404);
    expect(body.match(/(?:href|action|value)="[/\\]{2}[^"]*"/g)).toBeNull();
  });
});

describeOnOnePglite('the first page', (db) => {
  test('counts all films, and has none that is still to come among the newest', async () => {
    await serveFilms(db(), [
      servedFilm({ title: 'A century ahead', year: 2115 }),
      servedFilm({ title: 'Out already', year: 2020 }),
      servedFilm({ title: 'Of no year' }),
    ]);
    const { body } = await visit(await openTestApi(db()), '/');
    const [, newest = ''] = /<section[^>]*id="newest">(.*?)<\/section>/s.exec(body) ?? [];
    const titles = [...newest.matchAll(/class="card-title">([^<]*)/g)].map(([, title]) => title);
    expect(titles).toEqual(['Out already']);
    expect(body).toContain('3 films.');
  });
});
