import sql, { raw, type Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import type { Comment } from '../../model/comment.ts';
import { utc } from './offer-rows.ts';
import { readServedJson, type ServedJson } from './served-json.ts';

/** The properties of a `Comment`, in its order, made of a row of `comment` named `alias`. It follows the key that it holds. */
export function commentProperties(alias: string): Sql {
  const c = raw(alias);
  return sql`
    ${c}.id,
    (
      select row_to_json(one)
      from (
        select id, key, kind, title
        from title
        where id = coalesce((select title_id from title_alias where alias_id = ${c}.alias_id), ${c}.alias_id)
      ) as one
    ) as title,
    ${c}.author,
    ${c}.text,
    ${utc(sql`${c}.created_at`)} as "createdAt",
    ${utc(sql`${c}.updated_at`)} as "updatedAt",
    ${c}.revision`;
}

const COMMENT = (id: string) => sql`
  select row_to_json(found)
  from comment as c
  cross join lateral (select ${commentProperties('c')}) as found
  where c.id = ${id}`;

/** The comment with this UUID, as the JSON of a `Comment`; null if there is none. */
export function findComment(db: Queryable, id: string): Promise<ServedJson<string | null>> {
  return readServedJson(db, COMMENT(id));
}

/** The comment with this UUID, for whoever has just written it. */
export async function readComment(db: Queryable, id: string): Promise<Comment> {
  const [row] = await db.query<{ comment: Comment }>(sql`select (${COMMENT(id)}) as comment`);
  if (row === undefined) throw new Error(`The comment ${id} was written and is not there.`);
  return row.comment;
}
