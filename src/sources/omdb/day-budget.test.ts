import { describe, expect, it } from 'vitest';

import { EIGHT_SEASONS } from '../../../samples/simulators/omdb.ts';
import { FILMS, SERIES, longSeries, openOmdb, partialOf } from '../../../test/omdb-runs.ts';

describe('the limit of a day', () => {
  it('reached at request 40 ends the run as partial; the next goes on, and the totals add up', async () => {
    const { omdb, runs } = await openOmdb(
      { documents: longSeries(EIGHT_SEASONS), limit: 39 },
      { series: [SERIES] },
    );
    expect(partialOf(await runs.read())).toBe('limit_reached');
    expect(omdb.asked).toHaveLength(40);
    expect(await runs.requests()).toHaveLength(39);
    omdb.limit = 1000;
    expect(partialOf(await runs.read())).toBeNull();
    expect(omdb.asked).toHaveLength(82 + 1);
    const requests = await runs.requests();
    expect([requests.length, new Set(requests).size]).toEqual([82, 82]);
  });

  it('is known by its words with status 200 too', async () => {
    const { runs } = await openOmdb({ limit: 1, limitStatus: 200 });
    runs.films = FILMS;
    expect(partialOf(await runs.read())).toBe('limit_reached');
    expect(await runs.requests()).toEqual(['i=tt0000001']);
  });

  it('set by perDay survives a restart, and comes back the next day of UTC', async () => {
    const { omdb, runs } = await openOmdb({}, { perDay: 2 });
    runs.films = FILMS;
    expect(partialOf(await runs.read())).toBe('limit_reached');
    expect(partialOf(await runs.read())).toBe('limit_reached');
    expect(omdb.asked).toHaveLength(2);
    runs.now = new Date('2026-11-21T23:59:59.999Z');
    await runs.read();
    expect(omdb.asked).toHaveLength(2);
    runs.now = new Date('2026-11-22T00:00:00.000Z');
    expect(partialOf(await runs.read())).toBeNull();
    expect(omdb.asked).toHaveLength(3);
  });

  it('counts a request whose answer never came', async () => {
    const { omdb, runs } = await openOmdb({}, { perDay: 2 });
    runs.films = FILMS;
    omdb.failWhen(() => 'reset');
    await runs.read();
    expect(omdb.asked).toHaveLength(2);
    await runs.read();
    expect(omdb.asked).toHaveLength(2);
  });

  it('is not forgotten when the clock is set back over midnight', async () => {
    const { omdb, runs } = await openOmdb({}, { perDay: 1 });
    runs.films = FILMS;
    runs.now = new Date('2026-11-21T23:59:59.000Z');
    await runs.read();
    runs.now = new Date('2026-11-22T00:00:01.000Z');
    await runs.read();
    runs.now = new Date('2026-11-21T23:59:58.000Z');
    await runs.read();
    expect(omdb.asked).toHaveLength(2);
  });
});
