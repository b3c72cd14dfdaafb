import sql from 'sql-template-tag';

import type { Queryable, Transaction } from '../db/database.ts';
import { lowerAscii } from '../lib/lower-ascii.ts';

export interface Genre {
  readonly id: number;
  readonly name: string;
}

/**
 * Gives the genres that are new a row. In one order always: two transactions that each wait for a genre of the other's
 * would wait for ever.
 */
export async function addGenres(tx: Transaction, names: readonly string[]): Promise<void> {
  for (const name of names.toSorted((a, b) => (lowerAscii(a) < lowerAscii(b) ? -1 : 1))) {
    await tx.query(sql`
      insert into genre (name)
      select ${name}::text
      where not exists (select from genre where lower(name) = lower(${name}::text collate "C"))
      on conflict do nothing`);
  }
}

/** Every genre by its name with A to Z in lower case. */
export async function findGenres(db: Queryable): Promise<Map<string, Genre>> {
  const genres = await db.query<Genre>(sql`select id, name from genre order by id`);
  return new Map(genres.map((genre) => [lowerAscii(genre.name), genre]));
}
