import sql, { raw, type Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import { readPage, type List, type ListPage, type PageRequest } from './list-page.ts';
import { readServedJson, type ServedJson } from './served-json.ts';

export interface CompanyListRequest extends PageRequest {
  /** Only those of this name, in whatever case; null: all. */
  readonly name: string | null;
}

/** A page of the companies, by name with A to Z in lower case, as `{id, key, name, films}`. */
export function listCompanies(db: Queryable, request: CompanyListRequest): Promise<ListPage> {
  const { name } = request;
  const list: List = {
    from: sql`company as c`,
    where: name === null ? sql`true` : sql`lower(c.name) = lower(${name}::text collate "C")`,
    anyOf: [sql`true`],
    keys: [{ value: sql`lower(c.name)`, descending: false, unknown: null }],
    id: sql`c.id`,
    planEachTime: false,
    columns: sql`c.id, c.key, c.name`,
    properties: companyProperties('placed'),
  };
  return readPage(db, list, request);
}

/** The company with this UUID, in the same form; null if there is none. */
export function findCompany(db: Queryable, id: string): Promise<ServedJson<string | null>> {
  return readServedJson(
    db,
    sql`
      select row_to_json(found)
      from company as c
      cross join lateral (select ${companyProperties('c')}) as found
      where c.id = ${id}`,
  );
}

function companyProperties(alias: string): Sql {
  const c = raw(alias);
  return sql`
    ${c}.id,
    ${c}.key,
    ${c}.name,
    (
      select count(distinct link.title_id)
      from title_company as link
      join title on title.id = link.title_id
      where link.company_id = ${c}.id
      and title.is_film
    ) as films`;
}
