import sql from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import { TITLE_LIST_COLUMNS, titleProperties } from './title-json.ts';
import { readServedJson, type ServedJson } from './served-json.ts';

/**
 * The collection with this UUID as `{id, key, name, films}`; null if there is none. Its films are in the order of
 * release: by year, then date, what is unknown last, then by title and id.
 */
export function findCollection(db: Queryable, id: string): Promise<ServedJson<string | null>> {
  return readServedJson(
    db,
    sql`
      select json_build_object(
        'id', c.id,
        'key', c.key,
        'name', c.name,
        'films', (
          select coalesce(json_agg(row_to_json(film) order by t.year, t.release_date, t.title_sort, t.id), '[]')
          from (
            select ${TITLE_LIST_COLUMNS}, t.title_sort
            from title_detail as d
            join title as t on t.id = d.title_id
            where d.collection_id = c.id
            and t.is_film
          ) as t
          cross join lateral (select ${titleProperties('t')}) as film
        )
      )
      from collection as c
      where c.id = ${id}`,
  );
}
