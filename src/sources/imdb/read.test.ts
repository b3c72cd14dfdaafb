import { randomBytes } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { openFileServer } from '../../../test/file-server.ts';
import type { FileServer } from '../../../test/file-server.ts';
import { imdbWorld, openImdbLab, readRequest } from '../../../test/imdb-lab.ts';
import type { ImdbLab } from '../../../test/imdb-lab.ts';
import type { Progress, RawFile, ReadResult } from '../../model/source.ts';
import { readImdb } from './read.ts';

let lab: ImdbLab;

beforeAll(async () => {
  lab = await openImdbLab();
});

afterAll(() => lab.close());

async function folderWith(...names: string[]): Promise<string> {
  const folder = await lab.folder();
  for (const name of names) await writeFile(join(folder, name), `content of ${name}`);
  return folder;
}

function filesOf(result: ReadResult): readonly RawFile[] {
  if (result.state === 'unchanged') throw new Error('Nothing was read.');
  return result.files;
}

const namesOf = (result: ReadResult) => filesOf(result).map(({ name }) => name);

describe('imdb from a folder', () => {
  test('is copied, with the digest of each file', async () => {
    const from = await folderWith('title.basics.tsv', 'title.ratings.tsv.gz', 'title.crew.tsv');
    const request = await readRequest(lab, { from });
    const files = filesOf(await readImdb(request, imdbWorld()));
    expect(files).toMatchObject([
      {
        name: 'title.basics.tsv',
        bytes: 27,
        sha256: '990fa0c500ef7ba4c18f58bf9d20e9923a91869a6f658274e55b1fd26b6da772',
        from: join(from, 'title.basics.tsv'),
        etag: null,
      },
      { name: 'title.ratings.tsv.gz' },
    ]);
    expect((await readdir(request.into)).sort()).toEqual(['title.basics.tsv', 'title.ratings.tsv.gz']);
  });

  test('is unchanged while its files are, byte for byte', async () => {
    const from = await folderWith('title.basics.tsv', 'title.ratings.tsv');
    const first = await readRequest(lab, { from });
    const before = filesOf(await readImdb(first, imdbWorld()));
    const again = await readRequest(lab, { from, before, beforeFolder: first.into });
    expect(await readImdb(again, imdbWorld())).toEqual({ state: 'unchanged' });
    await writeFile(join(from, 'title.ratings.tsv'), 'other');
    const third = await readRequest(lab, { from, before, beforeFolder: first.into });
    expect((await readImdb(third, imdbWorld())).state).toBe('read');
  });

  test('given by hand, may lack all but title.basics', async () => {
    const warnings: string[] = [];
    const from = await folderWith('title.basics.tsv');
    const result = await readImdb(await readRequest(lab, { from }), imdbWorld({ warnings }));
    expect(namesOf(result)).toEqual(['title.basics.tsv']);
    expect(warnings.join('')).toContain('title.ratings is not in');
    const without = await readRequest(lab, { from: await folderWith('title.ratings.tsv') });
    await expect(readImdb(without, imdbWorld())).rejects.toMatchObject({ code: 'file_missing' });
  });

  test('by the settings, must have all that they ask for', async () => {
    const url = await folderWith('title.basics.tsv');
    const request = await readRequest(lab, { settings: { url } });
    await expect(readImdb(request, imdbWorld())).rejects.toMatchObject({
      code: 'file_missing',
      message: `${url} has neither title.ratings.tsv.gz nor title.ratings.tsv.`,
    });
  });

  test('that is not there is named', async () => {
    const request = await readRequest(lab, { from: '/nowhere/at/all' });
    await expect(readImdb(request, imdbWorld())).rejects.toMatchObject({
      code: 'file_missing',
      message: '/nowhere/at/all is not there.',
    });
  });

  test('stops when told to', async () => {
    const from = await folderWith('title.basics.tsv', 'title.ratings.tsv');
    const world = imdbWorld({ signal: AbortSignal.abort() });
    await expect(readImdb(await readRequest(lab, { from }), world)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('imdb from one file', () => {
  test('takes the others from the run before', async () => {
    const folder = await folderWith('title.basics.tsv', 'title.ratings.tsv');
    const first = await readRequest(lab, { from: folder });
    const before = filesOf(await readImdb(first, imdbWorld()));
    const from = join(folder, 'title.ratings.tsv');
    await writeFile(from, 'newer');
    const request = await readRequest(lab, { from, before, beforeFolder: first.into });
    expect(namesOf(await readImdb(request, imdbWorld()))).toEqual(['title.basics.tsv', 'title.ratings.tsv']);
    expect(await readFile(join(request.into, 'title.ratings.tsv'), 'utf8')).toBe('newer');
    expect(await readFile(join(request.into, 'title.basics.tsv'), 'utf8')).toBe(
      'content of title.basics.tsv',
    );
  });

  test('needs title.basics to have been read once', async () => {
    const from = join(await folderWith('title.ratings.tsv'), 'title.ratings.tsv');
    await expect(readImdb(await readRequest(lab, { from }), imdbWorld())).rejects.toMatchObject({
      code: 'file_missing',
      message: `title.basics was never read, and ${from} is only title.ratings.`,
    });
  });

  test('must be one of the seven', async () => {
    const from = join(await folderWith('films.tsv'), 'films.tsv');
    await expect(readImdb(await readRequest(lab, { from }), imdbWorld())).rejects.toMatchObject({
      code: 'file_missing',
    });
  });
});

describe('imdb from a server', () => {
  const BASICS = randomBytes(50_000);
  const RATINGS = randomBytes(20_000);
  let server: FileServer;

  beforeEach(async () => {
    server = await openFileServer({ 'title.basics.tsv.gz': BASICS, 'title.ratings.tsv.gz': RATINGS });
  });

  afterEach(() => server.close());

  test('is fetched, and unchanged while the server says so', async () => {
    const first = await readRequest(lab, { settings: { url: server.url } });
    const before = filesOf(await readImdb(first, imdbWorld()));
    expect(before).toMatchObject([
      { name: 'title.basics.tsv.gz', bytes: 50_000, from: `${server.url}title.basics.tsv.gz` },
      { name: 'title.ratings.tsv.gz', bytes: 20_000 },
    ]);
    expect(await readdir(first.partial)).toEqual([]);
    const again = await readRequest(lab, { from: server.url, before, beforeFolder: first.into });
    expect(await readImdb(again, imdbWorld())).toEqual({ state: 'unchanged' });
    expect(server.asked[2]?.headers['if-none-match']).toBe(before[0]?.etag);
  });

  test('takes from the run before what has not changed, and fetches the rest', async () => {
    const first = await readRequest(lab, { from: server.url });
    const before = filesOf(await readImdb(first, imdbWorld()));
    server.faults.push(null, { change: randomBytes(30_000) });
    const second = await readRequest(lab, { from: server.url, before, beforeFolder: first.into });
    const files = filesOf(await readImdb(second, imdbWorld()));
    expect(files[0]).toEqual(before[0]);
    expect(files[1]?.bytes).toBe(30_000);
    expect((await readFile(join(second.into, 'title.basics.tsv.gz'))).equals(BASICS)).toBe(true);
  });

  test('is fetched anew where the run before has lost its file', async () => {
    const first = await readRequest(lab, { from: server.url });
    const before = filesOf(await readImdb(first, imdbWorld()));
    const beforeFolder = await lab.folder();
    const again = await readRequest(lab, { from: server.url, before, beforeFolder });
    await readImdb(again, imdbWorld());
    expect(server.asked[2]?.headers['if-none-match']).toBeUndefined();
  });

  test('goes on in the next run where this one broke, and fetches nothing twice', async () => {
    const partial = await lab.folder();
    const broken = await readRequest(lab, { from: server.url, partial });
    const controller = new AbortController();
    const progress = ({ label }: Progress) => {
      if (label.startsWith('title.ratings')) controller.abort();
    };
    server.faults.push(null, { hangAfter: 10_000 });
    const stopped = readImdb(broken, imdbWorld({ signal: controller.signal, progress }));
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    const next = await readRequest(lab, { from: server.url, partial });
    await readImdb(next, imdbWorld());
    expect(server.asked.slice(2).map(({ headers }) => headers.range)).toEqual([
      'bytes=50000-',
      expect.stringMatching(/^bytes=[1-9]\d*-$/),
    ]);
    expect((await readFile(join(next.into, 'title.ratings.tsv.gz'))).equals(RATINGS)).toBe(true);
    expect((await readFile(join(next.into, 'title.basics.tsv.gz'))).equals(BASICS)).toBe(true);
  });

  test('tries again at once where the server breaks off', async () => {
    server.faults.push({ cutAfter: 10_000 });
    const request = await readRequest(lab, { from: server.url });
    await readImdb(request, imdbWorld(), { backoffMs: () => 0 });
    expect((await readFile(join(request.into, 'title.basics.tsv.gz'))).equals(BASICS)).toBe(true);
  });

  test('says the address and the status of what it cannot have', async () => {
    server.faults.push({ status: 403 });
    const request = await readRequest(lab, { from: server.url });
    await expect(readImdb(request, imdbWorld())).rejects.toMatchObject({
      code: 'source_unreachable',
      message: `${server.url}title.basics.tsv.gz answered 403 Forbidden.`,
    });
  });

  test('stops when told to, while the server hangs', async () => {
    const controller = new AbortController();
    server.onHang = () => {
      controller.abort();
    };
    server.faults.push({ hangAfter: 5_000 });
    const request = await readRequest(lab, { from: server.url });
    await expect(readImdb(request, imdbWorld({ signal: controller.signal }))).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  test('keeps no password', async () => {
    const from = server.url.replace('http://', 'http://user:secret@');
    const asked = readImdb(await readRequest(lab, { from }), imdbWorld());
    await expect(asked).rejects.toMatchObject({ code: 'setting_invalid' });
    await expect(asked).rejects.not.toMatchObject({ message: expect.stringContaining('secret') as string });
  });
});
