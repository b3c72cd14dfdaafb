import sql, { raw, type Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import { readServedArray, type ServedJson } from './served-json.ts';

/** Every country, by code, as a JSON array of `{code, name, films}`. */
export function listCountries(db: Queryable): Promise<ServedJson> {
  return listCodes(db, 'country', sql`select title_id, country_code as code from title_country`);
}

/** Every language, by code, in the same form; `films` are those that are originally in it or have it spoken. */
export function listLanguages(db: Queryable): Promise<ServedJson> {
  return listCodes(
    db,
    'language',
    sql`
      select title_id, language_code as code
      from title_language
      union all
      select title_id, original_language
      from title_detail
      where original_language is not null`,
  );
}

function listCodes(db: Queryable, thing: string, links: Sql): Promise<ServedJson> {
  const codes = sql`
    select thing.code, thing.name, coalesce(counted.films, 0) as films
    from ${raw(thing)} as thing
    left join (
      select link.code, count(*) as films
      from (select distinct title_id, code from (${links}) as links) as link
      join title on title.id = link.title_id
      where title.is_film
      group by link.code
    ) as counted on counted.code = thing.code`;
  return readServedArray(db, codes, raw('code'));
}
