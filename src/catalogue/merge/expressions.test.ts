import fc from 'fast-check';
import { writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openClaimLake } from '../../../test/claims.ts';
import type { ClaimLake } from '../../../test/claims.ts';
import { sqlFile } from '../../lib/sql-file.ts';
import { literal } from '../../model/lake-engine.ts';
import { joinedName, searchName } from '../../model/search-names.ts';
import { titleId } from '../../model/title-key.ts';
import { titleSort } from '../../model/title-sort.ts';
import { weightedRating } from '../weighted-rating.ts';
import { WEIGHTED_RATING } from './precedence.ts';

const REAL = join(import.meta.dirname, '../../../../shared/data/imdb/title.basics.tsv.gz');

describe('expressions said both in SQL and in TypeScript', () => {
  let claims: ClaimLake;
  beforeAll(async () => {
    claims = await openClaimLake();
    await claims.engine.run(
      `set variable id_salt = 'pepper'; ${sqlFile(import.meta.url, './expressions.sql')}`,
    );
  });
  afterAll(() => claims.close());

  /** What SQL makes of each text, in order. */
  async function inSql(expression: string, texts: readonly string[]): Promise<string[]> {
    const file = join(claims.lake.folder, '..', 'texts.ndjson');
    await writeFile(file, texts.map((text, place) => `${JSON.stringify({ place, text })}\n`).join(''));
    const rows = await claims.engine.rows<{ value: string }>(`
      select ${expression} as value
      from read_json(${literal(file)}, format = 'newline_delimited', columns = {place: 'integer', text: 'varchar'})
      order by place`);
    return rows.map(({ value }) => value);
  }

  const word = fc.stringMatching(/^[a-zA-Z0-9À-ÿĀ-žА-яЁё가-힣ぁ-んァ-ヶ一-龥 .,:'!&-]{1,40}$/);

  test.each([
    ['title_sort(text)', searchName],
    ['joined_form(text)', joinedName],
  ] as const)('the form plain_letters(%s) of a title', async (expression, form) => {
    const titles = [
      ...fc.sample(word, { numRuns: 5000, seed: 7 }),
      ...[
        'Spider-Man',
        'S.W.A.T.',
        "Don't Look Up",
        'WALL·E',
        '???',
        ' a - b -c',
        'a\u00a0b',
        'a\tb',
        'Dýrið',
      ],
      ...['Das weiße Band', 'STRASSE ẞ', 'Kærlighed', 'Łódź', 'Þór', 'İstanbul ı', 'x-'.repeat(400)],
    ];
    expect(await inSql(`plain_letters(${expression})`, titles)).toEqual(titles.map(form));
  });

  test('the sort form of a title', async () => {
    const titles = [
      ...fc.sample(word, { numRuns: 5000, seed: 7 }),
      'Amélie',
      'WALL·E',
      '???',
      'Se7en',
      '"Quoted',
      '  spaced  out ',
      'Ångström',
      'Œuvre',
      'ẞtraße',
      'İstanbul',
      'Ǆ',
      'ﬁn',
      'Ω',
      'ΟΔΥΣΣΕΥΣ',
      'ΟΔΟΣ Α',
      '千と千尋の神隠し',
      'Người',
      '한글',
      'ガ',
    ];
    expect(await inSql('title_sort(text)', titles)).toEqual(titles.map(titleSort));
  });

  test('the public id of a key', async () => {
    const keys = fc.sample(fc.string({ unit: 'grapheme', minLength: 1 }), { numRuns: 500, seed: 7 });
    expect(await inSql('cast(title_id(text) as varchar)', keys)).toEqual(
      keys.map((key) => titleId('pepper', key)),
    );
  });

  test('the weighted rating', async () => {
    const rated = fc.sample(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.nat({ max: 3_000_000 })), {
      numRuns: 2000,
      seed: 7,
    });
    const rows = rated.map(([tenths, votes]) => `(${tenths / 10}::double, ${votes}::integer)`);
    const weighted = await claims.engine.rows<{ value: number }>(`
      set variable mean = ${WEIGHTED_RATING.mean}::double;
      set variable least_votes = ${WEIGHTED_RATING.leastVotes}::double;
      select weighted_rating(rating, votes) as value from (values ${rows.join(', ')}) as rated (rating, votes)`);
    expect(weighted.map(({ value }) => value)).toEqual(
      rated.map(([tenths, votes]) => weightedRating(tenths / 10, votes)),
    );
  });

  test.skipIf(!existsSync(REAL))('the sort form of every real title (with ../shared/data)', async () => {
    const rows = await claims.engine.rows<{ text: string; value: string }>(`
      select string_split(line, chr(9))[3] as text, title_sort(string_split(line, chr(9))[3]) as value
      from read_csv(${literal(REAL)}, delim = chr(1), quote = '', escape = '', header = true, auto_detect = false, columns = {line: 'varchar'})`);
    const different = rows.filter(({ text, value }) => titleSort(text) !== value);
    expect(different).toEqual([]);
    expect(rows).toHaveLength(262_357);
  });
});
