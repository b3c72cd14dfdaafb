import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openSourceLab } from '../../../test/source-lab.ts';
import type { SourceLab } from '../../../test/source-lab.ts';
import { source } from './index.ts';

const entered = {
  title: 'Ours',
  originalTitle: null,
  kind: 'movie',
  year: 2024,
  releaseDate: null,
  runtimeMinutes: null,
  genres: ['Own', 'Drama'],
  rating: 7.5,
  certificate: null,
  posterUrl: null,
  imdbId: null,
};

describe('the claims of local', () => {
  let lab: SourceLab<unknown>;
  beforeAll(async () => {
    lab = await openSourceLab('local', (request, world) =>
      Promise.resolve(source.claim({ ...request, settings: {} }, world)),
    );
  });
  afterAll(() => lab.close());

  /** Claims a journal of these entries: action, title and document of each. */
  const claim = (...entries: [action: string, titleKey: string, document: unknown][]) =>
    lab.claim(
      {
        'journal.ndjson': entries
          .map(
            ([action, titleKey, document], at) =>
              `${JSON.stringify({ seq: at + 1, action, titleKey, document })}\n`,
          )
          .join(''),
      },
      null,
      null,
    );

  it('are a title for each film that was entered, and what was done last to each value', async () => {
    const { counts, claims } = await claim(
      ['enter_title', 'local:1', entered],
      ['set_values', 'imdb:tt0133093', { year: 1999, rating: 8.5, genres: ['A "b"', 'Été'], title: 'null' }],
      ['write_comment', 'imdb:tt0133093', { author: 'Ann', text: 'Yes', rating: 3 }],
      ['set_values', 'local:1', { title: 'It\'s "ours"', posterUrl: 'https://pictures.example/1' }],
      ['set_values', 'imdb:tt0133093', { year: 2000, rating: null }],
    );
    expect(counts).toEqual([
      { file: 'journal.ndjson', read: 5, claimed: 4, unchanged: 0, outside: 1, rejected: 0, reasons: {} },
    ]);
    expect(await claims('title')).toMatchObject([{ title_key: '1', title: 'Ours', genres: 'Own,Drama' }]);
    expect(await claims('rating')).toEqual([{ title_key: '1', system: 'local', rating: 7.5, votes: null }]);
    expect(await claims('hand_set')).toEqual([
      { about: 'imdb:tt0133093', field: 'genres', value: 'A "b",Été', entry: 2 },
      { about: 'imdb:tt0133093', field: 'rating', value: null, entry: 5 },
      { about: 'imdb:tt0133093', field: 'title', value: 'null', entry: 2 },
      { about: 'imdb:tt0133093', field: 'year', value: '2000', entry: 5 },
      { about: 'local:1', field: 'posterUrl', value: 'https://pictures.example/1', entry: 4 },
      { about: 'local:1', field: 'title', value: 'It\'s "ours"', entry: 4 },
    ]);
  });

  it('are none of a journal in which nobody says anything of a title', async () => {
    const { counts, claims } = await claim(['delete_comment', 'local:1', {}]);
    expect(counts).toMatchObject([{ read: 1, claimed: 0, outside: 1 }]);
    expect([await claims('title'), await claims('hand_set')]).toEqual([[], []]);
  });
});
