import sql, { join, type Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import { readPage, type ListPage, type PageRequest } from './list-page.ts';
import { utc } from './offer-rows.ts';

/** What the account of all writing is narrowed to. Null: not by that. */
export interface JournalFilters {
  /** The id of the API key that wrote. */
  readonly key: string | null;
  /** The UUID of the title that it is about; an id that leads to it will do. */
  readonly title: string | null;
  readonly action: string | null;
}

export interface JournalListRequest extends PageRequest {
  readonly filters: JournalFilters;
}

/** A page of what people wrote, newest first. */
export function listJournal(db: Queryable, { filters, ...request }: JournalListRequest): Promise<ListPage> {
  return readPage(
    db,
    {
      from: sql`journal as j`,
      where: conditions(filters),
      anyOf: [sql`true`],
      keys: [{ value: sql`j.seq`, descending: true, unknown: null }],
      id: sql`j.id`,
      planEachTime: false,
      columns: sql`j.id, j.seq, j.written_at, j.api_key_id, j.action, j.title_key, j.comment_id, j.document`,
      properties: sql`
        placed.seq,
        ${utc(sql`placed.written_at`)} as at,
        placed.action,
        placed.title_key as "titleKey",
        placed.comment_id as "commentId",
        case when placed.api_key_id is not null then json_build_object(
          'id', placed.api_key_id,
          'name', (select name from api_key where id = placed.api_key_id)
        ) end as by,
        placed.document`,
    },
    request,
  );
}

function conditions({ key, title, action }: JournalFilters): Sql {
  return join(
    [
      sql`true`,
      ...(key === null ? [] : [sql`j.api_key_id = ${key}`]),
      ...(title === null ? [] : [sql`j.title_key in (${keysOf(title)})`]),
      ...(action === null ? [] : [sql`j.action = ${action}`]),
    ],
    ' and ',
  );
}

/** Every key that the title has had, served or gone. */
function keysOf(id: string): Sql {
  const title = sql`coalesce((select title_id from title_alias where alias_id = ${id}), ${id})`;
  return sql`
    select key from title where id = ${title}
    union all
    select key from title_alias where title_id = ${title}
    union all
    select key from title_gone where id = ${id}`;
}
