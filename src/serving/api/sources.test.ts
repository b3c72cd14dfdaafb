import sql from 'sql-template-tag';
import { expect, test } from 'vitest';

import { openTestApi } from '../../../test/api.ts';
import { describeOnEachDatabase } from '../../../test/databases.ts';

interface Runs {
  readonly data: readonly { name: string }[];
  readonly page: { next: string | null; prev: string | null };
}

const NEVER_READ = {
  checkedAt: null,
  freshAt: null,
  ageSeconds: null,
  isStale: false,
  staleAfterSeconds: null,
  schedule: null,
  nextRunAt: null,
  run: null,
};

describeOnEachDatabase('sources', (open) => {
  test('list their runs newest first, those of one moment by name, page by page and back', async () => {
    const { db } = await open();
    await db.query(sql`insert into source (name, state) values ('imdb', 'done'), ('local', 'never')`);
    await db.query(sql`
      insert into run
      select 'r' || n, 'imdb', 'done', timestamptz '2026-11-21 02:00:00.000001' + n / 2 * interval '1 microsecond', null, '{}'
      from generate_series(0, 6) as n`);
    const api = await openTestApi(db);
    const page = async (url: string | null) => (await api.inject(url ?? '')).json<Runs>();
    const names = ({ data }: Runs) => data.map(({ name }) => name);
    const first = await page('/sources/imdb/runs?limit=3');
    const second = await page(first.page.next);
    const third = await page(second.page.next);
    expect([first, second, third].map(names)).toEqual([['r6', 'r5', 'r4'], ['r3', 'r2', 'r1'], ['r0']]);
    expect(third.page.next).toBeNull();
    expect(names(await page(third.page.prev))).toEqual(['r3', 'r2', 'r1']);
    expect(await page('/sources/local/runs')).toMatchObject({ data: [], page: { next: null, prev: null } });
    expect((await api.inject('/sources/none/runs')).statusCode).toBe(404);
  });

  test('are listed by name, with how the last run failed', async () => {
    const { db } = await open();
    await db.query(sql`
      insert into source values
        ('imdb', 'failed', '2026-11-21 02:00:00Z', null, 'r1', 'file_empty', 'It is empty.'),
        ('ghibli', 'never', null, null, null, null, null)`);
    const api = await openTestApi(db);
    expect((await api.inject('/sources')).json()).toEqual({
      data: [
        { ...NEVER_READ, name: 'ghibli', state: 'never', error: null },
        {
          ...NEVER_READ,
          name: 'imdb',
          state: 'failed',
          checkedAt: '2026-11-21T02:00:00.000000Z',
          run: 'r1',
          error: { code: 'file_empty', message: 'It is empty.' },
        },
      ],
    });
  });
});
