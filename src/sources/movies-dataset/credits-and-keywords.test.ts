import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { csv, openMoviesDatasetLab } from '../../../test/movies-dataset-lab.ts';
import type { MoviesDatasetLab } from '../../../test/movies-dataset-lab.ts';

let lab: MoviesDatasetLab;

beforeAll(async () => {
  lab = await openMoviesDatasetLab();
});

afterAll(() => lab.close());

const CAST = `[{'cast_id': 2, 'character': 'Maya / The Nurse', 'gender': 1, 'id': 11, 'name': 'Ada Sol', 'order': 1},
 {'character': "Old Pete's Dog", 'gender': 2, 'id': 12, 'name': 'Ben O\\'Hara', 'order': 0},
 {'character': '', 'gender': 0, 'id': 11, 'name': 'Ada Sol', 'order': 2}]`;
const CREW = `[{'department': 'Directing', 'gender': 1, 'id': 11, 'job': 'Director', 'name': 'Ada Sol'},
 {'department': 'Crew', 'id': 13, 'job': 'Stunts', 'name': 'Cy Ng', 'profile_path': None}]`;

describe('credits and keywords', () => {
  test('are claimed in order, in the words of the catalogue', async () => {
    const { claims } = await lab.claim({
      'credits.csv': csv(['cast', 'crew', 'id'], [CAST, CREW, '9001'], ['[]', '[]', '9002']),
      'keywords.csv': csv(
        ['id', 'keywords'],
        ['9001', `[{'id': 931, 'name': 'sea'}, {'id': 9, 'name': 'choir'}]`],
      ),
    });
    const of = { title_key: '9001', department: null, job: null };
    expect(await claims('credit')).toEqual([
      { ...of, person_key: '11', category: 'actor', ordering: 3, characters: null },
      { ...of, person_key: '11', category: 'actress', ordering: 2, characters: '["Maya","The Nurse"]' },
      {
        ...of,
        person_key: '11',
        category: 'director',
        ordering: 1,
        department: 'Directing',
        job: 'Director',
        characters: null,
      },
      { ...of, person_key: '12', category: 'actor', ordering: 1, characters: `["Old Pete's Dog"]` },
      {
        ...of,
        person_key: '13',
        category: 'crew',
        ordering: 2,
        department: 'Crew',
        job: 'Stunts',
        characters: null,
      },
    ]);
    expect((await claims('person')).map(({ person_key, name }) => [person_key, name])).toEqual([
      ['11', 'Ada Sol'],
      ['12', "Ben O'Hara"],
      ['13', 'Cy Ng'],
    ]);
    expect(await claims('title_keyword')).toEqual([
      { title_key: '9001', keyword_key: '9', name: 'choir', ordering: 2 },
      { title_key: '9001', keyword_key: '931', name: 'sea', ordering: 1 },
    ]);
  });

  test('give a person the name of the last record that has one', async () => {
    const crew = (name: string) =>
      `[{'id': 11, 'job': 'Writer', 'department': 'Writing', 'name': '${name}'}]`;
    const { claims } = await lab.claim({
      'credits.csv': csv(
        ['id', 'cast', 'crew'],
        ['1', '[]', crew('A. Sol')],
        ['2', '', crew('Ada Sol')],
        ['3', '', crew('')],
      ),
    });
    expect(await claims('person')).toMatchObject([{ person_key: '11', name: 'Ada Sol' }]);
  });
});
