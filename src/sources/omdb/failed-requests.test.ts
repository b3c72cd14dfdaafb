import { describe, expect, it } from 'vitest';

import { makeFilm } from '../../../samples/simulators/omdb.ts';
import { FAULTS } from '../../../samples/simulators/simulator.ts';
import { FILMS, openOmdb, partialOf } from '../../../test/omdb-runs.ts';

describe('OMDb that fails', () => {
  it.each(FAULTS)('with "%s" for one document leaves it for the next run', async (fault) => {
    const { omdb, runs } = await openOmdb();
    runs.films = FILMS;
    omdb.failWhen(({ url }) => (url.includes('tt0000002') ? fault : null));
    expect(partialOf(await runs.read())).toBe('source_unreachable');
    expect(await runs.requests()).toEqual(['i=tt0000001', 'i=tt0000003']);
    omdb.failWhen(() => null);
    expect(partialOf(await runs.read())).toBeNull();
    expect(await runs.requests()).toEqual(['i=tt0000001', 'i=tt0000003', 'i=tt0000002']);
    expect(omdb.asked).toHaveLength(4);
  });

  it.each(FAULTS)('with "%s" three times on end is left alone, and keeps what came', async (fault) => {
    const films = Array.from({ length: 9 }, (_, at) => `tt000010${at}`);
    const { omdb, runs } = await openOmdb({ documents: films.map(makeFilm) });
    runs.films = films;
    omdb.failWhen(() => (omdb.asked.length > 2 ? fault : null));
    expect(partialOf(await runs.read())).toBe('source_unreachable');
    expect(omdb.asked).toHaveLength(5);
    expect(await runs.requests()).toHaveLength(2);
  });

  it('so often that nothing is sent any more ends the run too', async () => {
    const { omdb, runs } = await openOmdb();
    runs.films = FILMS;
    omdb.failWhen(() => 'error');
    for (let run = 0; run < 5; run += 1) expect(partialOf(await runs.read())).toBe('source_unreachable');
    expect(omdb.asked).toHaveLength(10);
  });

  it('with words for it answers a document later', async () => {
    const { omdb, runs } = await openOmdb();
    runs.films = FILMS;
    omdb.errors = { tt0000002: 'Error getting data.' };
    expect(partialOf(await runs.read())).toBe('source_unreachable');
    expect(await runs.requests()).toEqual(['i=tt0000001', 'i=tt0000003']);
    omdb.errors = {};
    expect(partialOf(await runs.read())).toBeNull();
    expect(omdb.queries().slice(3)).toEqual(['i=tt0000002']);
    expect(await runs.requests()).toEqual(['i=tt0000001', 'i=tt0000003', 'i=tt0000002']);
    expect(await runs.read()).toEqual({ state: 'unchanged' });
  });

  it('with words for it three times on end is left alone', async () => {
    const films = Array.from({ length: 9 }, (_, at) => `tt000010${at}`);
    const { omdb, runs } = await openOmdb({ documents: films.map(makeFilm) });
    runs.films = films;
    omdb.errors = Object.fromEntries(films.slice(2).map((film) => [film, 'Something went wrong.']));
    const result = await runs.read();
    expect(result).toMatchObject({
      partial: { message: expect.stringContaining('Something went wrong.') as string },
    });
    expect(omdb.asked).toHaveLength(5);
  });

  it('for the same documents always keeps no run from the others, and each is tried in turn', async () => {
    const films = Array.from({ length: 9 }, (_, at) => `tt000010${at}`);
    const { omdb, runs } = await openOmdb({ documents: films.map(makeFilm) });
    runs.films = films;
    omdb.errors = Object.fromEntries(films.slice(0, 5).map((film) => [film, 'Error getting data.']));
    for (let run = 0; run < 3; run += 1) expect(partialOf(await runs.read())).toBe('source_unreachable');
    expect(await runs.requests()).toEqual(films.slice(5).map((film) => `i=${film}`));
    omdb.errors = Object.fromEntries(films.slice(0, 4).map((film) => [film, 'Error getting data.']));
    for (let run = 0; run < 2; run += 1) await runs.read();
    expect(await runs.requests()).toContain('i=tt0000104');
  });

  it('for a document that is no longer wanted is not asked for it again', async () => {
    const { omdb, runs } = await openOmdb();
    runs.films = FILMS;
    omdb.errors = { tt0000002: 'Error getting data.' };
    await runs.read();
    runs.films = FILMS.slice(0, 1);
    expect(await runs.read()).toEqual({ state: 'unchanged' });
    expect(omdb.asked).toHaveLength(3);
  });

  it('for a document that is old leaves what is known of it', async () => {
    const { omdb, runs } = await openOmdb();
    runs.films = FILMS;
    await runs.read();
    runs.now = new Date('2026-12-22T04:00:00.000Z');
    omdb.errors = { tt0000002: 'Error getting data.' };
    expect(partialOf(await runs.read())).toBe('source_unreachable');
    expect(await runs.requests()).toHaveLength(5);
    omdb.errors = {};
    expect(partialOf(await runs.read())).toBeNull();
    expect(omdb.queries().slice(6)).toEqual(['i=tt0000002']);
  });
});
