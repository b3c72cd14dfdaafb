import { expect, test } from 'vitest';

import { openTestApi } from '../../../test/api.ts';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { fullFilm, servedFilm, serveFilms } from '../../../test/served-films.ts';
import { linkId } from '../../../test/served-links.ts';

const id = '0f2c7b1e-0000-8000-a000-000000000000';
const bareId = '0f2c7b1e-0000-8000-a000-000000000001';

const named = (thing: 'company' | 'keyword' | 'person', name: string) => ({ id: linkId(thing, name), name });

const PARTS = {
  credits: {
    cast: [
      {
        person: named('person', 'Bob'),
        category: 'actor',
        characters: ['The "Robot"', 'Himself'],
        ordering: 1,
      },
      { person: named('person', 'Ann'), category: 'actress', characters: [], ordering: 2 },
    ],
    crew: [
      {
        person: named('person', 'Cid'),
        category: 'writer',
        department: 'Writing',
        job: 'Screenplay',
        ordering: 1,
      },
      { person: named('person', 'Ann'), category: 'director', department: null, job: null, ordering: 2 },
    ],
    characters: [
      { person: named('person', 'Eve'), ordering: 1 },
      { person: named('person', 'Bob'), ordering: 2 },
    ],
  },
  ratings: [
    { system: 'imdb', rating: 8.7, votes: 100, byYear: [] },
    {
      system: 'movielens',
      rating: 8.4,
      votes: null,
      byYear: [
        { year: 2000, rating: 8.6, votes: 2 },
        { year: 2001, rating: 8.2, votes: 3 },
      ],
    },
    { system: 'tmdb', rating: 7.9, votes: 9079, byYear: [] },
  ],
  companies: [named('company', 'Studio'), named('company', 'Acme')],
  keywords: [named('keyword', 'robot'), named('keyword', 'heist')],
};

describeOnEachDatabase('what a film alone says', (open) => {
  async function served() {
    const { db } = await open();
    await serveFilms(db, [fullFilm({ id }), servedFilm({ id: bareId })]);
    return openTestApi(db);
  }

  test('is its details, and null or nothing where no source says', async () => {
    const api = await served();
    expect((await api.inject(`/movies/${id}`)).json()).toMatchObject({
      status: 'Released',
      originalLanguage: 'fr',
      budget: 63_000_000,
      revenue: 12,
      suspect: ['revenue'],
      popularity: 21.946943,
      tagline: 'It walks.',
      overview: 'A robot walks.',
      homepage: 'https://robot.example/',
      collection: { id: linkId('collection', 'Saga'), name: 'Saga' },
      countries: [
        { code: 'US', name: 'The US' },
        { code: 'NZ', name: 'The NZ' },
      ],
      languages: [
        { code: 'en', name: 'The en' },
        { code: 'zu', name: 'The zu' },
      ],
      externalIds: { imdb: 'tt0000042', movielens: '2571', tmdb: '603' },
    });
    expect((await api.inject(`/movies/${bareId}`)).json()).toMatchObject({
      status: null,
      originalLanguage: null,
      budget: null,
      revenue: null,
      suspect: [],
      popularity: null,
      collection: null,
      countries: [],
      languages: [],
      externalIds: {},
    });
  });

  test('has the parts that are asked for, and no others', async () => {
    const api = await served();
    const plain = (await api.inject(`/movies/${id}`)).json<object>();
    for (const part of Object.keys(PARTS)) expect(plain).not.toHaveProperty(part);
    const whole = await api.inject(`/movies/${id}?include=keywords,credits&include=ratings,companies`);
    expect(whole.json()).toEqual({ ...plain, ...PARTS });
    const some = await api.inject(`/movies/${id}?include=ratings&include=ratings`);
    expect(some.json()).toEqual({ ...plain, ratings: PARTS.ratings });
    const bare = await api.inject(`/movies/${bareId}?include=credits,ratings,companies,keywords`);
    expect(bare.json()).toMatchObject({
      credits: { cast: [], crew: [], characters: [] },
      ratings: [],
      companies: [],
      keywords: [],
    });
  });

  test('has each part alone, with an ETag and a HEAD', async () => {
    const api = await served();
    for (const [part, expected] of Object.entries(PARTS)) {
      const url = `/movies/${id}/${part}`;
      const answer = await api.inject(url);
      expect(answer.json()).toEqual(part === 'credits' ? expected : { data: expected });
      const etag = String(answer.headers.etag);
      const again = await api.inject({ url, headers: { 'if-none-match': etag } });
      expect([again.statusCode, again.body]).toEqual([304, '']);
      const head = await api.inject({ method: 'HEAD', url });
      expect([head.statusCode, head.headers.etag]).toEqual([200, etag]);
    }
  });

  test('refuses a part that there is not, and says which there are', async () => {
    const api = await served();
    for (const query of [
      'include=posters',
      'include=',
      'include=credits,',
      'include=credits&include=Ratings',
    ]) {
      const answer = await api.inject(`/movies/${id}?${query}`);
      expect([query, answer.statusCode, answer.json<{ errors: unknown }>().errors]).toEqual([
        query,
        400,
        [
          {
            field: 'include',
            message:
              'must be made of credits, ratings, companies, keywords, comments, provenance, offers, joined by commas',
          },
        ],
      ]);
    }
    const answer = await api.inject(`/movies/${id}/credits?include=ratings`);
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ field: 'include' }] });
  });
});
