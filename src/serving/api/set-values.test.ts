import type { FastifyInstance, InjectOptions } from 'fastify';
import sql from 'sql-template-tag';
import { expect, it } from 'vitest';

import { anyKey, openTestApi } from '../../../test/api.ts';
import { describeOnEachDatabase, describeOnPostgres } from '../../../test/databases.ts';
import { fullFilm, servedFilm, serveFilms } from '../../../test/served-films.ts';
import type { Database } from '../../db/database.ts';

const id = '0f2c7b1e-0000-8000-a000-000000000000';
const seriesId = '0f2c7b1e-0000-8000-a000-000000000001';
const url = `/movies/${id}`;

/** What every source together says of the film. */
const SAID = {
  title: 'The Robot',
  originalTitle: 'The Robot',
  kind: 'movie',
  year: 1999,
  releaseDate: '1999-03-31',
  runtimeMinutes: 136,
  genres: ['Drama', 'War'],
  rating: 8.7,
  votes: 100,
  ratingSystem: 'imdb',
  certificate: null,
  posterUrl: null,
};

const SET = {
  title: 'Der Roboter',
  originalTitle: 'Робот',
  kind: 'tvMovie',
  year: 2001,
  releaseDate: '2001-12-24',
  runtimeMinutes: 99,
  genres: ['Sci-Fi'],
  rating: 6.5,
  certificate: 'FSK 12',
  posterUrl: 'https://pictures.example/robot.jpg',
};

const SECOND: typeof SET = {
  title: 'Second',
  originalTitle: 'Second',
  kind: 'short',
  year: 2002,
  releaseDate: '2002-01-01',
  runtimeMinutes: 1,
  genres: ['War'],
  rating: 0,
  certificate: 'X',
  posterUrl: 'https://pictures.example',
};

const FIELDS = Object.keys(SET) as (keyof typeof SET)[];

interface Film extends Record<string, unknown> {
  readonly handSet: readonly string[];
}

async function openServed(db: Database): Promise<FastifyInstance> {
  const { year, releaseDate, runtimeMinutes, genres } = SAID;
  await serveFilms(db, [
    fullFilm({ id, kind: 'movie', year, releaseDate, runtimeMinutes, genres, weightedRating: 6.21 }),
    servedFilm({ id: seriesId, kind: 'tvSeries' }),
  ]);
  return openTestApi(db, anyKey('write'));
}

function patch(
  api: FastifyInstance,
  payload: unknown,
  { headers = {}, ...options }: Partial<InjectOptions> = {},
) {
  return api.inject({
    method: 'PATCH',
    url,
    headers: { authorization: 'Bearer k', 'content-type': 'application/json', ...headers },
    payload: JSON.stringify(payload),
    ...options,
  });
}

const filmOf = async (api: FastifyInstance) => (await api.inject(url)).json<Film>();

const listed = async (api: FastifyInstance, query: string) =>
  (await api.inject(`/movies?${query}`)).json<{ data: { title: string }[] }>().data.map(({ title }) => title);

describeOnEachDatabase('PATCH /movies/{id}', (open) => {
  it('sets every value, is answered with the film as it is read, and is undone by nulls', async () => {
    const api = await openServed((await open()).db);
    const before = await filmOf(api);
    expect(before).toMatchObject({ ...SAID, handSet: [] });
    const set = await patch(api, SET);
    expect(set.statusCode).toBe(200);
    expect(set.json()).toEqual(await filmOf(api));
    expect(set.json()).toMatchObject({ ...SET, votes: null, ratingSystem: 'local', weightedRating: null });
    expect(set.json<Film>().handSet).toEqual(FIELDS);
    const withdrawn = await patch(api, Object.fromEntries(FIELDS.map((field) => [field, null])));
    expect(withdrawn.json()).toEqual(before);
  });

  it('sets each value alone, again, and withdraws it', async () => {
    const api = await openServed((await open()).db);
    for (const field of FIELDS) {
      for (const value of [SET[field], SECOND[field]])
        expect((await patch(api, { [field]: value })).json()).toMatchObject({
          ...without(field, SAID),
          [field]: value,
          handSet: [field],
        });
      expect((await patch(api, { [field]: null })).json()).toMatchObject({ ...SAID, handSet: [] });
    }
  });

  it('has lists find and sort the film by what is set', async () => {
    const api = await openServed((await open()).db);
    await patch(api, {
      title: 'Zebra',
      genres: ['sci-fi', 'Newest wave', 'SCI-FI'],
      rating: 9.9,
      year: 2010,
    });
    expect(await listed(api, 'genre=Sci-Fi&rating_gt=9.8&year=2010')).toEqual(['Zebra']);
    expect(await listed(api, 'genre=newest+wave&sort=title')).toEqual(['Zebra']);
    expect(await listed(api, 'genre=Drama')).toEqual([]);
    expect((await filmOf(api)).genres).toEqual(['sci-fi', 'Newest wave']);
    await patch(api, { genres: null });
    expect(await listed(api, 'genre=Drama&genre_all=War&sort=rating')).toEqual(['Zebra']);
    expect(await listed(api, 'genre=sci-fi')).toEqual([]);
  });

  it('shows the ratings that stand behind one set by hand', async () => {
    const { db } = await open();
    const api = await openServed(db);
    const ratings = async () =>
      (await api.inject(`${url}/ratings`))
        .json<{ data: { system: string; rating: number }[] }>()
        .data.map(({ system, rating }) => [system, rating]);
    const before = await ratings();
    await patch(api, { rating: 3.5 });
    expect(await ratings()).toEqual([
      ['local', 3.5],
      ...before.toSorted(([a], [b]) => ((a ?? '') < (b ?? '') ? -1 : 1)),
    ]);
    await patch(api, { rating: null });
    expect(await ratings()).toEqual(before);
  });

  it('lets nothing happen where what was not set is withdrawn', async () => {
    const api = await openServed((await open()).db);
    const before = await filmOf(api);
    const answer = await patch(api, { year: null, rating: null, genres: null });
    expect([answer.statusCode, answer.json()]).toEqual([200, before]);
  });

  it('refuses what no film has, and names the field', async () => {
    const api = await openServed((await open()).db);
    const bodies = {
      '{"genres":["x",""]}': 'genres.1',
      '{"imdbId":"tt0133093"}': 'imdbId',
      '{"":1}': '""',
      '{}': 'the body',
      '[': 'the body',
    };
    for (const [payload, field] of Object.entries(bodies)) {
      const answer = await patch(api, null, { payload });
      expect([answer.statusCode, answer.json<{ type: string }>().type]).toEqual([
        400,
        '/problems/body_invalid',
      ]);
      expect(answer.json<{ errors: { field: string }[] }>().errors.map((error) => error.field)).toEqual([
        field,
      ]);
    }
    expect((await filmOf(api)).handSet).toEqual([]);
  });

  it('takes merge patches under their own media type, which films that are entered are not', async () => {
    const api = await openServed((await open()).db);
    const headers = { 'content-type': 'application/merge-patch+json' };
    expect((await patch(api, { year: 2005 }, { headers })).json()).toMatchObject({ year: 2005 });
    expect((await patch(api, { title: 'New' }, { headers, method: 'POST', url: '/movies' })).statusCode).toBe(
      415,
    );
    expect((await patch(api, {}, { headers: { 'content-type': 'text/plain' } })).statusCode).toBe(415);
  });

  it('needs a key, and a film that is there', async () => {
    const { db } = await open();
    const api = await openServed(db);
    const gone = '0f2c7b1e-0000-8000-a000-00000000000a';
    const alias = '0f2c7b1e-0000-8000-a000-00000000000b';
    await db.query(sql`insert into title_gone values (${gone}, 'imdb:tt1', 1)`);
    await db.query(sql`insert into title_alias values (${alias}, 'ghibli:g1', ${id})`);
    const statusOf = async (at: string) =>
      (await patch(api, { year: 2005 }, { url: `/movies/${at}` })).statusCode;
    expect(await statusOf('nowhere')).toBe(404);
    expect(await statusOf(gone)).toBe(410);
    const moved = await patch(api, { year: 2005 }, { url: `/movies/${alias}` });
    expect([moved.statusCode, moved.headers.location]).toEqual([308, url]);
    const series = await patch(api, { year: 2005 }, { url: `/movies/${seriesId}` });
    expect([series.statusCode, series.headers.location]).toEqual([308, `/series/${seriesId}`]);
    expect((await patch(api, { year: 2005 }, { headers: { authorization: '' } })).statusCode).toBe(401);
    expect((await filmOf(api)).handSet).toEqual([]);
  });

  it('is refused where the film is no longer what If-Match names, whatever form the client had', async () => {
    const api = await openServed((await open()).db);
    const headersOf = async (headers: Record<string, string>, query = '') => ({
      'if-match': String((await api.inject({ url: `${url}${query}`, headers })).headers.etag),
    });
    const zipped = await headersOf({ 'accept-encoding': 'br' }, '?include=credits');
    expect((await patch(api, { year: 2005 }, { headers: zipped })).statusCode).toBe(200);
    expect((await patch(api, { year: 2006 }, { headers: { 'if-match': '*' } })).statusCode).toBe(200);
    const headers = await headersOf({});
    const answer = await patch(api, { year: 2009 }, { headers });
    const next = { 'if-match': String(answer.headers.etag) };
    expect((await patch(api, { year: 2010 }, { headers: next })).statusCode).toBe(200);
    const refused = await patch(api, { year: 2011 }, { headers });
    expect([refused.statusCode, refused.json()]).toEqual([
      412,
      expect.objectContaining({ type: '/problems/precondition_failed' }),
    ]);
    expect(refused.json<{ errors: { field: string }[] }>().errors[0]?.field).toBe('if-match');
    expect(await filmOf(api)).toMatchObject({ year: 2010 });
  });

  it('writes what was set to the journal, under the key of the film', async () => {
    const { db } = await open();
    const api = await openServed(db);
    await patch(api, { year: 2005, genres: ['drama'] });
    await patch(api, { year: null });
    expect(await db.query(sql`select seq, action, title_key, document from journal order by seq`)).toEqual([
      { seq: 1, action: 'set_values', title_key: `local:${id}`, document: { year: 2005, genres: ['Drama'] } },
      { seq: 2, action: 'set_values', title_key: `local:${id}`, document: { year: null } },
    ]);
  });
});

describeOnPostgres('several people who set values of one film at once', (open) => {
  it('with one ETag in If-Match: one of them does, and the others are told', async () => {
    const { db } = await open();
    const api = await openServed(db);
    for (let round = 1; round <= 5; round += 1) {
      const headers = { 'if-match': String((await api.inject(url)).headers.etag) };
      const years = Array.from({ length: 8 }, (_, at) => 1900 + 10 * round + at);
      const answers = await Promise.all(years.map((year) => patch(api, { year }, { headers })));
      const statuses = answers.map(({ statusCode }) => statusCode);
      expect(statuses.toSorted()).toEqual([200, ...Array<number>(7).fill(412)]);
      expect(await filmOf(api)).toMatchObject({ year: years[statuses.indexOf(200)] });
    }
    expect(await db.query(sql`select count(*) as entries from journal`)).toEqual([{ entries: 5 }]);
  });

  it('without one: what each of them sets stays', async () => {
    const { db } = await open();
    const api = await openServed(db);
    const { kind, ...values } = SET;
    await Promise.all(Object.entries(values).map(([field, value]) => patch(api, { [field]: value })));
    expect(await filmOf(api)).toMatchObject({
      ...values,
      handSet: FIELDS.filter((field) => field !== 'kind'),
    });
    await Promise.all(Object.keys(values).map((field) => patch(api, { [field]: null })));
    expect(await filmOf(api)).toMatchObject({ ...SAID, handSet: [] });
    expect(kind).toBe('tvMovie');
  });
});

function without(field: string, film: object): object {
  const hanging = field === 'rating' ? ['votes', 'ratingSystem'] : [];
  return Object.fromEntries(
    Object.entries(film).filter(([name]) => name !== field && !hanging.includes(name)),
  );
}
