import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openMoviesDatasetLab } from '../../../test/movies-dataset-lab.ts';
import type { MoviesDatasetLab } from '../../../test/movies-dataset-lab.ts';
import { countRepeats } from './rating-pairs.ts';

let lab: MoviesDatasetLab;

beforeAll(async () => {
  lab = await openMoviesDatasetLab();
});

afterAll(() => lab.close());

describe('repeats of user and film', () => {
  test('are counted in any order of the ratings', async () => {
    const pair = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }));
    const sorted = fc
      .array(pair, { minLength: 1, maxLength: 12 })
      .map((pairs) => pairs.sort(([a, b], [c, d]) => a - c || b - d));
    const runs = fc.oneof(
      fc.array(pair, { minLength: 1, maxLength: 12 }),
      sorted,
      fc.array(sorted, { minLength: 1, maxLength: 3 }).map((all) => all.flat()),
    );
    await fc.assert(
      fc.asyncProperty(runs, async (pairs) => {
        const values = pairs.map(([user, movie]) => `(${user}, ${movie})`).join(', ');
        await lab.engine.run(
          `create or replace temp table movies_dataset_ratings as select cast(u as bigint) as user_id, cast(m as bigint) as movie_id from (values ${values}) as t(u, m)`,
        );
        const distinct = new Set(pairs.map((one) => one.join())).size;
        expect(await countRepeats(lab.engine, pairs.length)).toBe(pairs.length - distinct);
      }),
      { numRuns: 200 },
    );
  });

  test('are counted in a long file without order', async () => {
    await lab.engine.run(`create or replace temp table movies_dataset_ratings as
select 100000 - i % 90000 as user_id, 1 as movie_id
from range(100000) as t(i)`);
    expect(await countRepeats(lab.engine, 100_000)).toBe(10_000);
  });
});
