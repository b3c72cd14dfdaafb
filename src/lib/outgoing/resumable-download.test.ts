import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { openFileServer } from '../../../test/file-server.ts';
import type { FileServer } from '../../../test/file-server.ts';
import { download } from './resumable-download.ts';
import type { DownloadRequest } from './resumable-download.ts';

const BYTES = randomBytes(300_000);
let folder: string;
let file: string;
let server: FileServer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'download-'));
  file = join(folder, 'file');
  server = await openFileServer({ file: BYTES });
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

function ask(over: Partial<DownloadRequest> = {}) {
  const { signal } = new AbortController();
  return download({
    url: `${server.url}file`,
    file,
    known: null,
    fetch,
    signal,
    backoffMs: () => 0,
    ...over,
  });
}

/** Compared at once: byte by byte, as `toEqual` does it, takes a second. */
const holds = async (bytes: Buffer) => (await readFile(file)).equals(bytes);
const ranges = () => server.asked.map(({ headers }) => headers.range);

describe('download', () => {
  test('fetches a file and says which version it is', async () => {
    const seen: [number, number | null][] = [];
    const done = await ask({ onBytes: (...bytes) => seen.push(bytes) });
    expect(done).toMatchObject({ state: 'complete', lastModified: null });
    expect(await holds(BYTES)).toBe(true);
    expect(seen.at(-1)).toEqual([BYTES.length, BYTES.length]);
  });

  test('says so when the version is the known one', async () => {
    const done = await ask();
    const known = done.state === 'complete' ? done : null;
    expect(await ask({ known })).toEqual({ state: 'unchanged' });
    expect(existsSync(file)).toBe(false);
  });

  test('goes on after each break of the connection', async () => {
    server.faults.push({ cutAfter: 100_000 }, { cutAfter: 50_000 });
    await ask();
    expect(server.asked).toHaveLength(3);
    expect(await holds(BYTES)).toBe(true);
  });

  test('goes on in the next run with all that came in this', async () => {
    const controller = new AbortController();
    let came = 0;
    const onBytes = (done: number) => {
      came = done;
      controller.abort(new Error('enough'));
    };
    server.faults.push({ hangAfter: 100_000 });
    await expect(ask({ signal: controller.signal, onBytes })).rejects.toThrow('enough');
    await ask();
    expect(ranges()).toEqual([undefined, `bytes=${came}-`]);
    expect(await holds(BYTES)).toBe(true);
  });

  test('begins again when the server sends the whole instead of the rest', async () => {
    server.faults.push({ cutAfter: 100_000 }, { ignoreRange: true });
    await ask();
    expect(await holds(BYTES)).toBe(true);
  });

  test('begins again when the file has changed in between', async () => {
    const other = randomBytes(200_000);
    server.faults.push({ cutAfter: 250_000 }, { change: other });
    await ask();
    expect(await holds(other)).toBe(true);
  });

  test('begins again when the server has no such part', async () => {
    server.faults.push({ cutAfter: 100_000 }, { status: 416 });
    await ask();
    expect(ranges().at(-1)).toBeUndefined();
    expect(await holds(BYTES)).toBe(true);
  });

  test('begins again when it is not known of which version the bytes are', async () => {
    await writeFile(file, 'left over');
    await writeFile(`${file}.json`, '{"url":');
    await ask();
    expect(ranges()).toEqual([undefined]);
    expect(await holds(BYTES)).toBe(true);
  });

  test('finds whole what was whole already', async () => {
    const first = await ask();
    expect(await ask()).toEqual(first);
    expect(ranges()).toEqual([undefined, `bytes=${BYTES.length}-`]);
  });

  test('waits as long as the server says', async () => {
    server.faults.push({ status: 503, headers: { 'retry-after': '0' } });
    await ask({ backoffMs: () => 1_000_000 });
    expect(await holds(BYTES)).toBe(true);
  });

  test('leaves a wait of hours to the next run', async () => {
    server.faults.push({ status: 503, headers: { 'retry-after': '7200' } });
    await expect(ask()).rejects.toMatchObject({ status: 503 });
    expect(server.asked).toHaveLength(1);
  });

  test('does not ask again for what is not there', async () => {
    await expect(ask({ url: `${server.url}nothing` })).rejects.toMatchObject({
      status: 404,
      message: `${server.url}nothing answered 404 Not Found.`,
    });
    expect(server.asked).toHaveLength(1);
  });

  test('gives up after five attempts', async () => {
    server.faults.push(...Array.from({ length: 9 }, () => ({ status: 500 })));
    await expect(ask()).rejects.toMatchObject({ status: 500 });
    expect(server.asked).toHaveLength(5);
  });

  test('asks for the rest of what is shorter than announced, until the server says that there is none', async () => {
    server.faults.push({ announceMore: 10 });
    await ask();
    expect(ranges()).toEqual([undefined, `bytes=${BYTES.length}-`]);
    expect(await holds(BYTES)).toBe(true);
  });

  test('tries again when the server falls silent', async () => {
    server.faults.push({ hangAfter: 100_000 }, { hangAfter: 'never' });
    await ask({ idleMs: 200 });
    expect(await holds(BYTES)).toBe(true);
    expect(server.asked).toHaveLength(3);
  });

  test.each(['never' as const, 1_000])(
    'stops when told to, also if the server hangs (%s)',
    async (hangAfter) => {
      const controller = new AbortController();
      server.onHang = () => {
        controller.abort(new Error('enough'));
      };
      server.faults.push({ hangAfter });
      await expect(ask({ signal: controller.signal })).rejects.toThrow('enough');
    },
  );

  test('names a server that is not there', async () => {
    const url = 'http://127.0.0.1:9/file';
    await expect(ask({ url, attempts: 2 })).rejects.toMatchObject({
      name: 'DownloadError',
      message: expect.stringContaining(`${url} could not be read: `) as string,
    });
  });
});
