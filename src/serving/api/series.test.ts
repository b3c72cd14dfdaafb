import type { FastifyInstance } from 'fastify';
import sql from 'sql-template-tag';
import { expect, test } from 'vitest';

import { ID_SALT, openTestApi } from '../../../test/api.ts';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { fullFilm, servedFilm, serveFilms, type ServedFilm } from '../../../test/served-films.ts';
import type { Database } from '../../db/database.ts';
import { imdbKey, titleId, type ImdbId } from '../../model/title-key.ts';

const idOf = (imdbId: string) => titleId(ID_SALT, imdbKey(imdbId as ImdbId));

const LIGHTS = idOf('tt0000001');
const OTHER = idOf('tt0000002');

interface Page {
  readonly data: readonly { id: string; title: string; rating: number | null }[];
  readonly page: { next: string | null; prev: string | null };
}

const titles = ({ data }: Page) => data.map(({ title }) => title);

/** An episode of Harbour Lights, named by its place. */
function episode(season: number | null, number: number | null, fields: Partial<ServedFilm> = {}): ServedFilm {
  return servedFilm({
    kind: 'tvEpisode',
    title: `${season ?? '?'}.${number ?? '?'}`,
    place: { series: LIGHTS, season, number },
    ...fields,
  });
}

const lights = servedFilm({ id: LIGHTS, imdbId: 'tt0000001', kind: 'tvSeries', title: 'Harbour Lights' });
const other = servedFilm({ id: OTHER, imdbId: 'tt0000002', kind: 'tvMiniSeries', title: 'Other' });

async function openApi(db: Database, ...served: ServedFilm[]): Promise<FastifyInstance> {
  await serveFilms(db, [lights, other, servedFilm({ title: 'A film', rating: 9.5 }), ...served]);
  return openTestApi(db);
}

async function get(api: FastifyInstance, url: string): Promise<Page> {
  const answer = await api.inject(url);
  expect([answer.statusCode, url]).toEqual([200, url]);
  return answer.json();
}

describeOnEachDatabase('a series', (open) => {
  test('says how many episodes each season has, the unknown one last', async () => {
    const { db } = await open();
    const api = await openApi(db, episode(2, 1), episode(10, 1), episode(2, 2), episode(null, null));
    for (const id of [LIGHTS, 'tt0000001', 'tt0000001.json']) {
      expect(await get(api, `/series/${id}`)).toMatchObject({
        id: LIGHTS,
        kind: 'tvSeries',
        title: 'Harbour Lights',
        endYear: null,
        externalIds: { imdb: 'tt0000001' },
        seasons: [
          { season: 2, episodes: 2 },
          { season: 10, episodes: 1 },
          { season: null, episodes: 1 },
        ],
      });
    }
    expect(await get(api, `/series/${OTHER}`)).toMatchObject({ seasons: [] });
  });

  test('has parts as a film has them, alone and included', async () => {
    const { db } = await open();
    const api = await openApi(db);
    await serveFilms(db, [
      fullFilm({ id: LIGHTS, kind: 'tvSeries' }),
      fullFilm({ id: OTHER, kind: 'tvEpisode' }),
      fullFilm({ id: idOf('tt0000003') }),
    ]);
    const parts = ['credits', 'ratings', 'companies', 'keywords'] as const;
    for (const part of parts) {
      const ofFilm = (await api.inject(`/movies/tt0000003/${part}`)).json<object>();
      expect(Object.values(ofFilm).flat()).not.toEqual([]);
      expect(await get(api, `/series/${LIGHTS}/${part}`)).toEqual(ofFilm);
      expect(await get(api, `/episodes/${OTHER}/${part}`)).toEqual(ofFilm);
    }
    const film = (await api.inject(`/movies/tt0000003?include=${parts.join(',')}`)).json<object>();
    const { credits, ratings, companies, keywords } = film as Record<(typeof parts)[number], object>;
    for (const path of [`/series/${LIGHTS}`, `/episodes/${OTHER}`]) {
      expect(await get(api, `${path}?include=${parts.join(',')}`)).toMatchObject({
        credits,
        ratings,
        companies,
        keywords,
      });
    }
    const refused = await api.inject(`/series/${LIGHTS}?include=offers`);
    expect(refused.json()).toMatchObject({ status: 400, errors: [{ field: 'include' }] });
  });

  test('includes its episodes in order, unless they are too many', async () => {
    const { db } = await open();
    const ids = ['a', 'b', 'c'].map((letter) => `00000000-0000-8000-a000-00000000000${letter}`);
    const [unknown, second, first] = ids.map((id, at) =>
      episode(at === 0 ? null : 1, at === 0 ? null : 3 - at, { id }),
    ) as [ServedFilm, ServedFilm, ServedFilm];
    const api = await openApi(db, unknown, second, first);
    const whole = await get(api, `/series/${LIGHTS}?include=episodes`);
    const alone = await Promise.all(
      [first, second, unknown].map(async ({ id }) => api.inject(`/episodes/${id}`)),
    );
    expect(whole).toMatchObject({ episodes: [{ id: first.id }, { id: second.id }, { id: unknown.id }] });
    expect(alone.map((answer) => answer.json<object>())).toMatchObject(
      (whole as unknown as { episodes: object[] }).episodes,
    );
    expect(await get(api, `/series/${OTHER}?include=episodes`)).toMatchObject({ episodes: [] });

    const idOfNth = `('00000000-0000-8000-a000-' || lpad(n::text, 12, '0'))::uuid`;
    await db.execute(`
      insert into title (id, key, kind, is_film, title, original_title, title_sort, genres, sources)
      select ${idOfNth}, n::text, 'tvEpisode', false, n::text, n::text, n::text, '{}', '{imdb}'
      from generate_series(1, 998) as n;
      insert into episode select ${idOfNth}, '${LIGHTS}', 1, n from generate_series(1, 997) as n`);
    const most = await api.inject(`/series/${LIGHTS}?include=episodes`);
    expect(most.json<{ episodes: object[] }>().episodes).toHaveLength(1000);
    await db.execute(`
      insert into episode select ${idOfNth}, '${LIGHTS}', 1, n from generate_series(998, 998) as n;
      update catalogue_state set version = 2`);
    const tooMany = await openTestApi(db).then((fresh) => fresh.inject(`/series/${LIGHTS}?include=episodes`));
    expect(tooMany.json()).toMatchObject({ status: 400, errors: [{ field: 'include' }] });
    expect(tooMany.body).toContain(`/series/${LIGHTS}/episodes`);
  });

  test('is at one address, whichever it is asked for at', async () => {
    const { db } = await open();
    const [alias, gone] = ['00000000-0000-8000-a000-000000000001', '00000000-0000-8000-a000-000000000002'];
    const film = servedFilm({ id: idOf('tt0000003') });
    const one = episode(1, 1, { id: idOf('tt0000011') });
    const api = await openApi(db, film, one);
    await db.query(sql`insert into title_alias values (${alias}, 'tmdb:1', ${LIGHTS})`);
    await db.query(sql`insert into title_gone values (${gone}, 'tmdb:2', 1)`);
    for (const [asked, to] of [
      [`/series/${alias}/episodes?season=1&rating_gt=8`, `/series/${LIGHTS}/episodes?season=1&rating_gt=8`],
      [`/series/${alias}`, `/series/${LIGHTS}`],
      [`/series/tt0000003`, `/movies/${film.id}`],
      [`/series/tt0000011/credits`, `/episodes/${one.id}/credits`],
      [`/series/tt0000011/episodes`, `/episodes/${one.id}/episodes`],
      [`/episodes/tt0000001?include=credits`, `/series/${LIGHTS}?include=credits`],
      [`/episodes/tt0000003.json`, `/movies/${film.id}.json`],
    ] as const) {
      const { statusCode, headers } = await api.inject(asked);
      expect([asked, statusCode, headers.location, headers['cache-control']]).toEqual([
        asked,
        308,
        to,
        'no-cache',
      ]);
    }
    for (const path of [`/series/${gone}`, `/series/${gone}/episodes`, `/episodes/${gone}`])
      expect([path, (await api.inject(path)).statusCode]).toEqual([path, 410]);
    for (const path of [
      '/series/tt0000009',
      '/series/tt0000009/episodes',
      '/series/x/episodes',
      '/episodes/x',
    ])
      expect([path, (await api.inject(path)).json()]).toMatchObject([
        path,
        { status: 404, type: '/problems/title_not_found', errors: [{ field: 'id' }] },
      ]);
  });
});

describeOnEachDatabase('episodes', (open) => {
  test('of a season that are rated above 8.8 come in one request, and one that is rated 8.8 is not among them', async () => {
    const { db } = await open();
    const api = await openApi(
      db,
      episode(1, 1, { rating: 8.8 }),
      episode(1, 2, { rating: 8.9 }),
      episode(1, 3),
      episode(1, 10, { rating: 9.3 }),
      episode(2, 1, { rating: 9.9 }),
      episode(1, 4, { rating: 9.9, place: { series: OTHER, season: 1, number: 4 }, title: 'another 1.4' }),
    );
    const found = await get(api, '/series/tt0000001/episodes?season=1&rating_gt=8.8&count=exact');
    expect(found).toMatchObject({
      data: [
        { title: '1.2', rating: 8.9, seasonNumber: 1, episodeNumber: 2 },
        { title: '1.10', rating: 9.3, seasonNumber: 1, episodeNumber: 10 },
      ],
      page: { next: null },
      count: { value: 2, kind: 'exact' },
    });
    const overall = await get(api, '/episodes?rating_gt=8.8&sort=-rating,title');
    expect(titles(overall)).toEqual(['2.1', 'another 1.4', '1.10', '1.2']);
    const season = await get(api, '/episodes?rating_gt=8.8&sort=-rating,title&season=1');
    expect(titles(season)).toEqual(['another 1.4', '1.10', '1.2']);
  });

  test('of a series are walked by season and number, both ways, unknown ones last', async () => {
    const { db } = await open();
    const places = [
      [1, 1],
      [1, 2],
      [1, null],
      [2, 1],
      [10, 1],
      [null, 7],
      [null, null],
    ] as const;
    const api = await openApi(db, ...places.toReversed().map(([season, number]) => episode(season, number)));
    const walked: string[] = [];
    let url: string | null = `/series/${LIGHTS}/episodes?limit=2`;
    let last = url;
    while (url !== null) {
      last = url;
      const page: Page = await get(api, url);
      walked.push(...titles(page));
      url = page.page.next;
    }
    expect(walked).toEqual(['1.1', '1.2', '1.?', '2.1', '10.1', '?.7', '?.?']);
    const { page } = await get(api, last);
    expect(titles(await get(api, page.prev ?? ''))).toEqual(['10.1', '?.7']);
    const descending = await get(api, `/series/${LIGHTS}/episodes?sort=-episode`);
    expect(titles(descending)).toEqual(['10.1', '2.1', '1.2', '1.1', '1.?', '?.7', '?.?']);
    const seasons = await get(api, `/series/${LIGHTS}/episodes?season=10&season=2&sort=title`);
    expect(titles(seasons)).toEqual(['10.1', '2.1']);
  });

  test('say which series they belong to, and null where no source does', async () => {
    const { db } = await open();
    const placed = episode(3, 4);
    const lost = episode(null, null, { title: 'Lost', place: null });
    const api = await openApi(db, placed, lost);
    const series = { id: LIGHTS, title: 'Harbour Lights' };
    for (const path of [`/episodes/${placed.id}`, `/episodes/${placed.id}.json`])
      expect(await get(api, path)).toMatchObject({ title: '3.4', series, seasonNumber: 3, episodeNumber: 4 });
    expect(await get(api, `/episodes/${lost.id}`)).toMatchObject({
      series: null,
      seasonNumber: null,
      episodeNumber: null,
    });
    expect(await get(api, '/episodes')).toMatchObject({
      data: [
        { title: '3.4', kind: 'tvEpisode', series, seasonNumber: 3, episodeNumber: 4 },
        { title: 'Lost', series: null, seasonNumber: null, episodeNumber: null },
      ],
    });
  });

  test('series and films are listed each at their own address', async () => {
    const { db } = await open();
    const game = servedFilm({ kind: 'videoGame', title: 'A game' });
    const api = await openApi(db, episode(1, 1), game);
    expect(titles(await get(api, '/movies'))).toEqual(['A film']);
    expect(titles(await get(api, '/series'))).toEqual(['Harbour Lights', 'Other']);
    expect(titles(await get(api, '/series?kind=tvMiniSeries'))).toEqual(['Other']);
    expect(titles(await get(api, '/episodes'))).toEqual(['1.1']);
    expect(titles(await get(api, `/series/${OTHER}/episodes`))).toEqual([]);
  });

  test('refuse parameters of other lists, and seasons that are none', async () => {
    const { db } = await open();
    const api = await openApi(db);
    for (const [url, field] of [
      ['/movies?season=1', 'season'],
      ['/series?season=1', 'season'],
      ['/series?kind=movie', 'kind.0'],
      ['/episodes?kind=tvSeries', 'kind.0'],
      ['/episodes?sort=episode', 'sort'],
      ['/episodes?season=x', 'season.0'],
      ['/episodes?season=-1', 'season.0'],
      ['/episodes?season=2147483648', 'season.0'],
      [`/series/${LIGHTS}/episodes?series=${LIGHTS}`, 'series'],
      [`/series/${LIGHTS}/episodes?sort=season`, 'sort'],
      [`/series/${LIGHTS}/episodes?include=credits`, 'include'],
      [`/series/${LIGHTS}?season=1`, 'season'],
    ] as const) {
      const answer = await api.inject(url);
      expect([url, answer.json()]).toMatchObject([url, { status: 400, errors: [{ field }] }]);
    }
  });

  test('keep a cursor to the list that it is of', async () => {
    const { db } = await open();
    const places = [1, 2, 3].map((number) => episode(1, number));
    const api = await openApi(db, ...places);
    const next = (await get(api, `/series/${LIGHTS}/episodes?limit=1`)).page.next ?? '';
    const cursor = next.slice(next.indexOf('cursor='));
    for (const path of [`/series/${OTHER}/episodes`, '/episodes', '/series', '/movies']) {
      const answer = await api.inject(`${path}?limit=1&${cursor}`);
      expect([path, answer.json()]).toMatchObject([path, { status: 400, type: '/problems/cursor_invalid' }]);
    }
  });
});
