import sql from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import type { ServedState } from './catalogue-state.ts';

/** Every genre that a film has, by name, as a JSON array of `{name, films}`. */
export async function listGenres(db: Queryable): Promise<{ json: string; state: ServedState }> {
  const [row] = await db.query<{ version: number; journal_seq: number; genres: string }>(sql`
    select
      state.version,
      state.journal_seq,
      coalesce(
        (
          select json_agg(json_build_object('name', genre.name, 'films', counted.films) order by genre.name)
          from (
            select genre_id, count(*) as films
            from title_genre
            group by genre_id
          ) as counted
          join genre on genre.id = counted.genre_id
        ),
        '[]'
      )::text as genres
    from catalogue_state as state`);
  if (row === undefined) throw new Error('catalogue_state has no row');
  return { json: row.genres, state: { version: row.version, journalSeq: row.journal_seq } };
}
