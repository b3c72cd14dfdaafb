import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { judgeDocument } from './judge-document.ts';
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
