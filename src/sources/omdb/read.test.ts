import { describe, expect, it } from 'vitest';

import { EIGHT_SEASONS, makeFilm } from '../../../samples/simulators/omdb.ts';
import {
  FILMS,
  SERIES,
  SHORT,
  SHORT_REQUESTS,
  longSeries,
  openOmdb,
  partialOf,
} from '../../../test/omdb-runs.ts';

describe('reading OMDb', () => {
  it('asks for a series of 8 seasons and 73 episodes in exactly 1 + 8 + 73 requests', async () => {
    const { omdb, runs } = await openOmdb({ documents: longSeries(EIGHT_SEASONS) }, { series: [SERIES] });
    expect(partialOf(await runs.read())).toBeNull();
    expect(omdb.asked).toHaveLength(1 + 8 + 73);
    expect(new Set(omdb.queries()).size).toBe(82);
    expect(await runs.requests()).toEqual(omdb.queries());
    expect(await runs.read()).toEqual({ state: 'unchanged' });
    expect(omdb.asked).toHaveLength(82);
  });

  it('asks once more for each gap in the numbers of a season', async () => {
    const gaps = [
      { season: 1, episode: 3 },
      { season: 4, episode: 1 },
      { season: 8, episode: 5 },
    ];
    const { omdb, runs } = await openOmdb(
      { documents: longSeries(EIGHT_SEASONS, gaps) },
      { series: [SERIES] },
    );
    await runs.read();
    expect(omdb.asked).toHaveLength(1 + 8 + 73 + 3);
    expect(omdb.queries().filter((query) => query.includes('Episode='))).toEqual([
      'i=tt9000000&Season=1&Episode=3',
      'i=tt9000000&Season=4&Episode=1',
      'i=tt9000000&Season=8&Episode=5',
    ]);
    expect(await runs.read()).toEqual({ state: 'unchanged' });
  });

  it('asks by its number for an episode that the list leaves out or gives no id', async () => {
    const { omdb, runs } = await openOmdb(
      {
        documents: longSeries([4]),
        unlisted: [{ season: 1, episode: 2 }],
        withoutId: [{ season: 1, episode: 3 }],
      },
      { series: ['tt9000000'] },
    );
    await runs.read();
    expect(omdb.queries()).toEqual([
      'i=tt9000000',
      'i=tt9000000&Season=1',
      'i=tt9000001',
      'i=tt9000004',
      'i=tt9000000&Season=1&Episode=2',
      'i=tt9000000&Season=1&Episode=3',
    ]);
  });

  it('asks for the films of the catalogue after the series, in their order', async () => {
    const { omdb, runs } = await openOmdb(
      { documents: [...SHORT, ...FILMS.map(makeFilm)] },
      { series: [SERIES] },
    );
    runs.films = ['tt0000003', 'tt0000001', 'tt9000001'];
    await runs.read();
    expect(omdb.queries().slice(SHORT_REQUESTS)).toEqual(['i=tt0000003', 'i=tt0000001']);
  });

  it('asks for no film where the settings say so', async () => {
    const { omdb, runs } = await openOmdb({}, { enrich: false });
    runs.films = FILMS;
    await runs.read();
    expect(omdb.asked).toEqual([]);
  });

  it('asks for an unknown id once, and again after refreshAfterDays', async () => {
    const { omdb, runs } = await openOmdb({}, { series: ['No Such Series'] });
    runs.films = ['tt7777777'];
    await runs.read();
    await runs.read();
    expect(omdb.asked).toHaveLength(2);
    runs.now = new Date('2026-12-22T04:00:00.000Z');
    await runs.read();
    expect(omdb.asked).toHaveLength(4);
  });

  it('gives the files of all runs before beside its own', async () => {
    const { runs } = await openOmdb();
    runs.films = FILMS.slice(0, 2);
    await runs.read();
    runs.films = FILMS;
    const result = await runs.read();
    expect(result.state === 'read' && result.files.map(({ name }) => name)).toEqual([
      'documents-000001.ndjson.gz',
      'documents-000002.ndjson.gz',
    ]);
    expect(await runs.requests()).toEqual(FILMS.map((film) => `i=${film}`));
  });
});

describe('documents of OMDb that are old', () => {
  const LATER = new Date('2026-12-22T04:00:00.000Z');

  it('are asked for again once nothing new is left, a season with its series', async () => {
    const { omdb, runs } = await openOmdb(
      { documents: [...SHORT, ...FILMS.map(makeFilm)] },
      { series: [SERIES] },
    );
    runs.films = FILMS.slice(0, 1);
    await runs.read();
    const first = omdb.queries();
    runs.now = LATER;
    runs.films = FILMS.slice(0, 2);
    await runs.read();
    expect(omdb.queries().slice(first.length)).toEqual(['i=tt0000002', ...first]);
  });

  it('bring the episodes that are new in a season', async () => {
    const { omdb, runs } = await openOmdb({ documents: longSeries([2]) }, { series: [SERIES] });
    await runs.read();
    omdb.documents = longSeries([3]);
    runs.now = LATER;
    await runs.read();
    expect(omdb.queries().slice(4)).toContain('i=tt9000003');
  });

  it('make no run partial when the day ends while only they are left', async () => {
    const { omdb, runs } = await openOmdb({}, { perDay: 3 });
    runs.films = FILMS;
    await runs.read();
    runs.now = LATER;
    runs.settings = { ...runs.settings, perDay: 2 };
    expect(partialOf(await runs.read())).toBeNull();
    expect(omdb.asked).toHaveLength(5);
  });
});
