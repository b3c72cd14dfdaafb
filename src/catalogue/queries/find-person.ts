import sql from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import { readServedJson, type ServedJson } from './served-json.ts';

/** The person with this UUID as `{id, key, name, birthYear, deathYear}`; null if there is none. */
export function findPerson(db: Queryable, id: string): Promise<ServedJson<string | null>> {
  return readServedJson(
    db,
    sql`
      select row_to_json(found)
      from (
        select id, key, name, birth_year as "birthYear", death_year as "deathYear"
        from person
        where id = ${id}
      ) as found`,
  );
}
