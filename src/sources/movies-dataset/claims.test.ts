import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { csv, filmsFile, openMoviesDatasetLab } from '../../../test/movies-dataset-lab.ts';
import type { MoviesDatasetLab } from '../../../test/movies-dataset-lab.ts';
import { quietWorld } from '../../../test/source-lab.ts';

let lab: MoviesDatasetLab;

beforeAll(async () => {
  lab = await openMoviesDatasetLab();
});

afterAll(() => lab.close());

const LIGHTHOUSE = {
  adult: 'False',
  belongs_to_collection: `{'id': 77, 'name': "The Keeper's Nights", 'poster_path': None}`,
  budget: '30000000',
  genres: `[{'id': 18, 'name': 'Drama'}, {'id': 10402, 'name': 'Music'}]`,
  homepage: 'https://lighthouse.example/',
  id: '9001',
  imdb_id: 'tt9000001',
  original_language: 'de',
  original_title: 'Der Leuchtturmchor',
  overview: 'A keeper sings.\rNobody "listens".',
  popularity: '1.5e-06',
  poster_path: '/lantern.jpg',
  production_companies: `[{'name': 'North Light', 'id': 5}, {'name': 'North Light', 'id': 5}, {'name': '', 'id': 6}]`,
  production_countries: `[{'iso_3166_1': 'DE', 'name': 'Germany'}]`,
  release_date: '1998-02-28',
  revenue: '278796508700.0',
  runtime: '81.0',
  spoken_languages: `[{'iso_639_1': 'de', 'name': 'Deutsch'}, {'english_name': 'Danish', 'iso_639_1': 'da', 'name': ''}]`,
  status: 'Released',
  tagline: 'Listen.',
  title: 'The Lighthouse Choir',
  video: 'False',
  vote_average: '7.4',
  vote_count: '1204',
};

const BARE = { id: '9002', title: 'Bare' };

describe('a film', () => {
  test('is claimed with all that its record says', async () => {
    const { claims, counts } = await lab.claim({ 'movies_metadata.csv': filmsFile(LIGHTHOUSE) });
    expect(counts).toEqual([
      {
        file: 'movies_metadata.csv',
        read: 1,
        claimed: 1,
        unchanged: 0,
        outside: 0,
        rejected: 0,
        reasons: {},
      },
    ]);
    expect(await claims('title')).toEqual([
      {
        title_key: '9001',
        imdb_id: 'tt9000001',
        kind: 'movie',
        title: 'The Lighthouse Choir',
        original_title: 'Der Leuchtturmchor',
        year: 1998,
        end_year: null,
        release_date: '1998-02-28',
        runtime_minutes: 81,
        is_adult: false,
        genres: 'Drama,Music',
        certificate: null,
        poster_url: 'https://image.tmdb.org/t/p/w500/lantern.jpg',
        status: 'Released',
        original_language: 'de',
        budget: 30_000_000,
        revenue: 278_796_508_700,
        popularity: 1.5e-6,
        tagline: 'Listen.',
        overview: 'A keeper sings.\rNobody "listens".',
        homepage: 'https://lighthouse.example/',
        collection_key: '77',
        collection_name: "The Keeper's Nights",
      },
    ]);
    expect(await claims('external_id')).toEqual([{ title_key: '9001', system: 'tmdb', value: '9001' }]);
    expect(await claims('rating')).toEqual([{ title_key: '9001', system: 'tmdb', rating: 7.4, votes: 1204 }]);
    expect(await claims('title_company')).toEqual([
      { title_key: '9001', company_key: '5', name: 'North Light', ordering: 1 },
      { title_key: '9001', company_key: '6', name: null, ordering: 2 },
    ]);
    expect(await claims('title_country')).toEqual([
      { title_key: '9001', country_code: 'DE', name: 'Germany', ordering: 1 },
    ]);
    expect(await claims('title_language')).toEqual([
      { title_key: '9001', language_code: 'da', name: 'Danish', ordering: 2 },
      { title_key: '9001', language_code: 'de', name: 'Deutsch', ordering: 1 },
    ]);
  });

  test('of which nothing is said is null, not zero', async () => {
    const zeros = { budget: '0', revenue: '0.0', runtime: '0.0', vote_count: '0', vote_average: '0.0' };
    const { claims } = await lab.claim({ 'movies_metadata.csv': filmsFile({ ...BARE, ...zeros }) });
    const [film] = await claims('title');
    expect(Object.entries(film ?? {}).filter(([, value]) => value !== null)).toEqual([
      ['title_key', '9002'],
      ['kind', 'movie'],
      ['title', 'Bare'],
    ]);
    expect(await claims('rating')).toEqual([]);
  });

  test('has each genre once, in whatever case it is written', async () => {
    const genres = `[{'name': 'Drama'}, {'name': 'drama'}, {'name': 'War'}, {'name': 'Drama'}]`;
    const { claims } = await lab.claim({ 'movies_metadata.csv': filmsFile({ ...BARE, genres }) });
    expect(await claims('title')).toMatchObject([{ genres: 'Drama,War' }]);
  });

  test('is read although two columns have one name, of which the first is meant', async () => {
    const { claims } = await lab.claim({ 'movies_metadata.csv': 'id,title,title,,\n9002,Bare,Other,,\n' });
    expect(await claims('title')).toMatchObject([{ title_key: '9002', title: 'Bare' }]);
  });

  test('keeps a budget so low that it is hardly true, and the largest that there may be', async () => {
    const { claims } = await lab.claim({
      'movies_metadata.csv': filmsFile({ ...BARE, budget: '12', revenue: '999999999999' }),
    });
    expect(await claims('title')).toMatchObject([{ budget: 12, revenue: 999_999_999_999 }]);
  });

  test('on video is a video, goes by its original title where it has no other, and has no IMDb id where that is 0', async () => {
    const film = {
      ...BARE,
      title: '',
      original_title: 'Kahl',
      video: 'True',
      adult: 'True',
      imdb_id: '0',
    };
    const { claims } = await lab.claim({ 'movies_metadata.csv': filmsFile(film) });
    expect(await claims('title')).toMatchObject([
      { kind: 'video', title: 'Kahl', original_title: 'Kahl', is_adult: true, imdb_id: null },
    ]);
  });

  test('is found by the names of the columns, in any file that has them', async () => {
    const { claims, counts } = await lab.claim({
      'films of 1998.csv': csv(
        ['certification', 'title', 'id', 'unheard_of'],
        ['PG-13 ', 'Other', '9003', 'x'],
      ),
      'movies_metadata.csv': filmsFile(BARE),
    });
    expect(counts.map(({ file, claimed }) => [file, claimed])).toEqual([
      ['films of 1998.csv', 1],
      ['movies_metadata.csv', 1],
    ]);
    expect(await claims('title')).toMatchObject([
      { title_key: '9002', certificate: null },
      { title_key: '9003', certificate: 'PG-13' },
    ]);
  });

  test('that stands twice is what its last record says, over all files', async () => {
    const { claims, counts, rejects } = await lab.claim({
      'movies_metadata.csv': filmsFile(
        { ...BARE, title: 'First' },
        { id: '1' },
        { ...BARE, title: 'Second' },
      ),
      'z.csv': filmsFile({ ...BARE, title: 'Third' }),
    });
    expect((await claims('title')).map(({ title }) => title)).toEqual(['Film 1', 'Third']);
    expect(counts.map(({ read, claimed, reasons }) => [read, claimed, reasons])).toEqual([
      [3, 1, { duplicate_key: 2 }],
      [1, 1, {}],
    ]);
    expect(await rejects()).toMatchObject([
      { line: 2, reason: 'duplicate_key', detail: "id is '9002' in a later record too" },
      { line: 4 },
    ]);
  });

  test('beyond the limit is outside, with all that is said of it', async () => {
    const { claims, counts } = await lab.claim(
      {
        'movies_metadata.csv': filmsFile({ id: '7' }, { id: '8' }, { id: '7' }, { id: '9' }),
        'keywords.csv': csv(['id', 'keywords'], ['7', '[]'], ['8', `[{'id': 1, 'name': 'sea'}]`]),
        'links.csv': csv(['movieId', 'imdbId', 'tmdbId'], ['1', '0000001', '7'], ['2', '0000002', '8']),
        'ratings.csv': csv(
          ['userId', 'movieId', 'rating', 'timestamp'],
          ['1', '1', '4', '0'],
          ['1', '2', '4', '0'],
        ),
      },
      { limit: 2 },
    );
    expect((await claims('title')).map(({ title_key }) => title_key)).toEqual(['7', '8']);
    const one = await lab.claim({ 'movies_metadata.csv': filmsFile({ id: '7' }, { id: '8' }) }, { limit: 1 });
    expect(one.counts).toMatchObject([{ read: 2, claimed: 1, outside: 1, rejected: 0 }]);
    expect(counts.map(({ file, claimed, outside }) => [file, claimed, outside])).toEqual([
      ['movies_metadata.csv', 2, 1],
      ['keywords.csv', 2, 0],
      ['links.csv', 2, 0],
      ['ratings.csv', 2, 0],
    ]);
  });
});

test('a file that is not there is named, and the others are claimed', async () => {
  const warnings: string[] = [];
  const world = quietWorld({ warnings });
  const { counts } = await lab.claim({ 'movies_metadata.csv': filmsFile(BARE) }, { world });
  expect(counts).toHaveLength(1);
  for (const name of [
    'credits.csv',
    'keywords.csv',
    'links.csv or links_small.csv',
    'ratings.csv or ratings_small.csv',
  ])
    expect(warnings.join('')).toContain(`${name} is not there; going on without it`);
});

test('claiming stops when it is told to, also in the middle', async () => {
  const stop = new AbortController();
  const middle = quietWorld({
    signal: stop.signal,
    progress: () => {
      stop.abort();
    },
  });
  const films = filmsFile(
    ...Array.from({ length: 20_000 }, (_, at) => ({ ...LIGHTHOUSE, id: String(at + 1) })),
  );
  const stopped = lab.claim({ 'movies_metadata.csv': films }, { world: middle });
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
  const world = quietWorld({ signal: AbortSignal.abort() });
  await expect(lab.claim({ 'movies_metadata.csv': filmsFile(BARE) }, { world })).rejects.toMatchObject({
    code: 'cancelled',
  });
});
