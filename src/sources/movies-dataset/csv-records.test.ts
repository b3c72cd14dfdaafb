import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { readCsvRecords } from './csv-records.ts';
import type { CsvRecord } from './csv-records.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'filmbase-csv-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function recordsOf(content: string | Buffer): Promise<CsvRecord[]> {
  const path = join(folder, 'file.csv');
  await writeFile(path, content);
  const records: CsvRecord[] = [];
  for await (const record of readCsvRecords({ path, name: 'file.csv' })) records.push(record);
  return records;
}

const fieldsOf = async (content: string | Buffer) => (await recordsOf(content)).map(({ fields }) => fields);

describe('records of a CSV file', () => {
  test('end at LF or CR LF, and never at a carriage return alone', async () => {
    expect(await fieldsOf('a,b\r\n1,x\ry\n"2\rz",q\r\n')).toEqual([
      ['a', 'b'],
      ['1', 'x\ry'],
      ['2\rz', 'q'],
    ]);
  });

  test('begin after a byte order mark', async () => {
    expect(await fieldsOf('\ufeffa\n1\n')).toEqual([['a'], ['1']]);
  });

  test('keep quotes within a field that has none around it', async () => {
    expect(await fieldsOf('a,b\nsay "hi" now,"say ""hi"" now"\n"one" and "two",3\n')).toEqual([
      ['a', 'b'],
      ['say "hi" now', 'say "hi" now'],
      ['"one" and "two"', '3'],
    ]);
  });

  test('know the line where they begin, and their text', async () => {
    const records = await recordsOf('a\r\n"1\n2\r\n3"\r\n\n4\r\n5');
    expect(records.map(({ line, raw }) => [line, raw.trimEnd()])).toEqual([
      [1, 'a'],
      [2, '"1\n2\r\n3"'],
      [5, ''],
      [6, '4'],
      [7, '5'],
    ]);
  });

  test('are the same gzipped', async () => {
    expect(await fieldsOf(gzipSync('a\n1\n'))).toEqual([['a'], ['1']]);
  });

  test('say from where on the file is not UTF-8', async () => {
    const records = await recordsOf(Buffer.from('a\n\u00fc\ufffd\n\u00fc\n', 'utf8'));
    expect(records.every(({ isUtf8 }) => isUtf8)).toBe(true);
    const latin = await recordsOf(Buffer.from('a\n\u00fc\n', 'latin1'));
    expect(latin.at(-1)).toMatchObject({ fields: ['\ufffd'], isUtf8: false });
  });

  test.each([
    ['file_empty', ''],
    ['file_empty', gzipSync('')],
    ['file_not_csv', '<!DOCTYPE html>\n<p>Sign in</p>\n'],
    ['file_truncated', gzipSync('a\n1\n'.repeat(1000)).subarray(0, 25)],
    ['file_truncated', 'a,b\n1,"never closed\n2,3\n'],
    ['record_too_long', `a\n${'x'.repeat(5 << 20)}\n`],
  ])('are refused with %s, by name', async (code, content) => {
    await expect(recordsOf(content)).rejects.toMatchObject({ code, message: /^file\.csv / });
  });

  test('of a gzip that is damaged are refused', async () => {
    const bytes = gzipSync('a\n1\n'.repeat(1000));
    bytes.writeUInt32LE(0, bytes.length - 8);
    await expect(recordsOf(bytes)).rejects.toMatchObject({ code: 'file_corrupt' });
  });

  test('name the line where one begins that is too long', async () => {
    await expect(recordsOf(`a\n1\n"${'x\n'.repeat(3 << 20)}`)).rejects.toThrow(
      'begins at line 3 is longer than 4 MiB',
    );
  });

  test('that are one line of 200 MB take no more memory than others', async () => {
    const path = join(folder, 'long.csv');
    const zeros = gzipSync(Buffer.concat([Buffer.from('a,b\n1,'), Buffer.alloc(200 << 20, 'x')]), {
      level: 1,
    });
    await writeFile(path, zeros);
    const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
    const read = async () => {
      for await (const { line } of readCsvRecords({ path, name: 'long.csv' })) expect(line).toBe(1);
    };
    await expect(read()).rejects.toMatchObject({ code: 'record_too_long' });
    const after = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
    expect(after - before).toBeLessThan(100 << 20);
  });
});
