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
        array['a', null, 'b "c" \\ d', ''] as texts,
        array[1, null]::int8[] as int8s,
        array[1.50]::numeric[] as numerics,
        array['1999-03-31', null]::date[] as dates,
        '\\x00ff'::bytea as bytes,
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
      texts: ['a', null, 'b "c" \\ d', ''],
      int8s: [1, null],
      numerics: ['1.50'],
      dates: ['1999-03-31', null],
      bytes: Buffer.from([0, 255]),
      bool: true,
      nothing: null,
    });
  });

  test('arrive as they were given', async () => {
    const { db } = await open();
    const texts = ['a', null, 'b "c" \\ d', '', 'null', '{x,y}', 'Ünïcødé 映画 🎬'];
    const at = new Date('2026-11-21T02:00:00.123Z');
    const bytes = Buffer.from([0, 255]);
    const [row] = await db.query(sql`
      select
        ${texts}::text[] as texts,
        ${[]}::text[] as none,
        ${[
          [1, 2],
          [3, 4],
        ]}::int[] as grid,
        ${at}::timestamptz as at,
        ${'1999-03-31'}::date as date,
        ${{ a: ['x'] }}::jsonb as document,
        ${bytes}::bytea as bytes,
        ${false}::boolean as bool,
        ${2n ** 62n}::numeric as big,
        ${undefined}::int as nothing
    `);
    expect(row).toEqual({
      texts,
      none: [],
      grid: [
        [1, 2],
        [3, 4],
      ],
      at,
      date: '1999-03-31',
      document: { a: ['x'] },
      bytes,
      bool: false,
      big: '4611686018427387904',
      nothing: null,
    });
  });

  test('of times are written in UTC', async () => {
    const { db } = await open();
    const [row] = await db.query(sql`select to_json('2026-11-21T03:00:00+01:00'::timestamptz) as text`);
    expect(row).toEqual({ text: '2026-11-21T02:00:00+00:00' });
  });
});

describeOnEachDatabase('a statement', (open) => {
  test('gives no rows where it gives none', async () => {
    const { db } = await open();
    expect(await db.query(sql`create table thing (id int)`)).toEqual([]);
    expect(await db.query(sql`insert into thing values (1)`)).toEqual([]);
  });

  test('that violates a constraint says which', async () => {
    const { db } = await open();
    const insert = sql`insert into genre (name) values ('Drama')`;
    await db.query(insert);
    await expect(db.query(insert)).rejects.toMatchObject({
      name: 'DatabaseError',
      code: '23505',
      constraint: 'genre_name_unique',
    });
  });

  test('goes on to work after it has failed', async () => {
    const { db } = await open();
    const divide = (by: number) => db.query(sql`select 6 / ${by}::int as result`);
    await expect(divide(0)).rejects.toMatchObject({ code: '22012', constraint: null });
    expect(await divide(2)).toEqual([{ result: 3 }]);
    expect(await divide(3)).toEqual([{ result: 2 }]);
  });

  test('of several is all or nothing', async () => {
    const { db } = await open();
    await expect(db.execute('create table thing (id int); select 1 / 0')).rejects.toMatchObject({
      code: '22012',
    });
    expect(await db.query(sql`select to_regclass('thing') as thing`)).toEqual([{ thing: null }]);
  });

  test('that recurses without end is refused', async () => {
    const { db } = await open();
    await db.execute(`
      create function endless(n int) returns int language plpgsql as $$ begin return endless(n + 1); end $$
    `);
    await expect(db.query(sql`select endless(1)`)).rejects.toMatchObject({ code: '54001' });
    await expect(db.execute(`select ${Array(100_000).fill('1').join(' + ')}`)).rejects.toMatchObject({
      code: '54001',
    });
    expect(await db.query(sql`select 1 as one`)).toEqual([{ one: 1 }]);
  });

  test('after the close is refused, and closing twice is once', async () => {
    const { db } = await open();
    await db.close();
    await db.close();
    await expect(db.query(sql`select 1`)).rejects.toMatchObject({ code: 'database_unreachable' });
  });
});
