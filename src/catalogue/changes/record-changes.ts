import sql, { raw, type Sql } from 'sql-template-tag';

import type { Queryable, Transaction } from '../../db/database.ts';
import type { CommentEvent } from '../../model/change.ts';
import { FINGERPRINTED_PARTS } from '../queries/title-document.ts';

/** What a block is told of titles: their documents before and after. */
interface ChangedTitles {
  readonly block: number;
  /** How many changes the block has already. */
  readonly changes: number;
  /** Selects of `id`, `key`, `document`; a title that is not there has no row. */
  readonly before: Sql;
  readonly after: Sql;
  /** The table that says where ids lead afterwards. */
  readonly alias: 'title_alias' | 'publish_alias';
}

/**
 * Writes what differs between the documents, a change for each title, in the order of ids; gives how many there are. Of a
 * title in which nothing differs there is none.
 */
export async function recordChanges(db: Queryable, told: ChangedTitles): Promise<number> {
  const [row] = await db.query<{ written: number }>(sql`
    with written as (
      insert into change (block, place, kind, title_id, title_key, fields, before, after, into_id)
      select
        ${told.block}::bigint,
        ${told.changes}::int + row_number() over (order by id),
        kind, id, key, fields, before, after, into_id
      from (${changesOf(told)}) as changed
      returning place
    )
    select count(*) as written from written`);
  return row?.written ?? 0;
}

/** Writes that something was done to a comment on a title, as the next change of the block. */
export async function recordComment(
  tx: Transaction,
  {
    block,
    changes,
    title,
    comment,
  }: {
    readonly block: number;
    readonly changes: number;
    readonly title: { readonly id: string; readonly key: string };
    readonly comment: { readonly id: string; readonly event: CommentEvent };
  },
): Promise<void> {
  await tx.query(sql`
    insert into change (block, place, kind, title_id, title_key, comment_id, comment_change)
    values (${block}, ${changes + 1}, 'commented', ${title.id}, ${title.key}, ${comment.id}, ${comment.event})`);
}

function changesOf({ before, after, alias }: ChangedTitles): Sql {
  return sql`
    select
      coalesce(a.id, b.id) as id,
      coalesce(a.key, b.key) as key,
      case
        when b.id is null then 'created'
        when a.id is not null then 'updated'
        when alias.title_id is not null then 'merged'
        else 'deleted'
      end as kind,
      difference.fields,
      case when a.id is null then b.document else difference.before end - ${[...FINGERPRINTED_PARTS]}::text[] as before,
      difference.after - ${[...FINGERPRINTED_PARTS]}::text[] as after,
      case when a.id is null then alias.title_id end as into_id
    from (${before}) as b
    full join (${after}) as a on a.id = b.id
    left join ${raw(alias)} as alias on alias.alias_id = b.id
    left join lateral (
      select
        array_agg(key order by key collate "C") as fields,
        coalesce(jsonb_object_agg(key, was.value) filter (where was.value is not null), '{}') as before,
        coalesce(jsonb_object_agg(key, is_now.value) filter (where is_now.value is not null), '{}') as after
      from jsonb_each(b.document) as was
      full join jsonb_each(a.document) as is_now using (key)
      where was.value is distinct from is_now.value
    ) as difference on a.id = b.id
    where b.id is null
      or a.id is null
      or b.document <> a.document`;
}
