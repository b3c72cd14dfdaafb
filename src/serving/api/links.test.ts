import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { expect, test } from 'vitest';

import { openTestApi } from '../../../test/api.ts';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { fullFilm, servedFilm, serveFilms, type ServedFilm } from '../../../test/served-films.ts';
import { linkId, linkName } from '../../../test/served-links.ts';
import { lowerAscii } from '../../lib/lower-ascii.ts';

interface Page<T> {
  readonly data: readonly T[];
  readonly page: { next: string | null; prev: string | null };
}

/** Every item of the list, walked by `next` to its end; and by `prev` back to the page before the first. */
async function walk<T>(api: FastifyInstance, url: string): Promise<{ forward: T[]; back: T[] }> {
  const ask = async (at: string) => (await api.inject(at)).json<Page<T>>();
  let page = await ask(url);
  const forward = [...page.data];
  while (page.page.next !== null) {
    page = await ask(page.page.next);
    forward.push(...page.data);
  }
  const back = [...page.data];
  while (page.page.prev !== null) {
    page = await ask(page.page.prev);
    back.unshift(...page.data);
  }
  return { forward, back };
}

const anyFilms = fc.uniqueArray(
  fc
    .record({
      id: fc.uuid(),
      kind: fc.constantFrom('movie', 'movie', 'tvSeries'),
      year: fc.constantFrom(null, 1999, 2000),
      companies: fc.subarray(['Acme', 'ACME/2', 'acme/3', 'Studio', 'Éclair', 'zoo']),
      credits: fc.subarray([
        { person: 'Ann', part: 'cast', category: 'actress', characters: ['Eve'] },
        { person: 'Bob', part: 'cast', category: 'actor' },
        { person: 'Ann', part: 'crew', category: 'writer', department: 'Writing', job: 'Story' },
      ] as const),
    })
    .map(servedFilm),
  { selector: ({ id }) => id, maxLength: 12 },
);

const isFilm = ({ kind }: ServedFilm) => kind === 'movie';

/** The order of lists by a key of text. */
function byText<T>(keyOf: (item: T) => string): (a: T, b: T) => number {
  return (a, b) => Buffer.compare(Buffer.from(keyOf(a)), Buffer.from(keyOf(b)));
}

describeOnEachDatabase('people', (open) => {
  const ann = linkId('person', 'Ann');

  test('are found by id, with what they did in each film, newest first', async () => {
    const { db } = await open();
    const [robot, older] = [fullFilm({ year: 2001 }), fullFilm({ title: 'Older', year: 1999, imdbId: null })];
    const undated = servedFilm({ credits: [{ person: 'Ann', part: 'cast', category: 'self' }] });
    await serveFilms(db, [older, undated, robot]);
    const api = await openTestApi(db);
    expect((await api.inject(`/people/${ann.toUpperCase()}`)).json()).toEqual({
      id: ann,
      key: 'test:Ann',
      name: 'Ann',
      birthYear: null,
      deathYear: null,
    });
    const { data } = (await api.inject(`/people/${ann}/credits`)).json<Page<{ film: { id: string } }>>();
    expect(data.map(({ film }) => film.id)).toEqual([robot.id, older.id, undated.id]);
    expect(data[0]).toMatchObject({
      film: { title: 'The Robot', year: 2001 },
      credits: [
        { category: 'actress', department: null, job: null, characters: [] },
        { category: 'director', department: null, job: null, characters: [] },
      ],
    });
  });

  test('have each film of theirs once, whichever way it is walked', async () => {
    const { db } = await open();
    const api = await openTestApi(db, { cacheBytes: 0 });
    await fc.assert(
      fc.asyncProperty(anyFilms, fc.integer({ min: 1, max: 4 }), async (films, limit) => {
        await serveFilms(db, [...films, servedFilm({ kind: 'tvEpisode', credits: ANN_ALONE })]);
        const expected = films
          .filter((film) => isFilm(film) && film.credits.some(({ person }) => person === 'Ann'))
          .sort((a, b) => (b.year ?? 0) - (a.year ?? 0) || (a.id < b.id ? 1 : -1))
          .map(({ id }) => id);
        const url = `/people/${ann}/credits?limit=${limit}`;
        const { forward, back } = await walk<{ film: { id: string } }>(api, url);
        expect(forward.map(({ film }) => film.id)).toEqual(expected);
        expect(back).toEqual(forward);
      }),
      { numRuns: 25 },
    );
  });

  test('who are not there are a 404', async () => {
    const { db } = await open();
    await serveFilms(db, []);
    const api = await openTestApi(db);
    for (const path of ['/people/x', `/people/${ann}`, '/people/x/credits', `/people/${ann}/credits`]) {
      const answer = await api.inject(path);
      expect([path, answer.statusCode, answer.json<{ type: string }>().type]).toEqual([
        path,
        404,
        '/problems/person_not_found',
      ]);
    }
  });
});

const ANN_ALONE = [{ person: 'Ann', part: 'cast', category: 'actress' }] as const;

describeOnEachDatabase('companies', (open) => {
  test('are each listed once with how many films they have, by name whatever its case', async () => {
    const { db } = await open();
    const api = await openTestApi(db, { cacheBytes: 0 });
    await fc.assert(
      fc.asyncProperty(
        anyFilms,
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(null, 'ACME', 'éclair', 'Nobody'),
        async (films, limit, name) => {
          await serveFilms(db, films);
          const expected = [...new Set(films.flatMap(({ companies }) => companies))]
            .map((word) => ({
              id: linkId('company', word),
              key: `test:${word}`,
              name: linkName(word),
              films: films.filter((film) => isFilm(film) && film.companies.includes(word)).length,
            }))
            .filter((one) => name === null || lowerAscii(one.name) === lowerAscii(name))
            .sort(byText((one) => `${lowerAscii(one.name)}\0${one.id}`));
          const url = `/companies?limit=${limit}${name === null ? '' : `&name=${encodeURIComponent(name)}`}`;
          const { forward, back } = await walk(api, url);
          expect(forward).toEqual(expected);
          expect(back).toEqual(expected);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('are found by id', async () => {
    const { db } = await open();
    await serveFilms(db, [fullFilm(), servedFilm({ companies: ['Acme', 'Acme'] })]);
    const api = await openTestApi(db);
    const id = linkId('company', 'Acme');
    expect((await api.inject(`/companies/${id}`)).json()).toEqual({
      id,
      key: 'test:Acme',
      name: 'Acme',
      films: 2,
    });
    for (const other of ['x', linkId('company', 'Nobody')]) {
      expect((await api.inject(`/companies/${other}`)).json()).toMatchObject({
        status: 404,
        type: '/problems/company_not_found',
        errors: [{ field: 'id' }],
      });
    }
  });

  test('of one name are a list of their own', async () => {
    const { db } = await open();
    await serveFilms(db, [servedFilm({ companies: ['Acme', 'ACME/2'] })]);
    const api = await openTestApi(db);
    const { page } = (await api.inject('/companies?limit=1&name=acme')).json<Page<unknown>>();
    const cursor = page.next?.replace(/.*cursor=/, '') ?? '';
    expect((await api.inject(`/companies?name=ACME&cursor=${cursor}`)).statusCode).toBe(200);
    expect((await api.inject(`/companies?cursor=${cursor}`)).statusCode).toBe(400);
    expect((await api.inject('/companies?q=acme')).json()).toMatchObject({
      status: 400,
      errors: [{ field: 'q' }],
    });
  });
});

describeOnEachDatabase('a collection', (open) => {
  const id = linkId('collection', 'Saga');

  test('has its films in the order of release, those without a year last', async () => {
    const { db } = await open();
    const detail = { collection: 'Saga' };
    const films = [
      servedFilm({ title: 'undated', detail }),
      servedFilm({ title: 'second', year: 2001, releaseDate: '2001-12-31', detail }),
      servedFilm({ title: 'third', year: 2001, detail }),
      servedFilm({ title: 'first', year: 2001, releaseDate: '2001-01-01', detail }),
      servedFilm({ title: 'elsewhere', year: 2001, detail: { collection: 'Trilogy' } }),
      servedFilm({ title: 'a series', kind: 'tvSeries', year: 2001, detail }),
    ];
    await serveFilms(db, films);
    const api = await openTestApi(db);
    const collection = (await api.inject(`/collections/${id}`)).json<{ films: { title: string }[] }>();
    expect(collection).toMatchObject({ id, key: 'test:Saga', name: 'Saga' });
    expect(collection.films.map(({ title }) => title)).toEqual(['first', 'second', 'third', 'undated']);
  });

  test('that is not there is a 404', async () => {
    const { db } = await open();
    await serveFilms(db, []);
    const api = await openTestApi(db);
    for (const other of ['x', id]) {
      expect((await api.inject(`/collections/${other}`)).json()).toMatchObject({
        status: 404,
        type: '/problems/collection_not_found',
      });
    }
  });
});

describeOnEachDatabase('short lists', (open) => {
  test('are given whole, each word with how many films have it', async () => {
    const { db } = await open();
    await serveFilms(db, [
      servedFilm({ genres: ['War', 'Drama'], countries: ['US'], languages: ['en'] }),
      servedFilm({
        genres: ['Drama'],
        countries: ['US', 'NZ', 'US'],
        languages: ['fr'],
        detail: { originalLanguage: 'fr' },
      }),
      servedFilm({ detail: { originalLanguage: 'en' } }),
      servedFilm({ kind: 'tvSeries', genres: ['Drama', 'Reality-TV'], countries: ['IS'], languages: ['is'] }),
    ]);
    const api = await openTestApi(db);
    expect((await api.inject('/genres')).json()).toEqual({
      data: [
        { name: 'Drama', films: 2 },
        { name: 'War', films: 1 },
      ],
    });
    expect((await api.inject('/countries')).json()).toEqual({
      data: [
        { code: 'IS', name: 'The IS', films: 0 },
        { code: 'NZ', name: 'The NZ', films: 1 },
        { code: 'US', name: 'The US', films: 2 },
      ],
    });
    expect((await api.inject('/languages')).json()).toEqual({
      data: [
        { code: 'en', name: 'The en', films: 2 },
        { code: 'fr', name: 'The fr', films: 1 },
        { code: 'is', name: 'The is', films: 0 },
      ],
    });
  });
});
