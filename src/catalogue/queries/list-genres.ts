import sql, { raw } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import { readServedArray, type ServedJson } from './served-json.ts';

/** Every genre that a film has, by name, as a JSON array of `{name, films}`. */
export function listGenres(db: Queryable): Promise<ServedJson> {
  const genres = sql`
    select genre.name, counted.films
    from (
      select genre_id, count(*) as films
      from title_genre
      group by genre_id
    ) as counted
    join genre on genre.id = counted.genre_id`;
  return readServedArray(db, genres, raw('name'));
}
