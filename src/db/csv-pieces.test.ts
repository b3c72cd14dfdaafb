import fc from 'fast-check';
import { expect, test } from 'vitest';

import { csvPieces } from './csv-pieces.ts';

async function pieces(chunks: readonly string[], bytes: number): Promise<string[]> {
  const given: string[] = [];
  for await (const piece of csvPieces(inTurn(chunks), bytes)) given.push(Buffer.from(piece).toString());
  return given;
}

async function* inTurn(chunks: readonly string[]): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield await Promise.resolve(Buffer.from(chunk));
}

test('a piece ends with a record', async () => {
  expect(await pieces(['1,a\n2,', 'b\n3,c\n4', ',d'], 5)).toEqual(['1,a\n2,b\n3,c\n', '4,d']);
});

test('a line feed within quotes ends no piece', async () => {
  expect(await pieces(['1,"a\n', 'b ""\n', 'c"\n2,d\n'], 1)).toEqual(['1,"a\nb ""\nc"\n2,d\n']);
});

test('nothing gives no piece', async () => {
  expect(await pieces([], 5)).toEqual([]);
  expect(await pieces(['', ''], 5)).toEqual([]);
});

test('the pieces are the whole, and each holds whole records, however it was cut', async () => {
  const field = fc
    .array(fc.constantFrom('a', '"', '\n', ',', 'é'), { maxLength: 4 })
    .map((it) => it.join(''));
  const record = field.map((it) => `"${it.replaceAll('"', '""')}"\n`);
  await fc.assert(
    fc.asyncProperty(
      fc.array(record),
      fc.nat(40),
      fc.integer({ min: 1, max: 9 }),
      async (records, bytes, cut) => {
        const text = records.join('');
        const chunks = text.match(new RegExp(`[^]{1,${cut}}`, 'g')) ?? [];
        const given = await pieces(chunks, bytes);
        expect(given.join('')).toBe(text);
        for (const piece of given) expect(piece).toMatch(/^("([^"]|"")*"\n)+$/);
      },
    ),
  );
});
