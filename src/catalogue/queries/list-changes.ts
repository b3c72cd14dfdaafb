import sql, { empty, raw, type Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import type { ChangeKind, CommentEvent } from '../../model/change.ts';
import { FilmbaseError } from '../../model/errors.ts';
import type { ServedState } from './catalogue-state.ts';
import { isoTime } from './iso-time.ts';

/** A change as the feed tells it. */
export interface ListedChange {
  /** Numbered in the order of commits, without a gap but where a backup was restored: there a snapshot comes after it. */
  readonly seq: number;
  /** ISO 8601 in UTC; never earlier than that of a change before it. */
  readonly at: string;
  readonly kind: ChangeKind;
  /** Null: of a snapshot. */
  readonly titleId: string | null;
  readonly titleKey: string | null;
  /** Null: not of an update. */
  readonly fields: readonly string[] | null;
  /** The title that a merged one is part of now. */
  readonly into: string | null;
  readonly comment: { readonly id: string; readonly change: CommentEvent } | null;
  readonly by: 'sync' | 'person';
  /** The catalogue version that a sync published; null also of the snapshot of a restore. */
  readonly version: number | null;
}

export interface ChangeRequest {
  /** The number of the last change that is known. */
  readonly since: number;
  /** Empty: all kinds. */
  readonly kinds: readonly ChangeKind[];
  /** Most changes to give. */
  readonly limit: number;
}

export interface ChangePage {
  /** In order. */
  readonly changes: readonly ListedChange[];
  /** To be asked since next: that of the last change looked at. */
  readonly next: number;
  /** The number of the last change that there is. */
  readonly latest: number;
  readonly state: ServedState;
}

/** Among so many changes those of some kinds are looked for at a time. */
const LOOKED_AT = 10_000;

interface PageRow {
  readonly version: number;
  readonly journal_seq: number;
  readonly latest: number;
  readonly oldest: number;
  /** Up to which number changes were looked for: past a gap, where the range ends in one; null: there are none after it. */
  readonly through: number | null;
  readonly changes: readonly ListedChange[];
}

/**
 * The changes after `since`; of some kinds, or before a gap, perhaps none, though there are more further on: then `next` has
 * moved on. Throws `changes_gone` where some after `since` are kept no longer, or `since` is a number that was never given.
 */
export async function listChanges(db: Queryable, request: ChangeRequest): Promise<ChangePage> {
  const { since, kinds, limit } = request;
  const lookedAt = kinds.length === 0 ? limit : LOOKED_AT;
  const [row] = await db.query<PageRow>(pageStatement(request, lookedAt));
  if (row === undefined) throw new Error('catalogue_state has no row');
  const { changes, latest, oldest, through } = row;
  if (since < oldest) throw changesGone(since, oldest);
  if (since > latest) throw neverGiven(since, oldest, latest);
  const last = changes.at(-1);
  const next =
    last !== undefined && changes.length === limit
      ? last.seq
      : Math.max(since, Math.min(through ?? latest, latest));
  return { changes, next, latest, state: { version: row.version, journalSeq: row.journal_seq } };
}

/** The number of the last change that there is; 0 before the first. */
export async function findLatestChange(db: Queryable): Promise<number> {
  const [row] = await db.query<{ change_seq: number }>(sql`select change_seq from catalogue_state`);
  if (row === undefined) throw new Error('catalogue_state has no row');
  return row.change_seq;
}

/** Those wanted are a range of each block, and the blocks a range of their numbers, which ends before the next block where it ends in a gap. */
function pageStatement({ since, kinds, limit }: ChangeRequest, lookedAt: number): Sql {
  const end = since + lookedAt;
  return sql`
    select
      state.version,
      state.journal_seq,
      state.change_seq as latest,
      coalesce((select min(first_seq) - 1 from change_block), state.change_seq) as oldest,
      case
        when ${end}::bigint < (
          select first_seq + changes
          from change_block
          where first_seq <= ${end}::bigint
          order by first_seq desc
          limit 1
        ) then ${end}::bigint
        else (select min(first_seq) - 1 from change_block where first_seq > ${end}::bigint)
      end as through,
      (select coalesce(json_agg(listed order by listed.seq), '[]') from (
        select ${CHANGE_PROPERTIES}
        from change_block as b
        join change as c
          on c.block = b.block
          and c.place between ${since}::bigint - b.first_seq + 2 and ${end}::bigint - b.first_seq + 1
        where b.first_seq >= coalesce(
          (select max(first_seq) from change_block where first_seq <= ${since}::bigint + 1),
          1
        )
          and b.first_seq <= ${end}
          ${kinds.length === 0 ? empty : sql`and c.kind = any(${kinds}::text[])`}
        order by b.first_seq, c.place
        limit ${raw(String(limit))}
      ) as listed) as changes
    from catalogue_state as state`;
}

/** The number of a row of `change` named `c` in its block `b`. */
export const CHANGE_SEQ = sql`b.first_seq + c.place - 1`;

/** Who made the changes of a block named `b`. */
export const CHANGED_BY = sql`case when b.journal_seq is null then 'sync' else 'person' end`;

const CHANGE_PROPERTIES = sql`
  ${CHANGE_SEQ} as seq,
  ${isoTime('b.committed_at')} as at,
  c.kind,
  c.title_id as "titleId",
  c.title_key as "titleKey",
  c.fields,
  c.into_id as "into",
  case
    when c.comment_id is not null then json_build_object('id', c.comment_id, 'change', c.comment_change)
  end as comment,
  ${CHANGED_BY} as by,
  b.version`;

function changesGone(since: number, oldest: number): FilmbaseError {
  return new FilmbaseError(
    'changes_gone',
    `Of the changes after ${since}, those up to ${oldest} are kept no longer.`,
    {
      fields: [{ field: 'since', message: `must be at least ${oldest}: earlier changes are kept no longer` }],
      extra: { oldest },
    },
  );
}

/** The position is of a database that was ahead of the backup from which this one was made anew, or of another. */
function neverGiven(since: number, oldest: number, latest: number): FilmbaseError {
  return new FilmbaseError('changes_gone', `No change has the number ${since}: the last is ${latest}.`, {
    fields: [{ field: 'since', message: `must be at most ${latest}, the number of the last change` }],
    extra: { oldest },
  });
}
