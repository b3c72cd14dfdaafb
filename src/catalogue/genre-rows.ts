import sql, { type Sql } from 'sql-template-tag';

import type { Transaction } from '../db/database.ts';

/**
 * Takes the rows out of `title_genre` that are of the titles in `ids`, a query. They are found by the titles as they are
 * before the change, since their index leads with genre and sort key.
 */
export function deleteGenreRows(ids: Sql): Sql {
  return sql`
  delete from title_genre as g
  using title as t, genre
  where t.id in (${ids})
    and lower(genre.name) in (select lower(name collate "C") from unnest(t.genres) as has (name))
    and g.genre_id = genre.id
    and g.title_sort = t.title_sort
    and g.title_id = t.id`;
}

/** Lists a title under its genres, if it is a film; each has its row in `genre` already. */
export async function addGenreRows(tx: Transaction, id: string): Promise<void> {
  await tx.query(sql`
    insert into title_genre (
      genre_id, title_id, title_sort, year, runtime_minutes, rating, votes, weighted_rating, popularity
    )
    select
      g.id, t.id, t.title_sort, t.year, t.runtime_minutes, t.rating, t.votes, t.weighted_rating, t.popularity
    from title as t
    join genre as g
      on lower(g.name) in (select lower(name collate "C") from unnest(t.genres) as has (name))
    where t.id = ${id}
      and t.is_film`);
}
