import sql, { empty, join, raw, type Sql } from 'sql-template-tag';

import type { Queryable, Statement } from '../../db/database.ts';
import type { ServedState } from './catalogue-state.ts';
import { listRanges, type ListOrder, type ListPlace, type ListPosition } from './list-ranges.ts';

/** A list: the rows of a relation that pass filters, in order. */
export interface ReadList extends ListOrder {
  /** What `from` and the conditions name besides tables: `with …` of a statement; none where it is left out. */
  readonly given?: Sql;
  readonly from: Sql;
  readonly where: Sql;
  /**
   * Conditions of which any must hold besides. Each is read by itself and rows that pass several are given once,
   * since with `or` no index would be read in order.
   */
  readonly anyOf: readonly [Sql, ...Sql[]];
  /** The columns that items are made of, `id` among them. */
  readonly columns: Sql;
}

/** A list to be read a page at a time. */
export interface List extends ReadList {
  /** Whether the best plan hangs on the values in the conditions. */
  readonly planEachTime: boolean;
  /** The properties of an item, made of a row of these columns named `placed`. */
  readonly properties: Sql;
}

/** Which page of a list is asked for. */
export interface PageRequest {
  readonly position: ListPosition;
  /** Most items of the page; at least 1. */
  readonly limit: number;
}

/** A page, read in one statement, so that all of it is of one moment. */
export interface ListPage {
  /** A JSON array of items, in the list's order whichever way the page was read. */
  readonly itemsJson: string;
  /** Where the page begins and ends; null when it is empty. */
  readonly first: ListPlace | null;
  readonly last: ListPlace | null;
  /** Whether there are more items beyond the page, in the direction of reading. */
  readonly more: boolean;
  /** What was served when the page was read. */
  readonly state: ServedState;
}

/** What a page's statement gives. */
export interface PageRow {
  readonly version: number;
  readonly journal_seq: number;
  readonly items: string | null;
  readonly found: number;
  readonly nearest: string | null;
  readonly farthest: string | null;
}

/** A page of `list`. */
export async function readPage(db: Queryable, list: List, request: PageRequest): Promise<ListPage> {
  const [row] = await db.query<PageRow>(pageStatement(list, request));
  return pageOf(row, request);
}

/** The page that the row of its statement stands for. */
export function pageOf(row: PageRow | undefined, { position, limit }: PageRequest): ListPage {
  if (row === undefined) throw new Error('catalogue_state has no row');
  const nearest = placeOf(row.nearest);
  const farthest = placeOf(row.farthest);
  const backward = position.direction === 'backward';
  return {
    itemsJson: `[${row.items ?? ''}]`,
    first: backward ? farthest : nearest,
    last: backward ? nearest : farthest,
    more: row.found > limit,
    state: { version: row.version, journalSeq: row.journal_seq },
  };
}

export function placeOf(json: string | null): ListPlace | null {
  return json === null ? null : (JSON.parse(json) as ListPlace);
}

/**
 * The statement of a page, with `besides` selected too. One item more than asked is read, to know whether there
 * are more; `place` counts from 1 in the direction of reading. Limits are written into the text: as parameters
 * they would leave the planner guessing, and it would sort where it can read an index in order.
 */
export function pageStatement(list: List, request: PageRequest, besides: Sql = empty): Statement {
  const within = raw(String(request.limit));
  const inOrder = raw(request.position.direction === 'backward' ? 'desc' : 'asc');
  const place = placeJson(list, 'placed');
  const { text, values } = sql`
    ${list.given ?? empty}
    select
      state.version,
      state.journal_seq,
      page.items,
      page.found,
      page.nearest,
      page.farthest
      ${besides}
    from catalogue_state as state
    cross join (
      select
        string_agg(row_to_json(item)::text, ',' order by place ${inOrder}) filter (where place <= ${within}) as items,
        count(*) as found,
        max(${place}) filter (where place = 1) as nearest,
        max(${place}) filter (where place = least(found, ${within})) as farthest
      from (
        select *, row_number() over () as place, count(*) over () as found
        from (${stretchStatement(list, request.position, request.limit + 1)}) as ranges
      ) as placed
      cross join lateral (select ${list.properties}) as item
    ) as page`;
  return { text, values, planEachTime: list.planEachTime };
}

/** The place of a row of `stretchStatement` named `alias`, as the JSON of a `ListPlace`. Keys are text, which is exact. */
export function placeJson({ keys }: ListOrder, alias: string): Sql {
  const row = raw(alias);
  const values = keys.map((_, index) => sql`${row}.${raw(`key_${index}`)}::text`);
  return sql`json_build_object('keys', json_build_array(${join(values)}), 'id', ${row}.id)::text`;
}

/** At most so many rows beyond a position: the list's columns, and its keys as `key_0`, …, in the order of reading. */
export function stretchStatement(list: ReadList, position: ListPosition, limit: number): Sql {
  const most = raw(String(limit));
  const keys = list.keys.map(({ value }, index) => sql`${value} as ${raw(`key_${index}`)}`);
  const ranges = listRanges(list, position).map(({ where, orderBy }) => {
    const inOrder = sql`order by ${orderBy} limit ${most}`;
    const reads = list.anyOf.map(
      (condition) => sql`(
          select ${list.columns}, ${join(keys)}
          from ${list.from}
          where ${list.where}
          and ${condition}
          and ${where}
          ${inOrder}
        )`,
    );
    return reads.length === 1 ? join(reads) : sql`(${join(reads, ' union ')} ${inOrder})`;
  });
  return sql`${join(ranges, '\n        union all\n        ')}
        ${ranges.length > 1 ? sql`limit ${most}` : empty}`;
}
