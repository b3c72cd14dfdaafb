import sql, { type Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import { isoTime } from './iso-time.ts';
import { CHANGE_SEQ } from './list-changes.ts';
import { titleDocuments } from './title-document.ts';

export type TitleDocument = Readonly<Record<string, unknown>>;

/** A change of one title, of which `before` is all that was served where the title went, else the fields that changed. */
export interface TitleChange {
  readonly kind: 'created' | 'updated' | 'deleted' | 'merged';
  /** ISO 8601 in UTC, to the microsecond. */
  readonly at: string;
  /** Of an update: the fields that changed. */
  readonly fields: readonly string[] | null;
  readonly before: TitleDocument | null;
}

/** What is known of how a title was. */
export interface TitleMemory {
  /** As it is served now; null: it is not. */
  readonly now: TitleDocument | null;
  /** Newest first, those from `oldestAt` on. */
  readonly changes: readonly TitleChange[];
  /** What was served from here on is known; null: nothing is. */
  readonly oldestAt: string | null;
}

/** The changes of a title after a moment, or all that are kept; and how it is now, in one statement. */
export async function findTitleMemory(db: Queryable, id: string, after: string | null): Promise<TitleMemory> {
  const ids = sql`array[${id}]::uuid[]`;
  const [row] = await db.query<TitleMemory>(sql`
    select
      (select document from (${titleDocuments(ids)}) as served) as now,
      (select ${isoTime('at')} from ${OLDEST}) as "oldestAt",
      (
        select coalesce(
          json_agg(
            json_build_object('kind', kind, 'at', ${isoTime('at')}, 'fields', fields, 'before', before)
            order by seq desc
          ),
          '[]'
        )
        from (
          select ${CHANGE_SEQ} as seq, c.kind, b.committed_at as at, c.fields, c.before
          from change as c
          join change_block as b on b.block = c.block
          where c.title_id = ${id}
            and c.kind <> 'commented'
            and b.first_seq > (select first_seq from ${OLDEST})
            and (${after}::timestamptz is null or b.committed_at > ${after})
        ) as changed
      ) as changes`);
  if (row === undefined) throw new Error('A statement without a table gave no row.');
  return row;
}

/**
 * The block after which every change of a title is known: the last snapshot of a publish that is kept, else the first block. That
 * of a restore says that others know something else; what was restored is known.
 */
const OLDEST: Sql = sql`(
  select first_seq, committed_at as at
  from change_block
  where first_seq = coalesce(
    (
      select max(b.first_seq)
      from change as c
      join change_block as b on b.block = c.block
      where c.kind = 'snapshot'
        and b.version is not null
    ),
    (select min(first_seq) from change_block)
  )
) as oldest`;

/** How the title was before these changes, newest first, of what it is now; null where it was not served. */
export function documentBefore(
  now: TitleDocument | null,
  changes: readonly TitleChange[],
): TitleDocument | null {
  return changes.reduce<TitleDocument | null>((document, { kind, fields, before }) => {
    if (kind === 'created') return null;
    return kind === 'updated' ? { ...without(document, fields ?? []), ...before } : before;
  }, now);
}

/** A field that the title did not have before has no value there. */
function without(document: TitleDocument | null, fields: readonly string[]): TitleDocument {
  return Object.fromEntries(Object.entries(document ?? {}).filter(([field]) => !fields.includes(field)));
}
