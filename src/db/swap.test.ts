import sql from 'sql-template-tag';
import { expect, test } from 'vitest';

import { describeOnEachDatabase } from '../../test/databases.ts';
import type { Database } from './database.ts';

const READERS = 8;
const SWAPS = 25;

interface Seen {
  readonly films: number;
  readonly genres: number;
}

describeOnEachDatabase('tables swapped by rename', (open) => {
  test('are read whole, the old or the new, by statements prepared before', async () => {
    const { db } = await open();
    await createVersion(db, 'film', 'film_genre', 0);
    const swapping = { done: false };
    const readers = Array.from({ length: READERS }, () => readUntil(db, swapping));
    for (let version = 1; version <= SWAPS; version += 1) await swapIn(db, version);
    swapping.done = true;
    const seen = (await Promise.all(readers)).flat();
    expect(seen.filter(({ films, genres }) => films !== genres)).toEqual([]);
    expect(seen.length).toBeGreaterThan(READERS);
    expect(await readVersions(db)).toEqual({ films: SWAPS, genres: SWAPS });
  });
});

async function readUntil(db: Database, swapping: { done: boolean }): Promise<Seen[]> {
  const seen: Seen[] = [];
  while (!swapping.done) seen.push(await readVersions(db));
  return seen;
}

async function readVersions(db: Database): Promise<Seen> {
  const [row] = await db.query<Seen>(sql`
    select
      (select sum(version) / count(*) from film) ::int as films,
      (select sum(version) / count(*) from film_genre)::int as genres
  `);
  if (row === undefined) throw new Error('No row.');
  return row;
}

async function createVersion(db: Database, film: string, genre: string, version: number): Promise<void> {
  await db.execute(`
    create table ${film} as select ${version} as version from generate_series(1, 100);
    create table ${genre} as select ${version} as version from generate_series(1, 300);
  `);
}

async function swapIn(db: Database, version: number): Promise<void> {
  await createVersion(db, 'film_new', 'film_genre_new', version);
  await db.transaction((tx) =>
    tx.execute(`
      lock table film, film_genre in access exclusive mode;
      alter table film rename to film_old;
      alter table film_new rename to film;
      alter table film_genre rename to film_genre_old;
      alter table film_genre_new rename to film_genre;
    `),
  );
  await db.execute('drop table film_old, film_genre_old');
}
