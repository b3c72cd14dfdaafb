import sql from 'sql-template-tag';

import type { Transaction } from '../../db/database.ts';
import type { CommentWords } from '../../model/comment.ts';
import { titleId } from '../../model/title-key.ts';

const BATCH = 1_000;

interface RebuiltComment extends CommentWords {
  readonly id: string;
  readonly titleKey: string;
}

/** Makes the comments that the temporary table `restored_comment` names what the journal says of them. */
export async function rebuildComments(tx: Transaction, idSalt: string): Promise<void> {
  await tx.execute(CLEAR_DELETED);
  let last = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const comments = await listRebuilt(tx, last);
    const end = comments.at(-1);
    if (end === undefined) return;
    last = end.id;
    const rows = comments.map((comment) => ({ ...comment, aliasId: titleId(idSalt, comment.titleKey) }));
    await putComments(tx, JSON.stringify(rows));
  }
}

/** Their words go as they did when the comments were deleted. */
const CLEAR_DELETED = `
  create temp table deleted_comment on commit drop as
  select distinct comment_id as id
  from journal
  where action = 'delete_comment'
    and comment_id in (select id from restored_comment);

  delete from comment where id in (select id from deleted_comment);
  update journal set document = '{}' where document <> '{}' and comment_id in (select id from deleted_comment);
  delete from restored_comment where id in (select id from deleted_comment)`;

/** Some of the comments with the ids after `last`, as their first and their last entry have them. */
function listRebuilt(tx: Transaction, last: string): Promise<RebuiltComment[]> {
  return tx.query<RebuiltComment>(sql`
    select
      of_comment.id,
      written.title_key as "titleKey",
      changed.document ->> 'author' as author,
      changed.document ->> 'text' as text,
      written.written_at as "createdAt",
      changed.written_at as "updatedAt",
      of_comment.entries as revision,
      written.api_key_id as "apiKeyId"
    from (
      select comment_id as id, min(seq) as first, max(seq) as last, count(*) as entries
      from journal
      where comment_id > ${last}
        and comment_id in (select id from restored_comment)
      group by comment_id
      order by comment_id
      limit ${BATCH}
    ) as of_comment
    join journal as written on written.seq = of_comment.first
    join journal as changed on changed.seq = of_comment.last
    order by of_comment.id`);
}

async function putComments(tx: Transaction, rows: string): Promise<void> {
  await tx.query(sql`
    insert into comment (id, title_key, alias_id, author, text, created_at, updated_at, revision, api_key_id)
    select id, "titleKey", "aliasId", author, text, "createdAt", "updatedAt", revision, "apiKeyId"
    from jsonb_to_recordset(${rows}::jsonb) as c (
      id uuid, "titleKey" text, "aliasId" uuid, author text, text text, "createdAt" timestamptz,
      "updatedAt" timestamptz, revision integer, "apiKeyId" uuid
    )
    on conflict (id) do update
    set
      author = excluded.author,
      text = excluded.text,
      created_at = excluded.created_at,
      updated_at = excluded.updated_at,
      revision = excluded.revision`);
}
