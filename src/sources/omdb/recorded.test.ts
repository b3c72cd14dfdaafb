import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';

import { textsBelow } from '../../../test/omdb-lab.ts';
import { emptyRequest, openSourceLab, quietWorld } from '../../../test/source-lab.ts';
import type { Claimed, SourceLab } from '../../../test/source-lab.ts';
import type { ReadRequest, ReadResult } from '../../model/source.ts';
import { claimOmdb } from './claims.ts';
import { formatDocument } from './omdb-document.ts';
import { readOmdb } from './read.ts';
import { omdbSettings } from './settings.ts';
import type { OmdbSettings } from './settings.ts';

const DATA = fileURLToPath(new URL('../../../../shared/data/omdb/', import.meta.url));
const SAMPLE = fileURLToPath(new URL('../../../samples/omdb', import.meta.url));

let lab: SourceLab<null>;

beforeAll(async () => {
  lab = await openSourceLab<null>('omdb-recorded', claimOmdb);
});

afterAll(() => lab.close());

/** Reads `from`, after the run that `before` was. */
async function readFrom(
  from: string,
  before: Pick<ReadRequest<OmdbSettings>, 'before' | 'beforeFolder'> = { before: [], beforeFolder: null },
): Promise<{ result: ReadResult; into: string }> {
  const request = { ...(await emptyRequest(lab)), settings: omdbSettings.parse({}), from, ...before };
  return { result: await readOmdb(request, quietWorld()), into: request.into };
}

async function claimFrom(from: string): Promise<Claimed> {
  const { result, into } = await readFrom(from);
  const files = result.state === 'read' ? result.files.map(({ name }) => name) : [];
  return lab.claimFolder(into, files, null);
}

describe('recorded answers of OMDb', () => {
  it('that are known already change nothing; new ones come beside them', async () => {
    const folder = await lab.folder();
    await writeFile(join(folder, 'one.json'), '{"imdbID": "tt0000001", "Title": "One", "Type": "movie"}');
    const first = await readFrom(folder);
    if (first.result.state !== 'read') throw new Error('Nothing was read.');
    const before = { before: first.result.files, beforeFolder: first.into };
    expect((await readFrom(folder, before)).result).toEqual({ state: 'unchanged' });
    await mkdir(join(folder, 'more'));
    await writeFile(
      join(folder, 'more/two.json'),
      '{"imdbID": "tt0000002", "Title": "Two", "Type": "movie"}',
    );
    const { result, into } = await readFrom(folder, before);
    const names = result.state === 'read' ? result.files.map(({ name }) => name) : [];
    expect(names).toEqual(['documents-000001.ndjson.gz', 'documents-000002.ndjson.gz']);
    const { claims } = await lab.claimFolder(into, names, null);
    expect((await claims('title')).map(({ title }) => title)).toEqual(['One', 'Two']);
  });

  it('may be documents of our own; a line that is none is rejected, not dropped', async () => {
    const folder = await lab.folder();
    const text = '{"imdbID": "tt0000001", "Title": "One", "Type": "movie"}';
    const document = { request: 'i=tt0000001', requestedAt: '2026-01-01T00:00:00.000Z', status: 200, text };
    await writeFile(join(folder, 'all.ndjson'), `${formatDocument(document)}\n{"torn`);
    const { counts } = await claimFrom(folder);
    expect(counts).toMatchObject([{ read: 2, claimed: 1, rejected: 1, reasons: { line_invalid: 1 } }]);
  });

  it('leave a key that their index has out of raw', async () => {
    const folder = await lab.folder();
    await writeFile(join(folder, 'one.json'), '{"Title": "One", "imdbID": "tt0000001", "Type": "movie"}');
    const index = [{ file: 'one.json', uri: 'http://www.omdbapi.com/?apikey=0badc0de&t=One' }];
    await writeFile(join(folder, 'index.json'), JSON.stringify(index));
    const { into } = await readFrom(folder);

    expect((await textsBelow(into)).join()).toContain('"request":"t=One"');
    expect((await textsBelow(into)).join()).not.toContain('0badc0de');
  });

  it.each([
    ['file_missing', 'there is no such folder', null],
    ['file_missing', 'the folder has none', {}],
    ['answer_invalid', 'the index is none', { 'index.json': '{"file": 1}', 'one.json': '{}' }],
  ])('end with %s where %s', async (code, _, files) => {
    const folder = await lab.folder();
    for (const [name, text] of Object.entries<string>({ ...files }))
      await writeFile(join(folder, name), text);
    const place = files === null ? join(folder, 'nowhere') : folder;
    await expect(readFrom(place)).rejects.toMatchObject({ code });
  });
});

describe('the sample of OMDb', () => {
  it('is a series with 8 seasons and 73 episodes, and ten films', async () => {
    const { counts, claims } = await claimFrom(SAMPLE);
    expect(counts).toMatchObject([{ read: 19, claimed: 19, outside: 0, rejected: 0 }]);
    const kinds = (await claims('title')).map(({ kind }) => kind);
    const count = (kind: string) => kinds.filter((one) => one === kind).length;
    expect([count('tvSeries'), count('tvEpisode'), count('movie')]).toEqual([1, 73, 10]);
    const episodes = await claims('episode');
    expect(episodes).toHaveLength(73);
    expect(new Set(episodes.map(({ series_key }) => series_key))).toEqual(new Set(['tt0944947']));
  });

  it('holds no plots, no posters', async () => {
    const titles = await (await claimFrom(SAMPLE)).claims('title');
    expect(titles.filter(({ overview, poster_url }) => overview !== null || poster_url !== null)).toEqual([]);
  });
});

describe.skipIf(!existsSync(DATA))('with ../shared/data', () => {
  test('every recorded answer of OMDb is understood', async () => {
    const { counts, claims } = await claimFrom(DATA);
    // 8 errors, 6 results of searches, and 2 of the 3 documents of Game of Thrones are outside.
    expect(counts).toMatchObject([{ read: 33, claimed: 17, outside: 16, rejected: 0 }]);
    const kinds = (await claims('title')).map(({ kind }) => String(kind));
    const count = (kind: string) => kinds.filter((one) => one === kind).length;
    expect(['movie', 'tvSeries', 'tvEpisode', 'videoGame'].map(count)).toEqual([7, 4, 19, 1]);
    expect(await claims('episode')).toHaveLength(19);
    expect(await claims('rating')).toHaveLength(36);
  });
});
