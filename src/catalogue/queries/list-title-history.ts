import sql from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import { isoTime } from './iso-time.ts';
import { CHANGE_SEQ, CHANGED_BY } from './list-changes.ts';
import { readPage, type List, type ListPage, type PageRequest } from './list-page.ts';

export interface HistoryRequest extends PageRequest {
  /** The title's UUID. */
  readonly title: string;
}

/** A page of what changed in a title, newest first; comments left out. */
export function listTitleHistory(db: Queryable, request: HistoryRequest): Promise<ListPage> {
  const list: List = {
    from: sql`change as c join change_block as b on b.block = c.block`,
    where: sql`c.title_id = ${request.title} and c.kind <> 'commented' and b.first_seq is not null`,
    anyOf: [sql`true`],
    keys: [{ value: sql`(${CHANGE_SEQ})`, descending: true, unknown: null }],
    // Numbers do not tie, so nothing is left to break.
    id: sql`c.title_id`,
    planEachTime: false,
    columns: sql`
      c.title_id as id, ${CHANGE_SEQ} as seq, c.kind, c.fields, c.before, c.after, c.into_id, b.committed_at,
      b.version, ${CHANGED_BY} as by`,
    properties: HISTORY_PROPERTIES,
  };
  return readPage(db, list, request);
}

/** Parts that are told by fingerprint have no values. */
const HISTORY_PROPERTIES = sql`
  placed.seq,
  ${isoTime('placed.committed_at')} as at,
  placed.kind,
  placed.version,
  placed.by,
  placed.into_id as "into",
  (
    select coalesce(
      json_agg(
        case
          when placed.before ? field or placed.after ? field
            then json_build_object('field', field, 'from', placed.before -> field, 'to', placed.after -> field)
          else json_build_object('field', field)
        end
        order by field collate "C"
      ),
      '[]'
    )
    from unnest(placed.fields) as changed (field)
  ) as fields,
  (
    select coalesce(json_object_agg(input.key, input.value order by input.key), '{}')
    from catalogue_version as v
    cross join jsonb_each_text(v.inputs) as input
    where v.version = placed.version
      and input.value is distinct from (
        select earlier.inputs ->> input.key
        from catalogue_version as earlier
        where earlier.version < v.version
        order by earlier.version desc
        limit 1
      )
  ) as runs`;
