import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { deepList, filmUrl, ghibliFilm, ghibliPerson } from '../../../test/ghibli-data.ts';
import { openSourceLab } from '../../../test/source-lab.ts';
import type { SourceLab } from '../../../test/source-lab.ts';
import { claimGhibli } from './claims.ts';
import { filmKey } from './person-record.ts';
import type { GhibliSettings } from './settings.ts';

const SETTINGS: GhibliSettings = { baseUrl: 'https://ghibli.example' };

describe('the claims of ghibli', () => {
  let lab: SourceLab<GhibliSettings>;

  beforeAll(async () => {
    lab = await openSourceLab('ghibli', claimGhibli);
  });

  afterAll(() => lab.close());

  const claim = (films: readonly unknown[], people: readonly unknown[] = [], limit: number | null = null) =>
    lab.claim(
      { 'films.json': JSON.stringify(films), 'people.json': JSON.stringify(people) },
      SETTINGS,
      limit,
    );

  test('reject a record that is nested too deeply, and no other', async () => {
    const people = `[{"id":"p1","name":"Maya","species":${deepList(200_000)}},{"id":"p2","name":${deepList(200_000)}}]`;
    const { counts } = await lab.claim(
      { 'films.json': JSON.stringify([ghibliFilm()]), 'people.json': people },
      SETTINGS,
      null,
    );
    expect(counts).toMatchObject([
      { claimed: 1, rejected: 0 },
      { claimed: 0, rejected: 2, reasons: { record_invalid: 2 } },
    ]);
  });

  test('say of a film what the provider says, in our words', async () => {
    const { claims, counts } = await claim(
      [ghibliFilm({ title: ' The Lighthouse Choir ', producer: 'Ove Sandvik, Mia Lund' })],
      [ghibliPerson()],
    );
    expect(await claims('title')).toMatchObject([
      {
        title_key: 'f1',
        kind: 'movie',
        title: 'The Lighthouse Choir',
        original_title: '灯台',
        year: 1998,
        runtime_minutes: 81,
        overview: 'A choir sings.',
        poster_url: 'https://pictures.example/f1.jpg',
      },
    ]);
    expect(await claims('rating')).toMatchObject([
      { title_key: 'f1', system: 'rotten-tomatoes', rating: 9.5, votes: null },
    ]);
    const credits = await claims('credit');
    expect(credits.map(({ person_key, category, ordering }) => [person_key, category, ordering])).toEqual([
      ['Ada Sol', 'director', 1],
      ['Mia Lund', 'producer', 3],
      ['Ove Sandvik', 'producer', 2],
      ['p1', 'character', 1],
    ]);
    const people = await claims('person');
    expect(people.map(({ person_key, name }) => [person_key, name])).toEqual([
      ['Ada Sol', 'Ada Sol'],
      ['Mia Lund', 'Mia Lund'],
      ['Ove Sandvik', 'Ove Sandvik'],
      ['p1', 'Maya'],
    ]);
    expect(counts.map(({ file, read, claimed }) => [file, read, claimed])).toEqual([
      ['films.json', 1, 1],
      ['people.json', 1, 1],
    ]);
  });

  test('leave open what the provider does not know', async () => {
    const unknown = { rt_score: '', running_time: 'NA', release_date: null, image: undefined };
    const { claims } = await claim([
      ghibliFilm({ ...unknown, original_title: 'TODO', description: '', director: 'TODO', producer: null }),
    ]);
    expect(await claims('title')).toMatchObject([
      { original_title: null, year: null, runtime_minutes: null, overview: null, poster_url: null },
    ]);
    await expect(claims('rating')).rejects.toThrow('No files found');
    await expect(claims('credit')).rejects.toThrow('No files found');
  });

  test.each([
    ['https://ghibli.example/films/f1', 'f1'],
    ['https://ghibli.example/films/f1/', 'f1'],
    ['/films/f1//', 'f1'],
    ['https://ghibli.example/films/', null],
    ['https://ghibli.example/people/f1', null],
    ['TODO', null],
    ['', null],
  ])('take the reference %j for the film %j', (reference, key) => {
    expect(filmKey(reference)).toBe(key);
  });

  test('know the people of a film by what the people say, however untidily', async () => {
    const { claims, counts } = await claim(
      [ghibliFilm({ director: '', producer: '' }), ghibliFilm({ id: 'f2', director: '', producer: '' })],
      [
        ghibliPerson({ id: 'p1', films: [`${filmUrl('f1')}/ `, filmUrl('f1'), 'TODO', null, filmUrl('')] }),
        ghibliPerson({ id: 'p2', name: 'Ole ', films: [filmUrl('f1'), filmUrl('f2'), filmUrl('gone')] }),
        ghibliPerson({ id: 'p3', films: undefined, species: 'https://ghibli.example/species/' }),
      ],
    );
    const credits = await claims('credit');
    expect(credits.map(({ title_key, person_key, ordering }) => [title_key, person_key, ordering])).toEqual([
      ['f1', 'p1', 1],
      ['f1', 'p2', 2],
      ['f2', 'p2', 1],
      ['gone', 'p2', 1],
    ]);
    expect((await claims('person')).map(({ name }) => name)).toEqual(['Maya', 'Ole', 'Maya']);
    expect(counts[1]).toMatchObject({ read: 3, claimed: 3, rejected: 0 });
  });

  test.each([
    ['record_invalid', 'a text'],
    ['record_invalid', null],
    ['record_invalid', ['a list']],
    ['id_missing', ghibliFilm({ id: undefined })],
    ['id_missing', ghibliFilm({ id: '' })],
    ['id_invalid', ghibliFilm({ id: 7 })],
    ['id_invalid', ghibliFilm({ id: 'a/b' })],
    ['title_missing', ghibliFilm({ id: 'x', title: ' ' })],
    ['title_missing', ghibliFilm({ id: 'x', title: null })],
    ['type_invalid', ghibliFilm({ id: 'x', title: ['Two'] })],
    ['type_invalid', ghibliFilm({ id: 'x', director: { name: 'Ada' } })],
    ['text_too_long', ghibliFilm({ id: 'x', title: 'x'.repeat(301) })],
    ['text_invalid', ghibliFilm({ id: 'x', title: 'Two\nlines' })],
    ['nul_byte', ghibliFilm({ id: 'x', title: 'N\0L' })],
    ['encoding_invalid', ghibliFilm({ id: 'x', description: 'half \ud83d' })],
    ['number_invalid', ghibliFilm({ id: 'x', rt_score: '101' })],
    ['number_invalid', ghibliFilm({ id: 'x', running_time: '1,000' })],
    ['number_invalid', ghibliFilm({ id: 'x', running_time: 99_999_999_999 })],
    ['number_invalid', ghibliFilm({ id: 'x', running_time: -5 })],
    ['number_invalid', ghibliFilm({ id: 'x', release_date: '19' })],
    ['number_invalid', ghibliFilm({ id: 'x', release_date: 1e300 })],
    ['url_invalid', ghibliFilm({ id: 'x', image: 'javascript:alert(1)' })],
    ['duplicate_key', ghibliFilm({ id: 'f2', title: 'Another' })],
  ])('reject a film for %s, once, and claim all others (%#)', async (reason, film) => {
    const good = [ghibliFilm(), ghibliFilm({ id: 'f2' })];
    const { claims, counts, rejects } = await claim([...good, film, ghibliFilm({ id: 'f3' })]);
    expect((await claims('title')).map(({ title_key }) => title_key)).toEqual(['f1', 'f2', 'f3']);
    expect(counts[0]).toMatchObject({ read: 4, claimed: 3, rejected: 1, reasons: { [reason]: 1 } });
    expect(await rejects()).toMatchObject([{ file: 'films.json', line: 3, reason }]);
  });

  test.each([
    ['name_missing', ghibliPerson({ name: '' })],
    ['list_invalid', ghibliPerson({ films: filmUrl('f1') })],
    ['list_invalid', ghibliPerson({ films: [7] })],
    ['id_missing', ghibliPerson({ id: null })],
  ])('reject one of the people for %s (%#)', async (reason, person) => {
    const { counts, rejects } = await claim([ghibliFilm()], [person]);
    expect(counts[1]).toMatchObject({ read: 1, claimed: 0, rejected: 1, reasons: { [reason]: 1 } });
    expect(await rejects()).toMatchObject([{ file: 'people.json', line: 1, reason }]);
  });

  test('fail where half of the films or more cannot be understood, and keep the rejects', async () => {
    const films = [ghibliFilm(), ghibliFilm({ id: null })];
    await expect(claim(films)).rejects.toMatchObject({ code: 'rejects_too_many' });
    expect(await lab.lastRejects()).toMatchObject([{ line: 2, reason: 'id_missing' }]);
  });

  test('of a limit are so many films, with their people', async () => {
    const people = [ghibliPerson(), ghibliPerson({ id: 'p2', films: [filmUrl('f2')] })];
    const { counts, claims } = await claim([ghibliFilm(), ghibliFilm({ id: 'f2' })], people, 1);
    expect(counts.map(({ claimed, outside }) => [claimed, outside])).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect((await claims('title')).map(({ title_key }) => title_key)).toEqual(['f1']);
  });

  test('of one file with all lists count the other lists as outside', async () => {
    const whole = { films: [ghibliFilm()], people: [ghibliPerson()], locations: [{}, {}], about: 'text' };
    const { counts } = await lab.claim({ 'data.json': JSON.stringify(whole) }, SETTINGS, null);
    expect(counts).toMatchObject([{ file: 'data.json', read: 4, claimed: 2, outside: 2, rejected: 0 }]);
  });
});
