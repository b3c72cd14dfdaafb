import { readFileSync, readdirSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { GOOD_TITLE, RATINGS_HEADER, basicsFile, openImdbLab } from '../../../test/imdb-lab.ts';
import type { ImdbLab } from '../../../test/imdb-lab.ts';
import { CLAIM_TABLES } from '../../model/claim-tables.ts';
import { FILE_NAMES } from './settings.ts';

let lab: ImdbLab;

beforeAll(async () => {
  lab = await openImdbLab();
});

afterAll(() => lab.close());

const basicsOnly = { files: ['title.basics' as const] };

function fixtures(): Record<string, Buffer> {
  const folder = new URL('./fixtures/', import.meta.url);
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder))]));
}

describe('all seven files', () => {
  test('become claims, and each record is counted', async () => {
    const { counts, claims } = await lab.claim(fixtures(), { files: [...FILE_NAMES] });
    const count = (file: string, read: number, claimed: number, outside: number) => ({
      file: `${file}.tsv`,
      ...{ read, claimed, outside, unchanged: 0, rejected: 0, reasons: {} },
    });
    expect(counts).toEqual([
      count('title.basics', 8, 5, 3),
      count('title.ratings', 4, 3, 1),
      count('title.akas', 5, 4, 1),
      count('title.episode', 2, 1, 1),
      count('title.crew', 3, 2, 1),
      count('title.principals', 4, 3, 1),
      count('name.basics', 4, 4, 0),
    ]);
    expect(await claims('title')).toHaveLength(5);
    expect(await claims('rating')).toEqual([
      { title_key: 'tt9000001', system: 'imdb', rating: 7.4, votes: 1204 },
      { title_key: 'tt9000002', system: 'imdb', rating: 10, votes: 5 },
      { title_key: 'tt9000099', system: 'imdb', rating: 6, votes: 17 },
    ]);
    expect(await claims('episode')).toEqual([
      { title_key: 'tt9000098', series_key: 'tt9000004', season_number: null, episode_number: null },
    ]);
  });

  test('say of credits, akas and people what the provider says', async () => {
    const { claims } = await lab.claim(fixtures(), { files: [...FILE_NAMES] });
    const key = 'tt9000001';
    const none = { department: null, job: null, characters: null };
    expect(await claims('credit')).toEqual([
      { title_key: key, person_key: 'nm9000001', category: 'director', ordering: 2, ...none },
      { title_key: key, person_key: 'nm9000001', category: 'director', ordering: 2, ...none },
      { title_key: key, person_key: 'nm9000002', category: 'director', ordering: 1, ...none },
      { title_key: key, person_key: 'nm9000003', category: 'writer', ordering: 1, ...none },
      {
        title_key: key,
        person_key: 'nm9000003',
        category: 'writer',
        ordering: 3,
        ...none,
        job: 'screenplay by',
      },
      {
        ...{ title_key: key, person_key: 'nm9000004', category: 'actress', ordering: 1, ...none },
        characters: '["Ada","The \\"Keeper\\""]',
      },
    ]);
    expect((await claims('aka'))[1]).toEqual({
      ...{ title_key: key, ordering: 2, title: 'Le Chœur du phare', region: 'FR', language: 'fr' },
      ...{ types: 'dvd,imdbDisplay', attributes: 'short title', is_original: false },
    });
    expect((await claims('person'))[2]).toEqual({
      ...{ person_key: 'nm9000003', name: 'Iko Barr', birth_year: 1970, death_year: null },
      ...{ professions: null, known_for: null },
    });
  });

  test('leave nothing behind in the engine', async () => {
    await lab.claim(fixtures(), { files: [...FILE_NAMES] });
    expect(await lab.engine.rows('select table_name from information_schema.tables')).toEqual([]);
  });
});

describe('a title', () => {
  test('called NA or None, or beginning with a quote, or ending in a backslash, is called so', async () => {
    const { claims } = await lab.claim(
      {
        'title.basics.tsv': basicsFile(
          'tt9000001\tmovie\tNA\tNone\t0\t\\N\t\\N\t\\N\t\\N',
          'tt9000002\tmovie\t"Quoted\tC:\\films\\\t1\t0987\t1\t2\tNone',
          "tt9000003\tmovie\tO'Hara\t  two  spaces \t\\N\t\\N\t\\N\t\\N\t\\N",
        ),
      },
      basicsOnly,
    );
    const titles = (await claims('title')).map(({ title, original_title }) => [title, original_title]);
    expect(titles).toEqual([
      ['NA', 'None'],
      ['"Quoted', 'C:\\films\\'],
      ["O'Hara", '  two  spaces '],
    ]);
  });

  test('becomes a claim with exactly the declared columns', async () => {
    const { claims } = await lab.claim({ 'title.basics.tsv': basicsFile(GOOD_TITLE) }, basicsOnly);
    const nothing = Object.fromEntries(Object.keys(CLAIM_TABLES.title).map((column) => [column, null]));
    expect(await claims('title')).toEqual([
      {
        ...nothing,
        title_key: 'tt9000001',
        imdb_id: 'tt9000001',
        kind: 'movie',
        title: 'One',
        original_title: 'One',
        year: 1998,
        runtime_minutes: 104,
        is_adult: false,
        genres: 'Drama',
      },
    ]);
  });

  test('without a primary title takes the original, then the aka that is said to be original', async () => {
    const { claims } = await lab.claim(fixtures(), { files: ['title.basics', 'title.akas'] });
    const titles = new Map((await claims('title')).map(({ title_key, title }) => [title_key, title]));
    expect(titles.get('tt9000007')).toBe('Nur im Original');
    expect(titles.get('tt90000080')).toBe('Erste Wahl');
  });

  test('without any title is rejected, also if akas are not read', async () => {
    const nameless = 'tt9000007\tmovie\t\\N\t\\N\t0\t\\N\t\\N\t\\N\t\\N';
    const { counts, rejects } = await lab.claim(
      { 'title.basics.tsv': basicsFile(GOOD_TITLE, nameless) },
      basicsOnly,
    );
    expect(counts[0]).toMatchObject({ claimed: 1, rejected: 1, reasons: { title_missing: 1 } });
    expect(await rejects()).toMatchObject([{ line: 3, reason: 'title_missing', raw: nameless }]);
  });

  test('of a kind that the settings leave out, or nobody has heard of, is outside with what is said about it', async () => {
    const { counts } = await lab.claim({
      'title.basics.tsv': basicsFile(GOOD_TITLE, 'tt9000002\ttvDream\tTwo\tTwo\t0\t\\N\t\\N\t\\N\t\\N'),
      'title.ratings.tsv': `${RATINGS_HEADER}\ntt9000001\t1.5\t9\ntt9000002\t5\t9\ntt8000010\t5\t9\ntt7777777\t5\t9\n`,
    });
    expect(counts[0]).toMatchObject({ read: 62, claimed: 1, outside: 61 });
    expect(counts[1]).toMatchObject({ read: 4, claimed: 2, outside: 2 });
  });

  test('is read by the names of the columns, whatever their order, and whatever else there is', async () => {
    const header =
      'genres\tx\ttitleType\toriginalTitle\tprimaryTitle\truntimeMinutes\tisAdult\tendYear\tstartYear\ttconst';
    const record = 'Drama\tnoise\tmovie\tOriginal\tPrimary\t7\t1\t\\N\t2001\ttt9000001';
    const { claims } = await lab.claim({ 'title.basics.tsv': `${header}\n${record}\n` }, basicsOnly);
    expect(await claims('title')).toMatchObject([
      {
        title_key: 'tt9000001',
        title: 'Primary',
        original_title: 'Original',
        year: 2001,
        runtime_minutes: 7,
        is_adult: true,
      },
    ]);
  });

  test('keeps a carriage return within it; those that end lines are no part of the genres', async () => {
    const file = basicsFile('tt9000001\tmovie\tO\rne\tOne\t0\t\\N\t\\N\t\\N\tDrama').replaceAll('\n', '\r\n');
    const { claims } = await lab.claim({ 'title.basics.tsv': file }, basicsOnly);
    expect(await claims('title')).toMatchObject([{ title: 'O\rne', genres: 'Drama' }]);
  });
});

describe('a limit', () => {
  test('takes the first titles that are wanted, and leaves out what is said of the others', async () => {
    const ids = [4, 3, 5, 1].map((i) => `tt900000${i}`);
    const lines = ids.map((id) => GOOD_TITLE.replace('tt9000001', id));
    const { counts, claims } = await lab.claim(
      {
        'title.basics.tsv': basicsFile(...lines),
        'title.ratings.tsv': `${RATINGS_HEADER}\n${ids.map((id) => `${id}\t5\t5\n`).join('')}`,
      },
      {},
      2,
    );
    expect(counts).toMatchObject([
      { claimed: 2, outside: 62 },
      { claimed: 2, outside: 2 },
    ]);
    expect((await claims('title')).map(({ title_key }) => title_key)).toEqual(['tt9000003', 'tt9000004']);
  });
});
