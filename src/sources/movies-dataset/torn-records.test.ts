import { describe, expect, test } from 'vitest';

import type { CsvRecord } from './csv-records.ts';
import { mendTornRecords } from './torn-records.ts';

/** Records of these fields, each on a line of its own after the header. */
async function mended(columns: number, isValid: (record: CsvRecord) => boolean, ...records: string[][]) {
  const given = async function* () {
    for (const [at, fields] of records.entries())
      yield await Promise.resolve({ line: at + 2, fields, raw: `${fields.join(',')}\n`, isUtf8: true });
  };
  const found = [];
  for await (const { line, fields, fault, pieces } of mendTornRecords(given(), columns, isValid))
    found.push({ line, fields: fields.join('|'), reason: fault?.reason ?? null, pieces });
  return found;
}

const always = () => true;

describe('torn records', () => {
  test('are joined, the line break put back', async () => {
    expect(await mended(3, always, ['1', 'the be'], ['ginning', 'x'], ['2', 'a', 'b'])).toEqual([
      { line: 2, fields: '1|the be\nginning|x', reason: null, pieces: 2 },
      { line: 4, fields: '2|a|b', reason: null, pieces: 1 },
    ]);
  });

  test('are joined of several pieces, an empty line among them', async () => {
    expect(await mended(3, always, ['1', 'a'], [''], ['b', 'x'])).toEqual([
      { line: 2, fields: '1|a\n\nb|x', reason: null, pieces: 3 },
    ]);
  });

  test('are rejected, each piece, where joining gives no valid record', async () => {
    const found = await mended(3, ({ fields }) => fields[0] !== '1', ['1', 'a'], ['b', 'x'], ['2', 'a', 'b']);
    expect(found.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'row_short'],
      [3, 'row_short'],
      [4, null],
    ]);
  });

  test('are rejected where a whole record comes between, or none follows', async () => {
    const found = await mended(3, always, ['1', 'a'], ['2', 'a', 'b'], ['b', 'x']);
    expect(found.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'row_short'],
      [3, null],
      [4, 'row_short'],
    ]);
  });

  test('do not hide one that begins after a piece too many', async () => {
    const found = await mended(4, always, ['0', 'a', 'b'], ['1', 'a', 'b'], ['c', 'd']);
    expect(found.map(({ line, fields, reason }) => [line, fields, reason])).toEqual([
      [2, '0|a|b', 'row_short'],
      [3, '1|a|b\nc|d', null],
    ]);
  });

  test('are no reason to keep a file of fragments in memory', async () => {
    const found = await mended(3, always, ...Array.from({ length: 20 }, () => ['x']));
    expect(found).toHaveLength(20);
    expect(found.every(({ reason }) => reason === 'row_short')).toBe(true);
  });

  test('are told from empty lines and long ones', async () => {
    const found = await mended(2, always, [''], ['1', '2', '3']);
    expect(found.map(({ reason }) => reason)).toEqual(['line_empty', 'row_long']);
  });
});
