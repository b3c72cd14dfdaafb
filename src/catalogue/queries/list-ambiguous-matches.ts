import sql, { join, type Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import { readPage, type List, type ListPage, type PageRequest } from './list-page.ts';
import { utc } from './offer-rows.ts';
import { readServedJson, type ServedJson } from './served-json.ts';

/** Whether nobody has decided, or someone has. */
export const MATCH_STATES = ['open', 'decided'] as const;

/** Null: not by that. */
export interface MatchFilters {
  readonly source: string | null;
  readonly state: (typeof MATCH_STATES)[number] | null;
}

export interface MatchListRequest extends PageRequest {
  readonly filters: MatchFilters;
}

/** What was decided last of each claim, unless it was withdrawn. */
const DECISION = sql`
  select id, key, document, written_at
  from (
    select distinct on (title_key)
      (document ->> 'matchId')::uuid as id, title_key as key, document, written_at
    from journal
    where action = 'decide_match'
    order by title_key, seq desc
  ) as latest
  where document ->> 'decision' <> 'withdrawn'`;

/** The claims that are left alone, and those of which something was decided. */
const MATCHES = sql`(
  select
    coalesce(a.id, d.id) as id,
    coalesce(a.key, d.key) as key,
    split_part(coalesce(a.key, d.key), ':', 1) as source,
    a.reason,
    a.candidates,
    d.document as decided,
    d.written_at as decided_at
  from ambiguous_match as a
  full join (${DECISION}) as d on d.id = a.id
) as m`;

const COLUMNS = sql`m.id, m.key, m.source, m.reason, m.candidates, m.decided, m.decided_at`;

/** The properties of a match, made of a row named `placed`. */
const PROPERTIES = sql`
  placed.id,
  placed.key,
  placed.source,
  case when placed.decided is null then 'open' else 'decided' end as state,
  placed.reason,
  ${servedTitle(sql`placed.id`)} as title,
  (
    select coalesce(json_agg(served.title order by asked.place), '[]')
    from unnest(placed.candidates) with ordinality as asked (id, place)
    cross join lateral (select ${servedTitle(sql`asked.id`)} as title) as served
    where served.title is not null
  ) as candidates,
  case when placed.decided is not null then json_build_object(
    'decision', placed.decided -> 'decision',
    'titleIds', placed.decided -> 'titleIds',
    'at', ${utc(sql`placed.decided_at`)}
  ) end as decision`;

/** A page of the matches, by the claims' keys. */
export function listAmbiguousMatches(
  db: Queryable,
  { filters, ...request }: MatchListRequest,
): Promise<ListPage> {
  return readPage(db, matchList(filters), request);
}

/** The match with this id, as JSON; null if there is none. */
export function findMatch(db: Queryable, id: string): Promise<ServedJson<string | null>> {
  return readServedJson(
    db,
    sql`
      select row_to_json(found)
      from (select ${COLUMNS} from ${MATCHES} where m.id = ${id}) as placed
      cross join lateral (select ${PROPERTIES}) as found`,
  );
}

function matchList(filters: MatchFilters): List {
  return {
    from: MATCHES,
    where: conditions(filters),
    anyOf: [sql`true`],
    keys: [{ value: sql`m.key`, descending: false, unknown: null }],
    id: sql`m.id`,
    planEachTime: false,
    columns: COLUMNS,
    properties: PROPERTIES,
  };
}

function conditions({ source, state }: MatchFilters): Sql {
  return join(
    [
      sql`true`,
      ...(source === null ? [] : [sql`m.source = ${source}`]),
      ...(state === null ? [] : [state === 'open' ? sql`m.decided is null` : sql`m.decided is not null`]),
    ],
    ' and ',
  );
}

/** The title to which this id leads, with what a person tells it apart by, as JSON; null where there is none. */
function servedTitle(id: Sql): Sql {
  return sql`(
    select row_to_json(one)
    from (
      select id, key, kind, title, original_title as "originalTitle", year, runtime_minutes as "runtimeMinutes"
      from title
      where id = coalesce((select title_id from title_alias where alias_id = ${id}), ${id})
    ) as one
  )`;
}
