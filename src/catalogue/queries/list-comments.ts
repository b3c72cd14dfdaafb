import sql, { type Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import { commentProperties } from './find-comment.ts';
import { readPage, stretchStatement, type List, type ListPage, type PageRequest } from './list-page.ts';

export interface CommentListRequest extends PageRequest {
  /** The title's own UUID. */
  readonly title: string;
}

/** A page of the comments about a title, under whatever key of it they were given: newest first, then by id, descending. */
export function listComments(db: Queryable, { title, ...request }: CommentListRequest): Promise<ListPage> {
  return readPage(db, commentList(sql`${title}`), request);
}

/** Comments that stand in the document of their title; of more, lists have pages. */
export const COMMENTS_INCLUDED = 20;

/** The newest comments about a title, a row of `title` named `t`, as JSON, in the order of the list. */
export const NEWEST_COMMENTS = sql`(
  select coalesce(json_agg(row_to_json(item) order by c.created_at desc, c.id desc), '[]')
  from (
    ${stretchStatement(commentList(sql`t.id`), { direction: 'forward', beyond: null }, COMMENTS_INCLUDED)}
  ) as c
  cross join lateral (select ${commentProperties('c')}) as item
)`;

/** `title`: its own UUID. */
function commentList(title: Sql): List {
  return {
    from: sql`comment as c`,
    where: sql`true`,
    // Nearly all are of its id; of that alone an index has them in order.
    anyOf: [sql`c.alias_id = ${title}`, sql`c.alias_id in (${aliasesOf(title)})`],
    keys: [{ value: sql`c.created_at`, descending: true, unknown: null }],
    id: sql`c.id`,
    planEachTime: false,
    columns: sql`c.id, c.alias_id, c.author, c.text, c.created_at, c.updated_at, c.revision`,
    properties: commentProperties('placed'),
  };
}

/** The ids that lead to a title. */
function aliasesOf(title: Sql): Sql {
  return sql`select alias_id from title_alias where title_id = ${title}`;
}
