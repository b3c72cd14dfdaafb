import { gzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openSourceLab } from '../../../test/source-lab.ts';
import type { SourceLab } from '../../../test/source-lab.ts';
import { claimOmdb } from './claims.ts';
import { formatDocument } from './omdb-document.ts';
import type { OmdbDocument } from './omdb-document.ts';

const FILM = { Title: 'A Film', Year: '2001', imdbID: 'tt0000001', Type: 'movie', Response: 'True' };

function documentOf(answer: unknown, over: Partial<OmdbDocument> = {}): OmdbDocument {
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
  return { request: 'i=tt0000001', requestedAt: '2026-11-21T04:00:00.000Z', status: 200, text, ...over };
}

describe('documents of OMDb together', () => {
  let lab: SourceLab<null>;

  beforeAll(async () => {
    lab = await openSourceLab<null>('omdb', claimOmdb);
  });

  afterAll(() => lab.close());

  const claim = (documents: readonly (OmdbDocument | string)[], limit: number | null = null) =>
    lab.claim({ 'documents-000001.ndjson.gz': linesOf(documents) }, null, limit);

  const SERIES = { Title: 'A Series', imdbID: 'tt0000010', Type: 'series', totalSeasons: '1' };
  const EPISODE = { ...FILM, Title: 'One', imdbID: 'tt0000011', Type: 'episode' };
  const PLACE = { seriesID: 'tt0000010', Season: '1', Episode: '1' };
  const LIST = {
    Title: 'A Series',
    Season: '1',
    Episodes: [
      { Title: 'One', Released: '2011-04-17', Episode: '1', imdbRating: '9.0', imdbID: 'tt0000011' },
      { Title: 'Two', Released: 'N/A', Episode: '2', imdbRating: '8.0', imdbID: 'tt0000012' },
      { Title: 'No id', Released: 'N/A', Episode: '3', imdbRating: 'N/A', imdbID: 'N/A' },
    ],
  };
  const season = documentOf(LIST, { request: 'i=tt0000010&Season=1' });

  it("take from a season's list what its episodes' own documents do not say", async () => {
    const own = documentOf({ ...EPISODE, ...PLACE, Title: 'The First' }, { request: 'i=tt0000011' });
    const { claims, counts } = await claim([season, documentOf(SERIES, { request: 'i=tt0000010' }), own]);
    expect(counts).toMatchObject([{ read: 3, claimed: 3, outside: 0, rejected: 0 }]);
    expect((await claims('title')).map(({ title, kind }) => [title, kind])).toEqual([
      ['A Series', 'tvSeries'],
      ['The First', 'tvEpisode'],
      ['Two', 'tvEpisode'],
    ]);
    expect(await claims('episode')).toEqual([
      { title_key: 'tt0000011', series_key: 'tt0000010', season_number: 1, episode_number: 1 },
      { title_key: 'tt0000012', series_key: 'tt0000010', season_number: 1, episode_number: 2 },
    ]);
    expect(await claims('rating')).toEqual([
      { title_key: 'tt0000012', system: 'imdb', rating: 8, votes: null },
    ]);
  });

  it('find the series of a list that was asked for by title, if one series has it', async () => {
    const byTitle = { ...season, request: 't=A+Series&Season=1' };
    const series = documentOf(SERIES, { request: 'i=tt0000010' });
    expect(await (await claim([byTitle, series])).claims('episode')).toHaveLength(2);
    const twin = documentOf({ ...SERIES, imdbID: 'tt0000020' }, { request: 'i=tt0000020' });
    const { claims } = await claim([byTitle, series, twin]);
    expect(await claims('title')).toHaveLength(4);
    await expect(claims('episode')).rejects.toThrow();
  });

  it('are claimed in their latest word, but for what could not be understood', async () => {
    const at = (day: string, fields: object) =>
      documentOf({ ...FILM, ...fields }, { requestedAt: `2026-11-${day}T04:00:00.000Z` });
    const documents = [at('02', { Title: 'Second' }), at('01', { Title: 'First' }), at('03', { Year: 'x' })];
    const { claims, counts, rejects } = await claim(documents);
    expect((await claims('title')).map(({ title }) => title)).toEqual(['Second']);
    expect(counts).toMatchObject([
      { read: 3, claimed: 1, outside: 1, rejected: 1, reasons: { year_invalid: 1 } },
    ]);
    expect(await rejects()).toMatchObject([
      { file: 'documents-000001.ndjson.gz', line: 3, reason: 'year_invalid', detail: "Year is 'x'" },
    ]);
  });

  it('say nothing of a title that OMDb no longer has, and keep one that it only failed to give', async () => {
    const film = documentOf(FILM, { requestedAt: '2026-11-01T04:00:00.000Z' });
    const error = (words: string) => documentOf({ Response: 'False', Error: words });
    const gone = await claim([film, error('Incorrect IMDb ID.')]);
    expect(gone.counts).toMatchObject([{ read: 2, claimed: 0, outside: 2 }]);
    const failed = await claim([film, error('Error getting data.')]);
    expect(failed.counts).toMatchObject([{ read: 2, claimed: 1, outside: 1 }]);
  });

  it('describe a title once, by whatever requests it came', async () => {
    const other = documentOf(FILM, { request: 't=A+Film', requestedAt: '2026-11-01T04:00:00.000Z' });
    const { claims, counts } = await claim([documentOf(FILM), other, documentOf(FILM)]);
    expect(await claims('title')).toHaveLength(1);
    expect(counts).toMatchObject([{ read: 3, claimed: 1, outside: 2 }]);
  });

  it('of which a line is none are rejected there alone', async () => {
    const { counts } = await claim(['{"request":', documentOf(FILM), '{}']);
    expect(counts).toMatchObject([{ read: 3, claimed: 1, rejected: 2, reasons: { line_invalid: 2 } }]);
  });

  it('beyond a limit of titles are outside', async () => {
    const films = ['tt0000001', 'tt0000002', 'tt0000003'].map((imdbID) =>
      documentOf({ ...FILM, imdbID }, { request: `i=${imdbID}` }),
    );
    const { claims, counts } = await claim([...films, season], 2);
    expect(await claims('title')).toHaveLength(2);
    expect(counts).toMatchObject([{ read: 4, claimed: 2, outside: 2 }]);
  });

  it('with line separators of Unicode in them are one line each', async () => {
    const { claims } = await claim([documentOf({ ...FILM, Plot: 'one\u2028two\u0085three' })]);
    expect((await claims('title')).map(({ overview }) => overview)).toEqual(['one\u2028two\u0085three']);
  });

  it('that are gzipped and torn stop the claims', async () => {
    const whole = gzipSync(linesOf(Array.from({ length: 50 }, () => documentOf(FILM))));
    const torn = lab.claim(
      { 'documents-000001.ndjson.gz': whole.subarray(0, whole.length - 20) },
      null,
      null,
    );
    await expect(torn).rejects.toMatchObject({ code: 'file_truncated' });
  });
});

function linesOf(documents: readonly (OmdbDocument | string)[]): string {
  return documents.map((one) => `${typeof one === 'string' ? one : formatDocument(one)}\n`).join('');
}
