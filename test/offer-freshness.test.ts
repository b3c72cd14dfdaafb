import { expect, it } from 'vitest';

import { openTestApi } from './api.ts';
import { describeOnEachDatabase } from './databases.ts';

const NOON = new Date('2026-11-21T12:00:00Z');

describeOnEachDatabase('how long an offer is fresh', (open) => {
  it.each([
    [null, 14, 15],
    ['every 1m', 14, 15],
    ['every 5m', 14, 15],
    ['every 30 m', 89, 90],
    ['every 1h', 179, 180],
    ['every 999999d', 1_000_000, null],
    ['0 * * * *', 14, 15],
    ['off', 14, 15],
  ])('with the schedule %s', async (schedule, freshMinutes, staleMinutes) => {
    const { db } = await open();
    let now = NOON;
    const app = await openTestApi(db, { now: () => now });
    await db.query({
      text: `insert into source (name, state, schedule) values ('prices', 'done', $1)`,
      values: [schedule],
    });
    await db.execute(`
      insert into seller (name, currency, asked) values ('shop', 'AUD', true);
      insert into offer (
        seller, listing_key, alias_id, title, title_sort, price, currency, observed_at, checked_at, listed
      )
      values ('shop', '1', gen_random_uuid(), 'One', 'one', 1, 'AUD', '${NOON.toISOString()}', '${NOON.toISOString()}', true)`);
    const stateAfter = async (minutes: number) => {
      now = new Date(NOON.getTime() + minutes * 60_000);
      return (await app.inject('/offers')).json<{ data: { state: string }[] }>().data[0]?.state;
    };
    expect(await stateAfter(freshMinutes)).toBe('fresh');
    if (staleMinutes !== null) expect(await stateAfter(staleMinutes)).toBe('stale');
    await app.close();
  });
});
