import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

import sql from 'sql-template-tag';
import { describe, expect, it } from 'vitest';

import type { Database } from '../src/db/database.ts';
import { describeOnEachDatabase, describeOnPglite } from './databases.ts';
import { openTestApi } from './api.ts';
import { openWorkshop, removeFoldersAfterEach, temporaryFolder } from './workshops.ts';

const SAMPLES = fileURLToPath(new URL('../samples/', import.meta.url));
const DATA = fileURLToPath(new URL('../../shared/data/', import.meta.url));

removeFoldersAfterEach();

/** The sample with ratings of two users: the Dark Knight, by MovieLens' number 58559, and a film that nobody has. */
function ratedSample(): string {
  const folder = join(temporaryFolder(), 'rated');
  cpSync(join(SAMPLES, 'movies-dataset'), folder, { recursive: true });
  writeFileSync(
    join(folder, 'ratings_small.csv'),
    'userId,movieId,rating,timestamp\n1,58559,5.0,1217897793\n2,58559,4.0,1249808497\n2,999999,1.0,1249808497\n',
  );
  return folder;
}

interface Film {
  readonly imdbId: string;
  readonly sources: readonly string[];
  readonly ratings: readonly { system: string; rating: number; votes: number; byYear: object[] }[];
  readonly credits: { cast: { person: { name: string }; characters: string[] }[]; crew: { job: string }[] };
  readonly companies: readonly { name: string }[];
  readonly externalIds: Record<string, string>;
  readonly budget: number;
}

describeOnEachDatabase('The Movies Dataset beside IMDb', (open) => {
  it('makes one film of what both describe, each with what it knows best', async () => {
    const { db, sync } = await openWorkshop((await open()).db);
    await sync(join(SAMPLES, 'imdb'));
    const { published } = await sync(ratedSample(), { sources: ['movies-dataset'] });
    expect(published?.difference).toMatchObject({ created: 0, deleted: 0 });
    const api = await openTestApi(db);
    const answer = await api.inject('/movies/tt0468569?include=credits,ratings,companies,keywords');
    const film = answer.json<Film>();
    expect(film).toMatchObject({
      title: 'The Dark Knight',
      sources: ['imdb', 'movies-dataset'],
      ratingSystem: 'imdb',
      budget: 185_000_000,
      collection: { name: 'The Dark Knight Collection' },
      externalIds: { imdb: 'tt0468569', movielens: '58559', tmdb: '155' },
    });
    expect(film.ratings.map(({ system }) => system)).toEqual(['imdb', 'movielens']);
    expect(film.ratings[1]).toMatchObject({
      rating: 9,
      votes: 2,
      byYear: [
        { year: 2008, rating: 10, votes: 1 },
        { year: 2009, rating: 8, votes: 1 },
      ],
    });
    expect(film.credits.cast[0]).toMatchObject({
      person: { name: 'Christian Bale' },
      characters: ['Bruce Wayne', 'Batman'],
    });
    expect(film.credits.crew.map(({ job }) => job)).toContain('Director');
    expect(film.companies.map(({ name }) => name)).toContain('Warner Bros. Pictures');
    const [report] = (
      await api.inject('/reports/company-budget?company=warner+bros.+pictures&year=2008')
    ).json<{
      data: unknown[];
    }>().data;
    expect(report).toMatchObject({ companyName: 'Warner Bros. Pictures', n: 2, value: 218_000_000 });
    await api.close();
  });

  it('counts ratings of films that it does not describe, and serves none of them', async () => {
    const { db, sync, lake } = await openWorkshop((await open()).db);
    await sync(ratedSample(), { sources: ['movies-dataset'] });
    expect(readdirSync(join(lake.folder, 'claims'))).toContain('user_rating');
    const [served] = await db.query<{ ratings: number }>(
      sql`select count(*) as ratings from further_rating where system = 'movielens'`,
    );
    expect(served).toEqual({ ratings: 0 });
    const [shown] = await db.query(sql`select rating, votes from title where rating_system = 'movielens'`);
    expect(shown).toEqual({ rating: 9, votes: 2 });
  });

  it('is gone from the films when its next version lacks them', async () => {
    const { db, sync } = await openWorkshop((await open()).db);
    await sync(join(SAMPLES, 'imdb'));
    await sync(join(SAMPLES, 'movies-dataset'), { sources: ['movies-dataset'] });
    const before = await described(db);
    const fewer = join(temporaryFolder(), 'fewer');
    mkdirSync(fewer);
    writeFileSync(
      join(fewer, 'movies_metadata.csv'),
      'id,imdb_id,title,budget\n155,tt0468569,The Dark Knight,7\n',
    );
    await sync(fewer, { sources: ['movies-dataset'] });
    expect(before).toBeGreaterThan(50);
    expect(await described(db)).toBe(1);
    expect(await db.query(sql`select budget, suspect from title_detail`)).toEqual([
      { budget: 7, suspect: ['budget'] },
    ]);
    expect(await db.query(sql`select from company`)).toEqual([]);
  });
});

async function described(db: Database): Promise<number> {
  const [row] = await db.query<{ films: number }>(
    sql`select count(*) as films from title where 'movies-dataset' = any(sources)`,
  );
  return row?.films ?? 0;
}

describe.skipIf(!existsSync(DATA))('with ../shared/data', () => {
  describeOnPglite('the real films of both', (open) => {
    it('meet by IMDb id, and the ratings by the links', async () => {
      const { db, sync } = await openWorkshop((await open()).db);
      await sync(join(DATA, 'imdb'));
      const folder = join(temporaryFolder(), 'dataset');
      cpSync(join(DATA, 'movies-dataset'), folder, { recursive: true });
      cpSync(join(DATA, 'movielens-small/links.csv'), join(folder, 'links.csv'));
      await sync(folder, { sources: ['movies-dataset'] });
      const [met] = await db.query(sql`
        select
          count(*) filter (where sources = '{imdb,movies-dataset}') as both,
          count(*) filter (where sources = '{movies-dataset}') as dataset_alone,
          count(*) as titles
        from title`);
      expect(met).toEqual({ both: 33_642, dataset_alone: 2_992, titles: 246_363 });
      const [rated] = await db.query(sql`
        select count(*) as films, sum(votes) as votes
        from (
          select votes from further_rating where system = 'movielens'
          union all
          select votes from title where rating_system = 'movielens'
        ) as rated`);
      expect(rated).toEqual(expectedRatings(folder, await tmdbIds(db)));
    }, 180_000);
  });
});

/** The films with ratings, and their ratings, among the films with these TMDB ids; counted line by line. */
function expectedRatings(folder: string, known: ReadonlySet<string>) {
  const tmdbIdOf = new Map(
    linesOf(readFileSync(join(folder, 'links.csv'), 'utf8')).map(([movieId = '', , tmdbId = '']) => [
      movieId,
      tmdbId,
    ]),
  );
  const ratings = linesOf(gunzipSync(readFileSync(join(folder, 'ratings_small.csv.gz'))).toString());
  const rated = ratings
    .map(([, movieId = '']) => tmdbIdOf.get(movieId) ?? '')
    .filter((tmdbId) => known.has(tmdbId));
  return { films: new Set(rated).size, votes: rated.length };
}

function linesOf(csv: string): string[][] {
  const lines = csv.split(/\r?\n/).slice(1);
  return lines.filter((line) => line !== '').map((line) => line.split(','));
}

async function tmdbIds(db: Database): Promise<Set<string>> {
  const rows = await db.query<{ value: string }>(sql`select value from external_id where system = 'tmdb'`);
  return new Set(rows.map(({ value }) => value));
}
