import sql from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import { NO_FILTERS } from './title-filters.ts';
import { titleProperties } from './title-json.ts';
import { titleList } from './list-titles.ts';
import { readPage, type ListPage, type PageRequest } from './list-page.ts';

export interface PersonFilmsRequest extends PageRequest {
  readonly personId: string;
}

/**
 * A page of the films that the person worked on, newest year first, unknown years last, then by id, descending;
 * each as `{film, credits}` with what the person did in it. Null if there is no such person.
 */
export async function listPersonFilms(db: Queryable, request: PersonFilmsRequest): Promise<ListPage | null> {
  const { personId } = request;
  const list = titleList({ ...NO_FILTERS, person: [personId] }, [{ by: 'year', descending: true }]);
  const page = await readPage(db, { ...list, properties: filmAndCredits(personId) }, request);
  return page.itemsJson === '[]' && !(await isPerson(db, personId)) ? null : page;
}

function filmAndCredits(personId: string) {
  return sql`
    (select row_to_json(film) from (select ${titleProperties('placed')}) as film) as film,
    (
      select json_agg(
        json_build_object(
          'category', credit.category,
          'department', credit.department,
          'job', credit.job,
          'characters', coalesce(credit.characters, '[]')
        )
        order by credit.part, credit.ordering
      )
      from credit
      where credit.title_id = placed.id
      and credit.person_id = ${personId}
    ) as credits`;
}

async function isPerson(db: Queryable, id: string): Promise<boolean> {
  return (await db.query(sql`select from person where id = ${id}`)).length > 0;
}
