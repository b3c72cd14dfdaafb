import sql from 'sql-template-tag';
import { expect, test } from 'vitest';

import { describeOnEachDatabase } from '../../test/databases.ts';

describeOnEachDatabase('values', (open) => {
  test('come back as the types that the interface names', async () => {
    const { db } = await open();
    const [row] = await db.query(sql`
      select
        9007199254740991::int8 as int8,
        0.1::float8 as float8,
        1.50::numeric as numeric,
        '2026-11-21T02:00:00Z'::timestamptz as timestamptz,
        '1999-03-31'::date as date,
        '{"a": [1, null]}'::json as json,
        '{"a": [1, null]}'::jsonb as jsonb,
        array['a', null, 'b "c" \\ d'] as texts,
        array[1, 2]::int8[] as int8s,
        array[1.50]::numeric[] as numerics,
        array['1999-03-31', null]::date[] as dates,
        true as bool,
        null::text as nothing
    `);
    expect(row).toEqual({
      int8: 9007199254740991,
      float8: 0.1,
      numeric: '1.50',
      timestamptz: new Date('2026-11-21T02:00:00Z'),
      date: '1999-03-31',
      json: { a: [1, null] },
      jsonb: { a: [1, null] },
      texts: ['a', null, 'b "c" \\ d'],
      int8s: [1, 2],
      numerics: ['1.50'],
      dates: ['1999-03-31', null],
      bool: true,
      nothing: null,
    });
  });
});
