import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  BASICS_HEADER,
  GOOD_TITLE,
  RATINGS_HEADER,
  basicsFile,
  openImdbLab,
} from '../../../test/imdb-lab.ts';
import type { ImdbLab } from '../../../test/imdb-lab.ts';

let lab: ImdbLab;

beforeAll(async () => {
  lab = await openImdbLab();
});

afterAll(() => lab.close());

const basicsOnly = { files: ['title.basics' as const] };

describe('a record is rejected', () => {
  const record = (over: Record<number, string>) =>
    GOOD_TITLE.split('\t')
      .map((field, i) => over[i] ?? field)
      .join('\t');

  test.each([
    ['row_short', 'tt9000002\tmovie\tTwo', 'it has 3 fields instead of 9'],
    ['row_long', `${record({ 0: 'tt9000002' })}\tmore`, 'it has 10 fields instead of 9'],
    ['id_invalid', record({ 0: 'nm9000002' }), "tconst is 'nm9000002'"],
    ['id_invalid', record({ 0: 'tt123' }), "tconst is 'tt123'"],
    ['id_invalid', record({ 0: 'tt09000002' }), "tconst is 'tt09000002'"],
    ['number_invalid', record({ 5: 'abcd' }), "startYear is 'abcd'"],
    ['number_invalid', record({ 5: '1998.5' }), "startYear is '1998.5'"],
    ['number_invalid', record({ 6: '' }), "endYear is ''"],
    ['number_invalid', record({ 7: '1e3' }), "runtimeMinutes is '1e3'"],
    ['number_invalid', record({ 7: '99999999999' }), "runtimeMinutes is '99999999999'"],
    ['number_invalid', record({ 4: '2019' }), "isAdult is '2019'"],
    ['nul_byte', record({ 2: 'a\0b' }), 'the line contains a NUL byte'],
    ['control_character', record({ 2: 'a\u0001b' }), 'the line contains a control character'],
    ['line_empty', '', 'the line is empty'],
  ])('as %s', async (reason, raw, detail) => {
    const { counts, rejects } = await lab.claim(
      { 'title.basics.tsv': basicsFile(GOOD_TITLE, raw) },
      basicsOnly,
    );
    expect(counts[0]).toMatchObject({
      read: 62,
      claimed: 1,
      outside: 60,
      rejected: 1,
      reasons: { [reason]: 1 },
    });
    const shown = raw.replace('\0', '\u2400');
    expect(await rejects()).toEqual([{ file: 'title.basics.tsv', line: 3, reason, detail, raw: shown }]);
  });

  test('as encoding_invalid', async () => {
    const file = Buffer.from(basicsFile(GOOD_TITLE, record({ 0: 'tt9000002', 2: 'XX' })));
    file[file.indexOf('XX')] = 0xc3;
    const { rejects } = await lab.claim({ 'title.basics.tsv': file }, basicsOnly);
    expect(await rejects()).toMatchObject([{ line: 3, reason: 'encoding_invalid' }]);
  });

  test('as line_too_long, with the first 2,000 characters of it', async () => {
    const long = record({ 0: 'tt9000002', 2: 'x'.repeat(1 << 20) });
    const { rejects } = await lab.claim({ 'title.basics.tsv': basicsFile(GOOD_TITLE, long) }, basicsOnly);
    expect(await rejects()).toMatchObject([{ line: 3, reason: 'line_too_long', raw: long.slice(0, 2_000) }]);
  });

  test.each([
    ['title.ratings', RATINGS_HEADER, 'tt9000001\t10.1\t5', 'number_invalid', "averageRating is '10.1'"],
    ['title.ratings', RATINGS_HEADER, 'tt9000001\t-1\t5', 'number_invalid', "averageRating is '-1'"],
    ['title.ratings', RATINGS_HEADER, 'tt9000001\tnan\t5', 'number_invalid', "averageRating is 'nan'"],
    ['title.ratings', RATINGS_HEADER, 'tt9000001\t\\N\t5', 'number_invalid', "averageRating is '\\N'"],
    ['title.ratings', RATINGS_HEADER, 'tt9000001\t5.0\t-5', 'number_invalid', "numVotes is '-5'"],
    [
      'title.akas',
      'titleId\tordering\ttitle\tregion\tlanguage\ttypes\tattributes\tisOriginalTitle',
      'tt9000001\tfirst\tT\t\\N\t\\N\t\\N\t\\N\t0',
      'number_invalid',
      "ordering is 'first'",
    ],
    [
      'title.akas',
      'titleId\tordering\ttitle\tregion\tlanguage\ttypes\tattributes\tisOriginalTitle',
      'tt9000001\t1\t\\N\t\\N\t\\N\t\\N\t\\N\t0',
      'title_missing',
      "title is '\\N'",
    ],
    [
      'title.episode',
      'tconst\tparentTconst\tseasonNumber\tepisodeNumber',
      'tt9000001\ttt9000002\tone\t1',
      'number_invalid',
      "seasonNumber is 'one'",
    ],
    [
      'title.crew',
      'tconst\tdirectors\twriters',
      'tt9000001\tnm9000001,tt1\t\\N',
      'id_invalid',
      "directors is 'nm9000001,tt1'",
    ],
    [
      'title.principals',
      'tconst\tordering\tnconst\tcategory\tjob\tcharacters',
      'tt9000001\t1\tx\tself\t\\N\t\\N',
      'id_invalid',
      "nconst is 'x'",
    ],
    [
      'name.basics',
      'nconst\tprimaryName\tbirthYear\tdeathYear\tprimaryProfession\tknownForTitles',
      'nm9000001\t\\N\t\\N\t\\N\t\\N\t\\N',
      'name_missing',
      "primaryName is '\\N'",
    ],
  ] as const)('of %s too', async (name, header, raw, reason, detail) => {
    const { rejects } = await lab
      .claim(
        { 'title.basics.tsv': basicsFile(GOOD_TITLE), [`${name}.tsv`]: `${header}\n${raw}\n` },
        { files: ['title.basics', name] },
      )
      .catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'rejects_too_many' });
        return { rejects: () => lab.lastRejects() };
      });
    expect(await rejects()).toEqual([{ file: `${name}.tsv`, line: 2, reason, detail, raw }]);
  });
});

describe('a key that stands twice', () => {
  const later = 'tt9000001\tmovie\tLater\tLater\t0\t2000\t\\N\t\\N\t\\N';

  test('belongs to the first record in the file', async () => {
    const { counts, claims, rejects } = await lab.claim(
      { 'title.basics.tsv': basicsFile(GOOD_TITLE, later, GOOD_TITLE) },
      basicsOnly,
    );
    expect(counts[0]).toMatchObject({ read: 63, claimed: 1, rejected: 2, reasons: { duplicate_key: 2 } });
    expect(await claims('title')).toMatchObject([{ title: 'One' }]);
    expect(await rejects()).toMatchObject([
      {
        line: 3,
        reason: 'duplicate_key',
        detail: "tconst is 'tt9000001' in an earlier line too",
        raw: later,
      },
      { line: 4, reason: 'duplicate_key', raw: GOOD_TITLE },
    ]);
  });

  test('belongs to the first also if that is of a kind left out', async () => {
    const first = later.replace('movie', 'tvEpisode');
    const { counts } = await lab.claim({
      'title.basics.tsv': basicsFile(first, GOOD_TITLE),
      'title.ratings.tsv': `${RATINGS_HEADER}\ntt9000001\t5.0\t5\n`,
    });
    expect(counts).toMatchObject([
      { claimed: 0, outside: 61, rejected: 1, reasons: { duplicate_key: 1 } },
      { claimed: 0, outside: 1, rejected: 0 },
    ]);
  });

  test('is no reason to reject the good record after one that says nothing', async () => {
    const { counts } = await lab.claim(
      { 'title.basics.tsv': basicsFile(GOOD_TITLE.replace('1998', 'x'), GOOD_TITLE) },
      basicsOnly,
    );
    expect(counts[0]).toMatchObject({ claimed: 1, reasons: { number_invalid: 1 } });
  });

  test('is found among ids far apart as well', async () => {
    const far = 'tt9999999999\tmovie\tFar\tFar\t0\t\\N\t\\N\t\\N\t\\N';
    const { counts } = await lab.claim({ 'title.basics.tsv': basicsFile(GOOD_TITLE, far, far) }, basicsOnly);
    expect(counts[0]).toMatchObject({ claimed: 2, reasons: { duplicate_key: 1 } });
  });

  test('and a place: two akas of one title are two, two at one place are not', async () => {
    const akas = readFileSync(new URL('./fixtures/title.akas.tsv', import.meta.url), 'utf8');
    const twice = `tt9000001\t2\tAgain\t\\N\t\\N\t\\N\t\\N\t0\n${Array.from({ length: 20 }, (_, i) => `tt9000001\t${i + 3}\tA\t\\N\t\\N\t\\N\t\\N\t0\n`).join('')}`;
    const { counts } = await lab.claim(
      { 'title.basics.tsv': basicsFile(GOOD_TITLE), 'title.akas.tsv': `${akas}${twice}` },
      { files: ['title.basics', 'title.akas'] },
    );
    expect(counts[1]).toMatchObject({ read: 26, claimed: 25, reasons: { duplicate_key: 1 } });
  });
});

describe('a file is refused', () => {
  const refused = (file: string | Uint8Array) => lab.claim({ 'title.basics.tsv': file }, basicsOnly);

  test('without its columns, which are named', async () => {
    const header = BASICS_HEADER.replace('\tstartYear', '').replace('genres', 'genre');
    await expect(refused(`${header}\n`)).rejects.toMatchObject({
      code: 'columns_missing',
      message: 'title.basics.tsv lacks the columns startYear, genres.',
    });
  });

  test.each([
    ['with nothing in it', '', 'file_empty'],
    ['with only a header', `${BASICS_HEADER}\n`, 'file_empty'],
    ['cut off', gzipSync(basicsFile(GOOD_TITLE)).subarray(0, 120), 'file_truncated'],
  ])('%s', async (_how, file, code) => {
    await expect(refused(file)).rejects.toMatchObject({ code });
  });

  test('when more than a tenth of it is rejected, and the rejects are written', async () => {
    await expect(refused(`${BASICS_HEADER}\n${GOOD_TITLE}\nx\ny\n`)).rejects.toMatchObject({
      code: 'rejects_too_many',
      message: '2 of the 3 records of title.basics.tsv could not be understood: 2 row_short.',
    });
    expect(await lab.lastRejects()).toMatchObject([
      { line: 3, raw: 'x' },
      { line: 4, raw: 'y' },
    ]);
    expect(await lab.engine.rows('select table_name from information_schema.tables')).toEqual([]);
  });

  test('when title.basics is not there', async () => {
    const asked = lab.claim({ 'title.ratings.tsv': `${RATINGS_HEADER}\n` });
    await expect(asked).rejects.toMatchObject({ code: 'file_missing' });
  });
});
