import { gzipSync } from 'node:zlib';

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openSourceLab } from '../../../test/source-lab.ts';
import type { SourceLab } from '../../../test/source-lab.ts';
import { claimOmdb } from './claims.ts';
import { judgeDocument } from './judge-document.ts';
import { formatDocument } from './omdb-document.ts';
import type { OmdbDocument } from './omdb-document.ts';
import type { ClaimRow, TitleClaims } from './title-claims.ts';

const FILM = { Title: 'A Film', Year: '2001', imdbID: 'tt0000001', Type: 'movie', Response: 'True' };

function documentOf(answer: unknown, over: Partial<OmdbDocument> = {}): OmdbDocument {
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
  return { request: 'i=tt0000001', requestedAt: '2026-11-21T04:00:00.000Z', status: 200, text, ...over };
}

/** The claims of a film with these fields; the reason where it is rejected. */
function claimsOf(fields: Record<string, unknown>): TitleClaims {
  const verdict = judgeDocument(documentOf({ ...FILM, ...fields }));
  if (verdict.is !== 'title') throw new Error(JSON.stringify(verdict));
  return verdict.claims;
}

function reasonOf(answer: unknown): string {
  const verdict = judgeDocument(documentOf(answer));
  return verdict.is === 'rejected' ? verdict.fault.reason : verdict.is;
}

function listOf(rows: readonly ClaimRow[], ...columns: string[]): unknown[] {
  return rows.map((row) => columns.map((column) => row[column]));
}

describe('a document of OMDb', () => {
  it.each([
    ['movie', 'movie'],
    ['series', 'tvSeries'],
    ['episode', 'tvEpisode'],
    ['game', 'videoGame'],
  ])('of type %s is a %s', (Type, kind) => {
    expect(claimsOf({ Type }).title.kind).toBe(kind);
  });

  it.each([
    ['2011', 2011, null],
    ['2011–2019', 2011, 2019],
    ['2011–', 2011, null],
    ['2011-2019', 2011, 2019],
    ['N/A', null, null],
  ])('of the years %s is of %s to %s', (Year, year, end_year) => {
    expect(claimsOf({ Year }).title).toMatchObject({ year, end_year });
  });

  it.each([
    ['17 Apr 2011', '2011-04-17'],
    ['1 Jan 1999', '1999-01-01'],
    ['2011-04-17', '2011-04-17'],
    ['N/A', null],
  ])('released %s is of %s', (Released, day) => {
    expect(claimsOf({ Released }).title.release_date).toBe(day);
  });

  it.each([
    ['62 min', 62],
    ['1 h 2 min', 62],
    ['2 h', 120],
    ['1,002 min', 1002],
    ['0 min', null],
    ['N/A', null],
  ])('of %s runs %s minutes', (Runtime, minutes) => {
    expect(claimsOf({ Runtime }).title.runtime_minutes).toBe(minutes);
  });

  it('that says N/A, nothing or null of everything says null', () => {
    for (const nothing of ['N/A', '', null]) {
      const names = ['Year', 'Rated', 'Released', 'Runtime', 'Genre', 'Director', 'Writer', 'Actors', 'Plot'];
      const more = [
        'Language',
        'Country',
        'Poster',
        'Ratings',
        'Metascore',
        'imdbRating',
        'imdbVotes',
        'Website',
      ];
      const fields = Object.fromEntries([...names, ...more].map((name) => [name, nothing]));
      const { title, ratings, credits, countries, languages, episode } = claimsOf(fields);
      const said = Object.entries(title).filter(([, value]) => value !== null);
      expect(said.map(([column]) => column)).toEqual(['title_key', 'imdb_id', 'kind', 'title']);
      expect([ratings, credits, countries, languages, episode]).toEqual([[], [], [], [], null]);
    }
  });

  it('rates on 0 to 10, whatever the scale', () => {
    const Ratings = [
      { Source: 'Internet Movie Database', Value: '8.7/10' },
      { Source: 'Rotten Tomatoes', Value: '88%' },
      { Source: 'Metacritic', Value: '73/100' },
      { Source: 'Somebody', Value: 'thumbs up' },
    ];
    const whole = claimsOf({ Ratings, imdbRating: '8.6', imdbVotes: '1,819,156', Metascore: '74' });
    expect(listOf(whole.ratings, 'system', 'rating', 'votes')).toEqual([
      ['imdb', 8.6, 1_819_156],
      ['metacritic', 7.4, null],
      ['rotten-tomatoes', 8.8, null],
    ]);
    expect(listOf(claimsOf({ Ratings }).ratings, 'system', 'rating')).toEqual([
      ['imdb', 8.7],
      ['metacritic', 7.3],
      ['rotten-tomatoes', 8.8],
    ]);
  });

  it('credits people by name, with what is in brackets as their job', () => {
    const { credits } = claimsOf({
      Actors: 'Sean Bean, Mark Addy',
      Director: 'Timothy Van Patten',
      Writer: 'David Benioff (created by), George R.R. Martin (based on "A, B" by), David Benioff',
    });
    expect(listOf(credits, 'person_key', 'category', 'job', 'ordering')).toEqual([
      ['Sean Bean', 'actor', null, 1],
      ['Mark Addy', 'actor', null, 2],
      ['Timothy Van Patten', 'director', null, 1],
      ['David Benioff', 'writer', 'created by', 2],
      ['George R.R. Martin', 'writer', 'based on "A, B" by', 3],
      ['David Benioff', 'writer', null, 4],
    ]);
  });

  it('names countries and languages that have a code; others stay in raw', () => {
    const { countries, languages } = claimsOf({
      Country: 'USA, UK, West Germany, United States, South Korea, Germany',
      Language: 'English, Klingon, Mandarin, None, German',
    });
    expect(listOf(countries, 'country_code', 'ordering')).toEqual([
      ['US', 1],
      ['GB', 2],
      ['KR', 3],
      ['DE', 4],
    ]);
    expect(listOf(languages, 'language_code')).toEqual([['en'], ['zh'], ['de']]);
  });

  it.each([
    ['nul_byte', { Plot: 'a\0b' }],
    ['encoding_invalid', { Plot: 'half \ud83d' }],
    ['id_invalid', { imdbID: 'nm0000001' }],
    ['id_missing', { imdbID: 'N/A' }],
    ['title_missing', { Title: 'N/A' }],
    ['kind_unknown', { Type: 'podcast' }],
    ['kind_unknown', { Type: 'constructor' }],
    ['year_invalid', { Year: 'soon' }],
    ['year_invalid', { Year: '2019–2011' }],
    ['date_invalid', { Released: '31 Feb 2011' }],
    ['number_invalid', { Runtime: 'long' }],
    ['number_invalid', { Runtime: '99999999999 min' }],
    ['number_invalid', { imdbRating: '11' }],
    ['number_invalid', { imdbVotes: '-3' }],
    ['number_invalid', { Ratings: [{ Source: 'Rotten Tomatoes', Value: '188%' }] }],
    ['genre_invalid', { Genre: 'x'.repeat(51) }],
    ['name_too_long', { Actors: 'x'.repeat(301) }],
    ['value_invalid', { Plot: { en: 'text' } }],
    ['value_invalid', { Ratings: 'many' }],
  ])('is rejected as %s for %j', (reason, fields) => {
    expect(reasonOf({ ...FILM, ...fields })).toBe(reason);
  });

  it.each(['[]', 'null', '"text"', '{', ''])('that is no object (%s) is rejected', (text) => {
    expect(reasonOf(text)).toBe('json_invalid');
  });

  it('that is an error or the result of a search is outside', () => {
    expect(reasonOf({ Response: 'False', Error: 'Movie not found!' })).toBe('nothing');
    expect(reasonOf({ Response: 'False', Error: 'Error getting data.' })).toBe('outside');
    expect(reasonOf({ Search: [], totalResults: '0', Response: 'True' })).toBe('outside');
  });

  it('is claimed, outside or rejected, whatever it holds', () => {
    const anything = fc.oneof(
      fc.json({ stringUnit: 'binary' }),
      fc.string({ unit: 'binary' }),
      fc
        .dictionary(
          fc.constantFrom(
            ...Object.keys(FILM),
            'Runtime',
            'Ratings',
            'Episodes',
            'Season',
            'Writer',
            'Search',
            'Error',
          ),
          fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' })),
        )
        .map((fields) => JSON.stringify({ ...FILM, ...fields })),
    );
    fc.assert(
      fc.property(anything, fc.string(), (text, request) => {
        const { is } = judgeDocument(documentOf(text, { request }));
        expect(['title', 'season', 'nothing', 'outside', 'rejected']).toContain(is);
      }),
      { numRuns: 2000 },
    );
  });
});

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
