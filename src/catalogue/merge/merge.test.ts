import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openClaimLake } from '../../../test/claims.ts';
import type { ClaimLake } from '../../../test/claims.ts';
import type { RunManifest } from '../../lake/manifests.ts';
import { literal } from '../../model/lake-engine.ts';
import type { LakeRow } from '../../model/lake-engine.ts';
import { titleId } from '../../model/title-key.ts';
import { mergeCatalogue } from './merge.ts';
import type { MergeResult } from './merge.ts';
import { WEIGHTED_RATING } from './precedence.ts';

const SALT = 'a salt for tests';

describe('merging claims', () => {
  let claims: ClaimLake;
  beforeAll(async () => {
    claims = await openClaimLake();
  });
  afterAll(() => claims.close());

  async function merge(...inputs: RunManifest[]) {
    const into = await mkdtemp(join(tmpdir(), 'filmbase-merge-'));
    try {
      const result = await mergeCatalogue(claims.engine, { lake: claims.lake, inputs, idSalt: SALT, into });
      const titles = await claims.engine.rows(
        `select * exclude row_hash from ${literal(join(into, 'title.parquet'))} order by key`,
      );
      const aliases = await claims.engine.rows(
        `select * from ${literal(join(into, 'title_alias.parquet'))} order by key`,
      );
      return { ...result, titles, aliases };
    } finally {
      await rm(into, { recursive: true });
    }
  }

  const keysOf = ({ titles }: { titles: LakeRow[] }) => titles.map(({ key }) => key);
  const ambiguousOf = ({ ambiguous }: MergeResult) =>
    ambiguous.map(({ titleKey, reason }) => [titleKey, reason]);

  const matrix = {
    title_key: 'tt0133093',
    imdb_id: 'tt0133093',
    kind: 'movie',
    title: 'The Matrix',
    year: 1999,
  };

  test('a title that one source describes has its claims, its derived id and its sort key', async () => {
    const imdb = await claims.run('imdb', {
      title: [{ ...matrix, title: 'Thé Matrix!', genres: 'Action,Sci-Fi', runtime_minutes: 136 }],
      rating: [{ title_key: 'tt0133093', system: 'imdb', rating: 8.7, votes: 2_000_000 }],
    });
    const { titles, rows, aliases } = await merge(imdb);
    expect(titles).toEqual([
      {
        id: titleId(SALT, 'imdb:tt0133093'),
        key: 'imdb:tt0133093',
        imdb_id: 'tt0133093',
        kind: 'movie',
        is_film: true,
        title: 'Thé Matrix!',
        original_title: 'Thé Matrix!',
        title_sort: 'the matrix',
        year: 1999,
        end_year: null,
        release_date: null,
        runtime_minutes: 136,
        is_adult: null,
        genres: 'Action,Sci-Fi',
        certificate: null,
        poster_url: null,
        rating: 8.7,
        votes: 2_000_000,
        rating_system: 'imdb',
        weighted_rating:
          Math.round(
            ((2_000_000 * 8.7 + WEIGHTED_RATING.leastVotes * WEIGHTED_RATING.mean) / 2_025_000) * 1000,
          ) / 1000,
        popularity: null,
        sources: 'imdb',
      },
    ]);
    expect(rows).toMatchObject({ title: 1, film: 1, title_alias: 0, title_detail: 0, company: 0 });
    expect(aliases).toEqual([]);
  });

  test('the first source that says a value wins, field by field', async () => {
    const imdb = await claims.run('imdb', { title: [{ ...matrix, runtime_minutes: 136 }] });
    const omdb = await claims.run('omdb', {
      title: [
        { title_key: 'x1', imdb_id: 'tt0133093', title: 'Matrix', runtime_minutes: 999, certificate: 'R' },
      ],
    });
    const local = await claims.run('local', {
      title: [{ title_key: 'l1', imdb_id: 'tt0133093', title: 'My Matrix' }],
    });
    const { titles } = await merge(imdb, omdb, local);
    expect(titles).toHaveLength(1);
    expect(titles[0]).toMatchObject({
      title: 'My Matrix',
      runtime_minutes: 136,
      certificate: 'R',
      kind: 'movie',
      year: 1999,
      sources: 'local,imdb,omdb',
    });
  });

  test('ratings are not mixed: the shown one is the first system in order, with its own votes', async () => {
    const imdb = await claims.run('imdb', { title: [matrix] });
    const omdb = await claims.run('omdb', {
      title: [{ title_key: 'x1', imdb_id: 'tt0133093', title: 'Matrix' }],
      rating: [
        { title_key: 'x1', system: 'rotten-tomatoes', rating: 8.3 },
        { title_key: 'x1', system: 'metacritic', rating: 7.3 },
      ],
    });
    const { titles } = await merge(imdb, omdb);
    expect(titles[0]).toMatchObject({
      rating: 7.3,
      rating_system: 'metacritic',
      votes: null,
      weighted_rating: null,
    });
  });

  test('a claim without an IMDb id joins the one title of its name, year and kind', async () => {
    const imdb = await claims.run('imdb', { title: [matrix] });
    const ghibli = await claims.run('ghibli', {
      title: [{ title_key: 'g1', title: 'the  MATRIX', year: 1999, kind: 'movie' }],
    });
    const result = await merge(imdb, ghibli);
    expect(keysOf(result)).toEqual(['imdb:tt0133093']);
    expect(result.aliases).toEqual([
      { alias_id: titleId(SALT, 'ghibli:g1'), key: 'ghibli:g1', title_id: titleId(SALT, 'imdb:tt0133093') },
    ]);
  });

  test.each([
    ['another year', { year: 2000 }],
    ['another kind', { kind: 'short' }],
    ['another name', { title: 'The Matrix Reloaded' }],
  ])('a claim of %s stays a title of its own', async (_, other) => {
    const imdb = await claims.run('imdb', { title: [matrix] });
    const ghibli = await claims.run('ghibli', {
      title: [{ title_key: 'g1', title: 'The Matrix', year: 1999, kind: 'movie', ...other }],
    });
    expect(keysOf(await merge(imdb, ghibli))).toEqual(['ghibli:g1', 'imdb:tt0133093']);
  });

  test('a claim without a year is matched with nothing', async () => {
    const imdb = await claims.run('imdb', {
      title: [{ title_key: 'tt0000001', imdb_id: 'tt0000001', kind: 'movie', title: 'Void' }],
    });
    const ghibli = await claims.run('ghibli', { title: [{ title_key: 'g1', title: 'Void', kind: 'movie' }] });
    expect(keysOf(await merge(imdb, ghibli))).toEqual(['ghibli:g1', 'imdb:tt0000001']);
  });

  test('a claim that could be one of two titles is merged with neither, and listed', async () => {
    const imdb = await claims.run('imdb', {
      title: [matrix, { ...matrix, title_key: 'tt0000009', imdb_id: 'tt0000009' }],
    });
    const ghibli = await claims.run('ghibli', {
      title: [{ title_key: 'g1', title: 'The Matrix', year: 1999, kind: 'movie' }],
    });
    const result = await merge(imdb, ghibli);
    expect(keysOf(result)).toEqual(['ghibli:g1', 'imdb:tt0000009', 'imdb:tt0133093']);
    expect(ambiguousOf(result)).toEqual([['g1', 'several_titles']]);
  });

  test('two claims of one source for one title are merged with nothing, and listed', async () => {
    const imdb = await claims.run('imdb', { title: [matrix] });
    const same = { title: 'The Matrix', year: 1999, kind: 'movie' };
    const ghibli = await claims.run('ghibli', {
      title: [
        { title_key: 'g1', ...same },
        { title_key: 'g2', ...same },
      ],
    });
    const result = await merge(imdb, ghibli);
    expect(keysOf(result)).toEqual(['ghibli:g1', 'ghibli:g2', 'imdb:tt0133093']);
    expect(ambiguousOf(result)).toEqual([
      ['g1', 'several_claims'],
      ['g2', 'several_claims'],
    ]);
  });

  test('a title never takes a second key of a source that describes it already', async () => {
    const imdb = await claims.run('imdb', { title: [matrix] });
    const same = { title: 'The Matrix', year: 1999, kind: 'movie' };
    const omdb = await claims.run('omdb', {
      title: [
        { title_key: 'o1', imdb_id: 'tt0133093', ...same },
        { title_key: 'o2', ...same },
      ],
    });
    const result = await merge(imdb, omdb);
    expect(keysOf(result)).toEqual(['imdb:tt0133093', 'omdb:o2']);
    expect(ambiguousOf(result)).toEqual([['o2', 'source_has_title']]);
  });

  test('of two claims of one source with one IMDb id, the first keeps it', async () => {
    const omdb = await claims.run('omdb', {
      title: [
        { title_key: 'o1', imdb_id: 'tt0133093', title: 'The Matrix' },
        { title_key: 'o2', imdb_id: 'tt0133093', title: 'Matrix, again' },
      ],
    });
    const result = await merge(omdb);
    expect(result.titles.map(({ key, title, imdb_id }) => [key, title, imdb_id])).toEqual([
      ['imdb:tt0133093', 'The Matrix', 'tt0133093'],
      ['omdb:o2', 'Matrix, again', null],
    ]);
    expect(result.aliases.map(({ key, title_id }) => [key, title_id])).toEqual([
      ['omdb:o1', titleId(SALT, 'imdb:tt0133093')],
    ]);
    expect(ambiguousOf(result)).toEqual([['o2', 'imdb_id_twice']]);
  });

  test('two sources without IMDb ids meet by name, year and kind, under the better key', async () => {
    const same = { title: 'Spirited Away', year: 2001, kind: 'movie' };
    const ghibli = await claims.run('ghibli', { title: [{ title_key: 'g1', ...same }] });
    const local = await claims.run('local', { title: [{ title_key: 'l1', ...same }] });
    const result = await merge(ghibli, local);
    expect(keysOf(result)).toEqual(['ghibli:g1']);
    expect(result.aliases.map(({ key }) => key)).toEqual(['local:l1']);
  });

  test('ratings of titles that their source does not describe are counted as orphans', async () => {
    const imdb = await claims.run('imdb', {
      title: [matrix],
      rating: [
        { title_key: 'tt0133093', system: 'imdb', rating: 8.7, votes: 10 },
        { title_key: 'tt7777777', system: 'imdb', rating: 5, votes: 10 },
      ],
    });
    const result = await merge(imdb);
    expect(result.orphans).toEqual({ imdb: { rating: 1 } });
    expect(keysOf(result)).toEqual(['imdb:tt0133093']);
  });

  test('which source has the most claims changes nothing in the catalogue', async () => {
    const shared = { imdb_id: 'tt0133093', kind: 'movie', title: 'The Matrix', year: 1999 };
    const others = [1, 2, 3].map((i) => ({
      title_key: `tt000000${i}`,
      imdb_id: `tt000000${i}`,
      kind: 'movie',
      title: `Film ${i}`,
      year: 2000,
    }));
    const ratings = [{ title_key: 'tt0133093', system: 'imdb', rating: 8.7, votes: 10 }];
    const imdb = await claims.run('imdb', { title: [matrix, ...others], rating: ratings });
    const omdbSmall = await claims.run('omdb', {
      title: [{ title_key: 'o1', ...shared, runtime_minutes: 130 }],
    });
    const omdbLarge = await claims.run('omdb', {
      title: [
        { title_key: 'o1', ...shared, runtime_minutes: 130 },
        ...others.flatMap((film, i) => [
          { ...film, title_key: `o${10 + i}` },
          { title_key: `p${i}`, title: `Only omdb ${i}`, kind: 'movie', year: 1950 + i },
        ]),
      ],
    });
    const [small, large] = [await merge(imdb, omdbSmall), await merge(imdb, omdbLarge)];
    const ofMatrix = (result: { titles: LakeRow[] }) =>
      result.titles.find(({ key }) => key === 'imdb:tt0133093');
    expect(ofMatrix(large)).toEqual(ofMatrix(small));
    expect(large.titles.find(({ key }) => key === 'imdb:tt0000002')).toMatchObject({
      title: 'Film 2',
      sources: 'imdb,omdb',
    });
    expect(keysOf(large)).toContain('omdb:p1');
  });
});
