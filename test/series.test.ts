import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { FastifyInstance } from 'fastify';
import { describe, expect, it } from 'vitest';

import { findVersion } from '../src/lake/manifests.ts';
import { KINDS } from '../src/model/kinds.ts';
import { FILE_NAMES } from '../src/sources/imdb/settings.ts';
import { openTestApi } from './api.ts';
import { describeOnEachDatabase } from './databases.ts';
import { dump } from './dumps.ts';
import type { Dump } from './dumps.ts';
import { openWorkshop, removeFoldersAfterEach } from './workshops.ts';

const SAMPLES = fileURLToPath(new URL('../samples/', import.meta.url));
const DATA = fileURLToPath(new URL('../../shared/data/', import.meta.url));

/** As the README shows them. */
const WITH_SERIES = {
  kinds: ['movie', 'tvSeries', 'tvMiniSeries', 'tvEpisode'],
  files: ['title.basics', 'title.ratings', 'title.episode'],
};

removeFoldersAfterEach();

interface Listed {
  readonly title: string;
  readonly imdbId: string;
  readonly rating: number | null;
  readonly seasonNumber: number | null;
  readonly episodeNumber: number | null;
}

async function list(api: FastifyInstance, url: string): Promise<Listed[]> {
  const answer = await api.inject(url);
  expect([url, answer.statusCode]).toEqual([url, 200]);
  return answer.json<{ data: Listed[] }>().data;
}

const SERIES = 'tt0000100';

/** Films, a series with two seasons, and an episode of what is no series. */
function seriesDump(): Dump {
  const episodes = [
    ['tt0000101', 1, 1, 8.8],
    ['tt0000102', 1, 2, 8.9],
    ['tt0000103', 2, 1, 9.5],
    ['tt0000104', null, null, 9.9],
  ] as const;
  return episodes.reduce(
    (all, [id, season, number, rating]) =>
      all
        .title(id, { kind: 'tvEpisode', title: `Episode ${id.slice(-1)}`, rating })
        .episode(id, SERIES, season, number),
    dump()
      .films(20)
      .title(SERIES, { kind: 'tvSeries', title: 'Harbour Lights', endYear: 2004 })
      .title('tt0000105', { kind: 'tvEpisode', title: 'An orphan' })
      .episode('tt0000105', 'tt1000001', 1, 1),
  );
}

describeOnEachDatabase('series of IMDb', (open) => {
  it('are served with their episodes from the dump to the answer, and follow it', async () => {
    const shop = await openWorkshop((await open()).db, { imdb: WITH_SERIES });
    const { published } = await shop.sync(seriesDump());
    expect(published).toMatchObject({ difference: { created: 26 } });
    expect(await findVersion(shop.lake, 1)).toMatchObject({
      rows: { title: 26, film: 20, episode: 4 },
      orphans: { imdb: { episode: 1 } },
    });
    const api = await openTestApi(shop.db);
    expect((await api.inject(`/series/${SERIES}`)).json()).toMatchObject({
      title: 'Harbour Lights',
      endYear: 2004,
      seasons: [
        { season: 1, episodes: 2 },
        { season: 2, episodes: 1 },
        { season: null, episodes: 1 },
      ],
    });
    const best = `/series/${SERIES}/episodes?season=1&rating_gt=8.8`;
    expect((await list(api, best)).map(({ imdbId }) => imdbId)).toEqual(['tt0000102']);

    const later = seriesDump().title('tt0000101', { rating: 9.1 }).without('tt0000104');
    expect((await shop.sync(later)).published).toMatchObject({ difference: { updated: 1, deleted: 1 } });
    expect((await list(api, best)).map(({ imdbId }) => imdbId)).toEqual(['tt0000101', 'tt0000102']);
    expect((await api.inject(`/series/${SERIES}`)).json()).toMatchObject({
      seasons: [{ season: 1 }, { season: 2 }],
    });
    expect((await api.inject('/episodes/tt0000104')).statusCode).toBe(410);
    expect((await api.inject('/episodes/tt0000105')).json()).toMatchObject({ series: null });
  });

  it('change nothing in what is said of films', async () => {
    const urls = [
      '/movies?count=exact&limit=100',
      '/movies?genre=drama&sort=-rating',
      '/genres',
      '/companies',
    ];
    const [films, both] = await Promise.all(
      [{}, WITH_SERIES].map(async (imdb) => {
        const shop = await openWorkshop((await open()).db, { imdb });
        await shop.sync(seriesDump());
        const api = await openTestApi(shop.db);
        return Promise.all(urls.map(async (url) => (await api.inject(url)).json<object>()));
      }),
    );
    expect(films?.[0]).toMatchObject({ count: { value: 20 } });
    expect(both).toEqual(films);
  });
});

describeOnEachDatabase('the series of the sample', (open) => {
  it('has its seasons and episodes from OMDb, and what IMDb says besides', async () => {
    const { db, sync } = await openWorkshop((await open()).db, { imdb: WITH_SERIES });
    await sync(join(SAMPLES, 'omdb'), { sources: ['omdb'] });
    const api = await openTestApi(db);
    expect(await list(api, '/series')).toMatchObject([{ title: 'Game of Thrones', imdbId: 'tt0944947' }]);
    const seasons = [10, 10, 10, 10, 10, 10, 7, 6].map((episodes, at) => ({ season: at + 1, episodes }));
    expect((await api.inject('/series/tt0944947')).json()).toMatchObject({ seasons });
    const first = await list(api, '/series/tt0944947/episodes?season=1');
    expect(first.map(({ episodeNumber }) => episodeNumber)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(first[0]).toMatchObject({ title: 'Winter Is Coming', rating: null });

    const imdb = dump()
      .title('tt0944947', { kind: 'tvSeries', title: 'Game of Thrones' })
      .title('tt1480055', { kind: 'tvEpisode', title: 'Winter Is Coming', rating: 9.1 })
      .episode('tt1480055', 'tt0944947', null, null);
    await sync(imdb);
    expect(await list(api, '/episodes?rating_gt=8.8')).toMatchObject([
      { imdbId: 'tt1480055', rating: 9.1, seasonNumber: 1, episodeNumber: 1 },
    ]);
    expect((await api.inject('/series/tt0944947')).json()).toMatchObject({
      sources: ['imdb', 'omdb'],
      seasons,
    });
  });
});

describe.skipIf(!existsSync(DATA))('with ../shared/data', () => {
  describeOnEachDatabase('all seven tables', (open) => {
    it('have every episode in its series, if that is described', async () => {
      const imdb = { kinds: [...KINDS], files: [...FILE_NAMES] };
      const { db, sync } = await openWorkshop((await open()).db, { imdb });
      await sync(join(DATA, 'imdb-seven'));
      const api = await openTestApi(db);
      const found = await list(api, '/episodes?limit=100');
      const [titles, lines] = ['title.basics.tsv', 'title.episode.tsv'].map((name) => rowsOf(name));
      const kinds = new Map(titles?.map(([id, kind]) => [id, kind]));
      expect(found).toHaveLength([...kinds.values()].filter((kind) => kind === 'tvEpisode').length);
      const placed = lines?.filter(
        ([id, series]) => kinds.get(id) === 'tvEpisode' && /^tv(Mini)?Series$/.test(kinds.get(series) ?? ''),
      );
      expect(placed?.length).toBeGreaterThan(0);
      for (const [id, series = '', season, number] of placed ?? []) {
        const { seasonNumber, episodeNumber } = found.find(({ imdbId }) => imdbId === id) ?? {};
        expect([id, seasonNumber, episodeNumber]).toEqual([id, numberOf(season), numberOf(number)]);
        const ofSeries = await list(api, `/series/${series}/episodes?limit=100`);
        expect(ofSeries.map(({ imdbId }) => imdbId)).toContain(id);
      }
    });
  });
});

/** The records of a file of `imdb-seven`, each as its fields. */
function rowsOf(name: string): string[][] {
  const lines = readFileSync(join(DATA, 'imdb-seven', name), 'utf8')
    .trimEnd()
    .split('\n');
  return lines.slice(1).map((line) => line.split('\t'));
}

function numberOf(field: string | undefined): number | null {
  return field === undefined || field === '\\N' ? null : Number(field);
}
