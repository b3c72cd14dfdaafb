import sql, { empty, join, raw, type Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import type { ServedState } from './catalogue-state.ts';
import { listRanges, type ListOrder, type ListPlace, type ListPosition } from './list-ranges.ts';

/** A list: the rows of a relation that pass filters, in order. */
export interface List {
  readonly from: Sql;
  readonly where: Sql;
  readonly order: ListOrder;
  /** What is read of each row, by names of their own; `id` among them. */
  readonly columns: Sql;
}

/** A stretch of a list that is read at once. */
export interface ListStretch {
  readonly list: List;
  readonly position: ListPosition;
  /** Most rows; at least 1. */
  readonly limit: number;
}

export interface PageRequest extends ListStretch {
  /** The properties of an item, made of a row of the list's columns named `placed`. */
  readonly properties: Sql;
  /** How many rows the list has, as a scalar; null where that is not asked. */
  readonly count: Sql | null;
}

/** A page of a list, read in one statement, so that all of it is of one moment. */
export interface Page {
  /** A JSON array of items, in the list's order whichever way the page was read. */
  readonly json: string;
  /** Where the page begins and ends; null when it is empty. */
  readonly first: ListPlace | null;
  readonly last: ListPlace | null;
  /** Whether there is more beyond the page, in the direction of reading. */
  readonly more: boolean;
  readonly count: number | null;
  /** What was served when the page was read. */
  readonly state: ServedState;
}

interface PageRow {
  readonly version: number;
  readonly journal_seq: number;
  readonly items: string | null;
  readonly found: number;
  readonly nearest: string | null;
  readonly farthest: string | null;
  readonly count: number | null;
}

/** A page of a list. */
export async function readPage(db: Queryable, request: PageRequest): Promise<Page> {
  const [row] = await db.query<PageRow>(pageStatement(request));
  if (row === undefined) throw new Error('catalogue_state has no row');
  const nearest = placeOf(row.nearest);
  const farthest = placeOf(row.farthest);
  const backward = request.position.direction === 'backward';
  return {
    json: `[${row.items ?? ''}]`,
    first: backward ? farthest : nearest,
    last: backward ? nearest : farthest,
    more: row.found > request.limit,
    count: row.count,
    state: { version: row.version, journalSeq: row.journal_seq },
  };
}

export function placeOf(json: string | null): ListPlace | null {
  return json === null ? null : (JSON.parse(json) as ListPlace);
}

/**
 * The statement of a page. One row more than asked is read, to know whether there are more; `place` counts
 * from 1 in the direction of reading. Limits are written into the text: as parameters they would leave the
 * planner guessing, and it would sort where it can read an index in order.
 */
export function pageStatement(request: PageRequest): Sql {
  const { list, position, limit, properties, count } = request;
  const within = raw(String(limit));
  const place = placeJson(list.order, 'placed');
  return sql`
    select
      state.version,
      state.journal_seq,
      page.items,
      page.found,
      page.nearest,
      page.farthest,
      ${count ?? sql`null::int8`} as count
    from catalogue_state as state
    cross join (
      select
        string_agg(row_to_json(item)::text, ',' order by place ${raw(position.direction === 'backward' ? 'desc' : 'asc')})
          filter (where place <= ${within}) as items,
        count(*) as found,
        max(${place}) filter (where place = 1) as nearest,
        max(${place}) filter (where place = least(found, ${within})) as farthest
      from (
        select *, row_number() over () as place, count(*) over () as found
        from (${stretchStatement({ list, position, limit: limit + 1 })}) as ranges
      ) as placed
      cross join lateral (select ${properties}) as item
    ) as page`;
}

/** The place of a row of `stretchStatement` named `alias`, as the JSON of a `ListPlace`. Keys are text, which is exact. */
export function placeJson({ keys }: ListOrder, alias: string): Sql {
  const row = raw(alias);
  const values = keys.map((_, index) => sql`${row}.${raw(`key_${index}`)}::text`);
  return sql`json_build_object('keys', json_build_array(${join(values)}), 'id', ${row}.id)::text`;
}

/** The rows of a stretch: the list's columns, and its keys as `key_0`, …, in the order of reading. */
export function stretchStatement({ list, position, limit }: ListStretch): Sql {
  const most = raw(String(limit));
  const keys = list.order.keys.map(({ value }, index) => sql`${value} as ${raw(`key_${index}`)}`);
  const ranges = listRanges(list.order, position).map(
    ({ where, orderBy }) => sql`(
          select ${list.columns}, ${join(keys)}
          from ${list.from}
          where ${list.where}
          and ${where}
          order by ${orderBy}
          limit ${most}
        )`,
  );
  return sql`${join(ranges, '\n        union all\n        ')}
        ${ranges.length > 1 ? sql`limit ${most}` : empty}`;
}
