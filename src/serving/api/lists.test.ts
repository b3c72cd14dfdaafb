import type { FastifyInstance } from 'fastify';
import { expect, test } from 'vitest';

import { openTestApi } from '../../../test/api.ts';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { removeFilms, servedFilm, serveFilms, type ServedFilm } from '../../../test/served-films.ts';
import { linkId } from '../../../test/served-links.ts';
import type { Database } from '../../db/database.ts';

interface List {
  readonly data: readonly { id: string; title: string }[];
  readonly page: { next: string | null; prev: string | null; limit: number };
  readonly count: { value: number; kind: string } | null;
}

async function list(api: FastifyInstance, url: string): Promise<List> {
  const answer = await api.inject(url);
  expect([answer.statusCode, url]).toEqual([200, url]);
  return answer.json();
}

async function alphabet(db: Database, letters = 'abcdefg'): Promise<ServedFilm[]> {
  const films = Array.from(letters, (title) => servedFilm({ title, genres: ['Drama'] }));
  await serveFilms(db, films);
  return films;
}

const titles = ({ data }: List) => data.map(({ title }) => title).join('');

describeOnEachDatabase('GET /movies', (open) => {
  test('is walked by next to the end and by prev back to the start', async () => {
    const { db } = await open();
    await alphabet(db);
    const api = await openTestApi(db);
    const first = await list(api, '/movies?limit=3&sort=-title&genre=drama&count=exact');
    expect([titles(first), first.count, first.page.prev]).toEqual(['gfe', { value: 7, kind: 'exact' }, null]);
    const second = await list(api, first.page.next ?? '');
    const third = await list(api, second.page.next ?? '');
    expect([titles(second), titles(third), third.page.next]).toEqual(['dcb', 'a', null]);
    const back = await list(api, third.page.prev ?? '');
    const start = await list(api, back.page.prev ?? '');
    expect([titles(back), titles(start), start.page.prev]).toEqual(['dcb', 'gfe', null]);
  });

  test('says the same in Link as in the page', async () => {
    const { db } = await open();
    await alphabet(db);
    const api = await openTestApi(db);
    const first = await list(api, '/movies?limit=2');
    const answer = await api.inject(first.page.next ?? '');
    const { next, prev } = answer.json<List>().page;
    expect(answer.headers.link).toBe(`<${next ?? ''}>; rel="next", <${prev ?? ''}>; rel="prev"`);
  });

  test('leads on from a page that is empty, whichever way it was reached', async () => {
    const { db } = await open();
    const films = await alphabet(db, 'abcd');
    const api = await openTestApi(db, { cacheBytes: 0 });
    const first = await list(api, '/movies?limit=2');
    const second = await list(api, first.page.next ?? '');
    await removeFilms(
      db,
      films.slice(0, 2).map(({ id }) => id),
    );
    const before = await list(api, second.page.prev ?? '');
    expect([titles(before), before.page.prev]).toEqual(['', null]);
    expect(titles(await list(api, before.page.next ?? ''))).toBe('cd');

    await alphabet(db, 'a');
    const beyond = await list(api, first.page.next ?? '');
    expect([titles(beyond), beyond.page.next]).toEqual(['', null]);
    expect(titles(await list(api, beyond.page.prev ?? ''))).toBe('a');
  });

  test('lets the limit change between pages, but not the filters or the sort', async () => {
    const { db } = await open();
    await alphabet(db);
    const api = await openTestApi(db);
    const { page } = await list(api, '/movies?limit=2&genre=Drama');
    const cursor = new URLSearchParams(page.next?.split('?')[1]).get('cursor') ?? '';
    expect(titles(await list(api, `/movies?genre=Drama&limit=4&cursor=${cursor}`))).toBe('cdef');
    for (const other of [
      'genre=Comedy',
      'genre=Drama&sort=-title',
      'genre=Drama&year=1999',
      'genre=Drama&language=en',
      'genre=Drama&company=acme',
      '',
    ]) {
      const answer = await api.inject(`/movies?${other}&cursor=${cursor}`);
      expect([answer.statusCode, answer.json<{ type: string }>().type]).toEqual([
        400,
        '/problems/cursor_invalid',
      ]);
    }
  });

  test('is narrowed by what films are linked to, whatever the case, and walked both ways', async () => {
    const { db } = await open();
    await serveFilms(
      db,
      Array.from('abcdefg', (title, index) =>
        servedFilm({
          title,
          popularity: index % 3 === 0 ? null : index,
          companies: [index % 2 === 0 ? 'Acme' : 'ACME/2'],
          countries: ['NZ'],
          detail: { originalLanguage: index < 4 ? 'en' : null, collection: 'Saga' },
          languages: index < 2 ? [] : ['en', 'fr'],
        }),
      ),
    );
    const api = await openTestApi(db);
    const filters = [
      'company=acme&country=nz&language=EN',
      `company=${linkId('company', 'Acme')}&company=${linkId('company', 'ACME/2').toUpperCase()}`,
      `collection=${linkId('collection', 'Saga')}&country=US&country=NZ`,
    ];
    for (const filter of filters) {
      const first = await list(api, `/movies?limit=4&sort=-popularity&${filter}`);
      const second = await list(api, first.page.next ?? '');
      expect([filter, titles(first).slice(0, 4), titles(second).length, second.page.next]).toEqual([
        filter,
        expect.stringMatching(/^fecb$/),
        3,
        null,
      ]);
      expect(titles(await list(api, second.page.prev ?? ''))).toBe('fecb');
    }
    expect(titles(await list(api, '/movies?company=Nobody'))).toBe('');
    expect(titles(await list(api, `/movies?person=${linkId('person', 'Ann')}`))).toBe('');
  });

  test('takes a path that ends in .json for JSON, and keeps the ending in its links', async () => {
    const { db } = await open();
    await alphabet(db);
    const api = await openTestApi(db);
    const answer = await api.inject({ url: '/movies.json?limit=1', headers: { accept: 'image/png' } });
    expect(answer.statusCode).toBe(200);
    expect(answer.json<List>().page.next).toMatch(/^\/movies\.json\?limit=1&cursor=/);
  });

  test('names every parameter that is wrong', async () => {
    const { db } = await open();
    const api = await openTestApi(db);
    const wrong = {
      'limit=101': 'limit',
      'limit=0': 'limit',
      'limit=1.5': 'limit',
      'limit=': 'limit',
      'limit=1&limit=1': 'limit',
      'rating_gt=high': 'rating_gt',
      'rating_gt=11': 'rating_gt',
      'rating_gt=NaN': 'rating_gt',
      'year=1e3': 'year',
      'votes_lt=9999999999': 'votes_lt',
      'kind=tvSeries': 'kind.0',
      'sort=popular': 'sort',
      'language=e': 'language.0',
      'language=en_US': 'language.0',
      'country=NZL': 'country.0',
      'country=N1': 'country.0',
      'company=': 'company.0',
      'person=': 'person.0',
      'keyword=': 'keyword.0',
      'collection=Saga': 'collection.0',
      'include=credits': 'include',
      'sort=title,-title': 'sort',
      'sort=title,year,votes,rating': 'sort',
      'count=yes': 'count',
      'genre=': 'genre.0',
      'genre=%00': 'genre',
      'genre=%ff': 'genre',
      'colour=red': 'colour',
      'cursor=x': 'cursor',
      '__proto__=1': '__proto__',
    };
    for (const [query, field] of Object.entries(wrong)) {
      const answer = await api.inject(`/movies?${query}`);
      const fields = answer.json<{ errors: { field: string }[] }>().errors.map((error) => error.field);
      expect([query, answer.statusCode, fields]).toEqual([query, 400, [field]]);
    }
  });
});
