import sql from 'sql-template-tag';
import { expect, test } from 'vitest';

import { anyKey, ID_SALT, openTestApi } from '../../../test/api.ts';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { servedFilm, serveFilms } from '../../../test/served-films.ts';
import { imdbKey, titleId, type ImdbId } from '../../model/title-key.ts';

const matrix = titleId(ID_SALT, imdbKey('tt0133093' as ImdbId));

describeOnEachDatabase('a film', (open) => {
  test('is found by its id and by its IMDb id', async () => {
    const { db } = await open();
    await serveFilms(db, [servedFilm({ id: matrix, imdbId: 'tt0133093', title: 'The Matrix' })]);
    const api = await openTestApi(db);
    for (const id of [matrix, matrix.toUpperCase(), 'tt0133093', 'tt0133093.json']) {
      const answer = await api.inject(`/movies/${id}`);
      expect(answer.json()).toMatchObject({
        id: matrix,
        title: 'The Matrix',
        sources: ['imdb'],
        isAdult: null,
      });
    }
  });

  test('is redirected to by an alias, gone when every source dropped it, else not there', async () => {
    const { db } = await open();
    const [alias, gone] = ['00000000-0000-8000-a000-000000000001', '00000000-0000-8000-a000-000000000002'];
    await serveFilms(db, [servedFilm({ id: matrix })]);
    await db.query(sql`insert into title_alias values (${alias}, 'tmdb:603', ${matrix})`);
    await db.query(sql`insert into title_gone values (${gone}, 'tmdb:604', 1)`);
    const api = await openTestApi(db);
    const moved = await api.inject(`/movies/${alias}`);
    expect([moved.statusCode, moved.headers.location, moved.headers['cache-control']]).toEqual([
      308,
      `/movies/${matrix}`,
      'no-cache',
    ]);
    for (const [below, to] of [
      ['/credits', '/credits'],
      ['/ratings.json', '/ratings.json'],
      ['.json', '.json'],
      ['?include=credits', '?include=credits'],
    ]) {
      const { headers } = await api.inject(`/movies/${alias}${below ?? ''}`);
      expect([below, headers.location]).toEqual([below, `/movies/${matrix}${to ?? ''}`]);
    }
    for (const below of ['', '/credits', '/keywords']) {
      expect((await api.inject(`/movies/${gone}${below}`)).statusCode).toBe(410);
    }
    for (const id of ['00000000-0000-8000-a000-000000000003', 'tt0000001', 'x', '%20', 'x/ratings']) {
      const answer = await api.inject(`/movies/${id}`);
      expect([answer.statusCode, answer.json<{ type: string }>().type]).toEqual([
        404,
        '/problems/title_not_found',
      ]);
    }
  });

  test('that is a series or an episode is at another address, also by an alias', async () => {
    const { db } = await open();
    const [alias, episode] = ['00000000-0000-8000-a000-000000000001', '00000000-0000-8000-a000-000000000002'];
    await serveFilms(db, [
      servedFilm({ id: matrix, kind: 'tvSeries' }),
      servedFilm({ id: episode, kind: 'tvEpisode' }),
    ]);
    await db.query(sql`insert into title_alias values (${alias}, 'tmdb:603', ${matrix})`);
    const api = await openTestApi(db);
    for (const [asked, to] of [
      ['tt0133093', `/series/${matrix}`],
      [`${matrix}.json`, `/series/${matrix}.json`],
      [`${matrix}/credits`, `/series/${matrix}/credits`],
      [alias, `/series/${matrix}`],
      [`${episode}?include=credits`, `/episodes/${episode}?include=credits`],
    ]) {
      const { statusCode, headers } = await api.inject(`/movies/${asked ?? ''}`);
      expect([asked, statusCode, headers.location, headers['cache-control']]).toEqual([
        asked,
        308,
        to,
        'no-cache',
      ]);
    }
  });

  test('of a kind that is not served is not there, nor is what leads to it', async () => {
    const { db } = await open();
    const alias = '00000000-0000-8000-a000-000000000001';
    await serveFilms(db, [servedFilm({ id: matrix, kind: 'videoGame' })]);
    await db.query(sql`insert into title_alias values (${alias}, 'tmdb:603', ${matrix})`);
    const api = await openTestApi(db);
    for (const id of [matrix, alias]) expect((await api.inject(`/movies/${id}`)).statusCode).toBe(404);
  });

  test('is entered by who has a key, and listed at once', async () => {
    const { db } = await open();
    await serveFilms(db, []);
    const api = await openTestApi(db, anyKey('write'));
    expect((await api.inject('/movies')).json()).toMatchObject({ data: [] });
    const entered = await api.inject({
      method: 'POST',
      url: '/movies',
      headers: { authorization: 'Bearer key' },
      payload: {
        title: ' A Film ',
        year: 2027,
        genres: ['Drama', 'drama', 'War'],
        rating: 7.3,
        imdbId: 'https://www.imdb.com/title/tt0133093/',
      },
    });
    expect([entered.statusCode, entered.headers.location]).toEqual([201, `/movies/${matrix}`]);
    expect(entered.json()).toMatchObject({
      title: 'A Film',
      kind: 'movie',
      genres: ['Drama', 'War'],
      rating: 7.3,
      budget: null,
      suspect: [],
      countries: [],
      externalIds: { imdb: 'tt0133093' },
    });
    expect((await api.inject('/movies')).json()).toMatchObject({ data: [{ id: matrix }] });

    const again = await api.inject({
      method: 'POST',
      url: '/movies',
      headers: { authorization: 'Bearer key' },
      payload: { title: 'Another', imdbId: 'tt0133093' },
    });
    expect([again.statusCode, again.json()]).toMatchObject([409, { existing: `/movies/${matrix}` }]);
  });

  test('is entered by nobody else', async () => {
    const { db } = await open();
    const post = { method: 'POST', url: '/movies', payload: { title: 'A film' } } as const;
    const unknown = await openTestApi(db);
    const missing = await unknown.inject(post);
    expect([missing.statusCode, missing.headers['www-authenticate']]).toEqual([
      401,
      'Bearer realm="filmbase"',
    ]);
    const answer = await unknown.inject({ ...post, headers: { authorization: 'Bearer x' } });
    expect([answer.statusCode, answer.json<{ type: string }>().type]).toEqual([401, '/problems/key_unknown']);
  });

  test('is refused with every field that is wrong', async () => {
    const { db } = await open();
    const api = await openTestApi(db, anyKey('admin'));
    const wrong: [string, unknown, string][] = [
      ['title', '  ', 'title'],
      ['title', 'a\nb', 'title'],
      ['title', 'a\0b', 'title'],
      ['title', '\ud800', 'title'],
      ['title', 'x'.repeat(301), 'title'],
      ['title', 5, 'title'],
      ['year', 1873, 'year'],
      ['year', 2040, 'year'],
      ['year', '1999', 'year'],
      ['releaseDate', '1999-02-29', 'releaseDate'],
      ['releaseDate', '0000-01-01', 'releaseDate'],
      ['runtimeMinutes', 0, 'runtimeMinutes'],
      ['rating', 7.25, 'rating'],
      ['rating', 10.1, 'rating'],
      ['genres', ['a,b'], 'genres.0'],
      ['genres', Array.from({ length: 21 }, String), 'genres'],
      ['imdbId', 'tt1', 'imdbId'],
      ['posterUrl', 'http://example.com', 'posterUrl'],
      ['kind', 'tvSeries', 'kind'],
      ['colour', 'red', 'colour'],
    ];
    for (const [name, value, field] of wrong) {
      const answer = await api.inject({
        method: 'POST',
        url: '/movies',
        headers: { authorization: 'Bearer key' },
        payload: { title: 'A film', [name]: value },
      });
      const fields = answer.json<{ errors?: { field: string }[] }>().errors?.map((error) => error.field);
      expect([name, value, answer.statusCode, fields]).toEqual([name, value, 400, [field]]);
    }
  });
});
