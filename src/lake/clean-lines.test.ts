import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { HELD_BACK_LINE, LONE_RETURN } from '../model/lake-engine.ts';
import type { HeldBackLine, LineReport } from '../model/lake-engine.ts';
import { cleanLines } from './clean-lines.ts';
import { LineCleaner } from './line-cleaner.ts';

const MIB = 1 << 20;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clean-lines-'));
});

afterAll(() => rm(folder, { recursive: true }));

interface Cleaned {
  report: LineReport;
  text: string;
  heldBack: HeldBackLine[];
}

async function clean(bytes: Uint8Array | string): Promise<Cleaned> {
  const request = { from: join(folder, 'in'), to: join(folder, 'out'), heldBack: join(folder, 'held') };
  await writeFile(request.from, bytes);
  const report = await cleanLines(request);
  const held = await readFile(request.heldBack, 'utf8');
  return { report, text: await readFile(request.to, 'utf8'), heldBack: parseNdjson(held) };
}

function parseNdjson(text: string): HeldBackLine[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as HeldBackLine);
}

describe('cleanLines', () => {
  test('gives clean lines back as they are, and counts those after the header', async () => {
    const { report, text } = await clean('head\n"one\ntwo\\N\tž\n');
    expect(text).toBe('head\n"one\ntwo\\N\tž\n');
    expect(report).toEqual({ header: 'head', lines: 2, heldBack: 0, reasons: {}, loneReturns: 0 });
  });

  test('inflates a gzip of several members', async () => {
    const bytes = Buffer.concat([gzipSync('head\non'), gzipSync('e\n'), gzipSync(''), gzipSync('two\n')]);
    expect((await clean(bytes)).text).toBe('head\none\ntwo\n');
  });

  test('ends the last line', async () => {
    expect((await clean('head\none')).text).toBe('head\none\n');
  });

  test('drops a byte order mark', async () => {
    expect((await clean('\ufeffhead\n\ufeffone\n')).text).toBe('head\n\ufeffone\n');
  });

  test('makes CR LF to LF, and marks other carriage returns', async () => {
    const { report, text } = await clean('head\r\no\rne\r\r\ntwo\r');
    expect(text).toBe(`head\no${LONE_RETURN}ne${LONE_RETURN}\ntwo\n`);
    expect(report).toMatchObject({ lines: 2, loneReturns: 2 });
  });

  test('holds back what no database takes, each at its line', async () => {
    const bytes = Buffer.concat([
      Buffer.from('head\na\0b\n\ngood\n'),
      Buffer.from([0x63, 0xc3, 0x28, 0x0a]),
      Buffer.from('d\u0001\n\u0003\r\ne\u0004\r\nf\u0002g\nlast'),
    ]);
    const { report, text, heldBack } = await clean(bytes);
    const held = HELD_BACK_LINE;
    expect(text.split('\n')).toEqual([
      'head',
      held,
      held,
      'good',
      held,
      held,
      held,
      held,
      'f\u0002g',
      'last',
      '',
    ]);
    expect(heldBack).toEqual([
      { line: 2, reason: 'nul_byte', raw: 'a\u2400b' },
      { line: 3, reason: 'line_empty', raw: '' },
      { line: 5, reason: 'encoding_invalid', raw: 'c\ufffd(' },
      { line: 6, reason: 'control_character', raw: 'd\u0001' },
      { line: 7, reason: 'control_character', raw: '\u0003' },
      { line: 8, reason: 'control_character', raw: 'e\u0004' },
    ]);
    expect(report).toMatchObject({
      lines: 9,
      heldBack: 6,
      reasons: { nul_byte: 1, line_empty: 1, encoding_invalid: 1, control_character: 3 },
    });
  });

  test('holds back a line over 1 MiB, and keeps one of exactly that', async () => {
    const long = '😀'.repeat(MIB);
    const { report, text, heldBack } = await clean(
      `head\n${long}\n${'x'.repeat(MIB)}\r\n${'x'.repeat(MIB + 1)}\nend`,
    );
    expect(text).toBe(`head\n${HELD_BACK_LINE}\n${'x'.repeat(MIB)}\n${HELD_BACK_LINE}\nend\n`);
    expect(report.reasons).toEqual({ line_too_long: 2 });
    expect(heldBack[0]?.raw).toBe('😀'.repeat(2_000));
  });

  test('says that the header was held back', async () => {
    expect((await clean('a\0\nb\n')).report).toMatchObject({ header: HELD_BACK_LINE, lines: 1 });
  });

  test('tells how much of the file it has read', async () => {
    const from = join(folder, 'progress');
    await writeFile(from, gzipSync('line\n'.repeat(1_000_000)));
    const seen: number[] = [];
    await cleanLines({ from, to: join(folder, 'out'), heldBack: join(folder, 'held') }, (n) => seen.push(n));
    expect(seen.at(-1)).toBe((await stat(from)).size);
  });
});

describe('cleanLines refuses', () => {
  const gz = gzipSync(Buffer.from(Array.from({ length: 10_000 }, (_, i) => `line ${i * i}\n`).join('')));

  test('a file that is not there', async () => {
    const from = join(folder, 'nowhere.tsv');
    const asked = cleanLines({ from, to: join(folder, 'out'), heldBack: join(folder, 'held') });
    await expect(asked).rejects.toMatchObject({ code: 'file_missing', message: `${from} is not there.` });
  });

  test.each([
    ['no byte', Buffer.alloc(0)],
    ['only a byte order mark', Buffer.from('\ufeff')],
    ['nothing in the gzip', gzipSync('')],
  ])('a file with %s', async (_name, bytes) => {
    await expect(clean(bytes)).rejects.toMatchObject({ code: 'file_empty' });
  });

  test.each([2, 9, 1_000, gz.length - 9, gz.length - 1])('a gzip cut at byte %i', async (length) => {
    await expect(clean(gz.subarray(0, length))).rejects.toMatchObject({ code: 'file_truncated' });
  });

  test('a gzip with a byte changed, and one whose checksum is wrong', async () => {
    const changed = Buffer.from(gz);
    changed.writeUInt8(changed.readUInt8(2_000) ^ 0xff, 2_000);
    await expect(clean(changed)).rejects.toMatchObject({ code: 'file_corrupt' });
    const checksum = Buffer.from(gz);
    checksum.writeUInt32LE(1, checksum.length - 8);
    await expect(clean(checksum)).rejects.toMatchObject({ code: 'file_corrupt' });
  });

  test('to go on when told to stop', async () => {
    const from = join(folder, 'stopped');
    await writeFile(from, gz);
    const request = { from, to: join(folder, 'out'), heldBack: join(folder, 'held') };
    await expect(cleanLines(request, undefined, AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('every line is in the output at its number, or held back', () => {
  const piece = fc.oneof(
    { weight: 4, arbitrary: fc.uint8Array({ maxLength: 6 }) },
    { weight: 8, arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }).map((text) => Buffer.from(text)) },
    fc
      .constantFrom('\n', '\r\n', '\r', '\0', '\ufeff', '\n\n', '\u0001', '\u0002', '\u0003')
      .map((text) => Buffer.from(text)),
  );
  const file = fc.array(piece, { minLength: 1, maxLength: 40 }).map((pieces) => Buffer.concat(pieces));

  test('whatever the bytes, and wherever they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(file, fc.integer({ min: 1, max: 9 }), async (bytes, size) => {
        const heldBack: string[] = [];
        const cleaner = new LineCleaner((text) => Promise.resolve(void heldBack.push(text)));
        const out: Buffer[] = [];
        for (let at = 0; at < bytes.length; at += size)
          for await (const block of cleaner.take(bytes.subarray(at, at + size))) out.push(block);
        for await (const block of cleaner.end()) out.push(block);
        const naive = cleanNaively(bytes);
        expect(Buffer.concat(out).toString('latin1')).toBe(naive.text);
        expect(parseNdjson(heldBack.join('')).map(({ line }) => line)).toEqual(naive.heldBack);
        expect(cleaner.report()?.lines ?? -1).toBe(naive.lines - 1);
        expect(cleaner.report()?.loneReturns ?? 0).toBe(naive.text.split(LONE_RETURN).length - 1);
      }),
      { numRuns: 2_000 },
    );
  });

  test('when the file is gzipped in members too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 4 }), async (members) => {
        const whole = Buffer.concat(members);
        fc.pre(cleanNaively(whole).lines > 0);
        const { text } = await clean(Buffer.concat(members.map((member) => gzipSync(member))));
        expect(Buffer.from(text).toString('latin1')).toBe(cleanNaively(whole).text);
      }),
      { numRuns: 100 },
    );
  });

  test('and a gzip cut anywhere is refused, never read as whole', async () => {
    const gz = gzipSync('head\none\ntwo\n');
    expect(gunzipSync(gz).length).toBe(13);
    for (let length = 2; length < gz.length; length++)
      await expect(clean(gz.subarray(0, length))).rejects.toMatchObject({ code: 'file_truncated' });
  });
});

/** The same by plain means, on one character per byte. */
function cleanNaively(bytes: Buffer): { text: string; heldBack: number[]; lines: number } {
  const all = bytes.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '');
  const lines = all.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const heldBack: number[] = [];
  const cleaned = lines.map((whole, i) => {
    const line = whole.replace(/\r$/, '');
    const utf8 = Buffer.from(line, 'latin1');
    const valid = Buffer.from(utf8.toString('utf8')).equals(utf8);
    if (line !== '' && valid && !/[\0\u0001\u0003\u0004]/.test(line))
      return line.replaceAll('\r', LONE_RETURN);
    heldBack.push(i + 1);
    return HELD_BACK_LINE;
  });
  return { text: cleaned.map((line) => `${line}\n`).join(''), heldBack, lines: lines.length };
}
