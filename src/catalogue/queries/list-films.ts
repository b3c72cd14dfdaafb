import sql, { empty, join, raw, type Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import type { ServedState } from './catalogue-state.ts';
import { countStatement, estimateFilms } from './count-films.ts';
import { selectFilms, type FilmFilters, type FilmSelection } from './film-filters.ts';
import { FILM_COLUMNS, filmProperties } from './film-json.ts';
import { listRanges, type ListPlace, type ListPosition } from './film-ranges.ts';
import { FILM_SORTS, type FilmOrder } from './film-sorts.ts';

export interface FilmListRequest {
  readonly filters: FilmFilters;
  readonly order: FilmOrder;
  readonly position: ListPosition;
  /** Most films of the page; at least 1. */
  readonly limit: number;
  /** Whether to say how many films pass the filters; `estimated` is exact where that is cheap. */
  readonly count: 'exact' | 'estimated' | 'none';
}

export interface FilmCount {
  readonly value: number;
  readonly kind: 'exact' | 'estimated';
}

/** A page of films, read in one statement, so that all of it is of one moment. */
export interface FilmPage {
  /** A JSON array of films, in the list's order whichever way the page was read. */
  readonly filmsJson: string;
  /** Where the page begins and ends; null when it is empty. */
  readonly first: ListPlace | null;
  readonly last: ListPlace | null;
  /** Whether there are more films beyond the page, in the direction of reading. */
  readonly more: boolean;
  readonly count: FilmCount | null;
  /** What was served when the page was read. */
  readonly state: ServedState;
}

interface PageRow {
  readonly version: number;
  readonly journal_seq: number;
  readonly films: string | null;
  readonly found: number;
  readonly nearest: string | null;
  readonly farthest: string | null;
  readonly count: number | null;
}

/** A page of the films that pass the filters, in order. */
export async function listFilms(db: Queryable, request: FilmListRequest): Promise<FilmPage> {
  const estimate = request.count === 'estimated' ? await estimateFilms(db, request.filters) : null;
  const countExactly = request.count === 'exact' || (estimate?.cheapToCount ?? false);
  const [row] = await db.query<PageRow>(pageStatement(request, countExactly));
  if (row === undefined) throw new Error('catalogue_state has no row');
  return pageOf(row, request, estimate?.value ?? null);
}

function pageOf(row: PageRow, request: FilmListRequest, estimated: number | null): FilmPage {
  const nearest = placeOf(row.nearest);
  const farthest = placeOf(row.farthest);
  const backward = request.position.direction === 'backward';
  return {
    filmsJson: `[${row.films ?? ''}]`,
    first: backward ? farthest : nearest,
    last: backward ? nearest : farthest,
    more: row.found > request.limit,
    count: countOf(row.count, estimated),
    state: { version: row.version, journalSeq: row.journal_seq },
  };
}

function countOf(exact: number | null, estimated: number | null): FilmCount | null {
  if (exact !== null) return { value: exact, kind: 'exact' };
  return estimated === null ? null : { value: estimated, kind: 'estimated' };
}

function placeOf(keysAndId: string | null): ListPlace | null {
  if (keysAndId === null) return null;
  const values = JSON.parse(keysAndId) as [...(string | number | null)[], string];
  return { keys: values.slice(0, -1), id: values[values.length - 1] as string };
}

/**
 * The statement of a page. One film more than asked is read, to know whether there are more; `place` counts
 * from 1 in the direction of reading. Limits are written into the text: as parameters they would leave the
 * planner guessing, and it would sort where it can read an index in order.
 */
export function pageStatement(request: FilmListRequest, countExactly: boolean): Sql {
  const { filters, order, position, limit } = request;
  const selection = selectFilms(filters);
  const within = raw(String(limit));
  return sql`
    select
      state.version,
      state.journal_seq,
      page.films,
      page.found,
      page.nearest,
      page.farthest,
      ${countExactly ? countStatement(selection) : sql`null::int8`} as count
    from catalogue_state as state
    cross join (
      select
        string_agg(row_to_json(film)::text, ',' order by place ${raw(position.direction === 'backward' ? 'desc' : 'asc')})
          filter (where place <= ${within}) as films,
        count(*) as found,
        max(${placeJson(order)}) filter (where place = 1) as nearest,
        max(${placeJson(order)}) filter (where place = least(found, ${within})) as farthest
      from (
        select *, row_number() over () as place, count(*) over () as found
        from (${rangesStatement(selection, request)}) as ranges
      ) as placed
      cross join lateral (select ${filmProperties('placed')}) as film
    ) as page`;
}

function placeJson(order: FilmOrder): Sql {
  return sql`json_build_array(${join(order.map((_, index) => raw(`key_${index}`)))}, placed.id)::text`;
}

/** One film more than the page holds, of all ranges, in the order of reading. */
function rangesStatement(selection: FilmSelection, { order, position, limit }: FilmListRequest): Sql {
  const oneMore = raw(String(limit + 1));
  const keys = order.map(
    ({ by }, index) => sql`${selection.alias}.${raw(`${FILM_SORTS[by].column} as key_${index}`)}`,
  );
  const ranges = listRanges(selection, order, position).map(
    ({ where, orderBy }) => sql`(
          select ${FILM_COLUMNS}, ${join(keys)}
          from ${selection.from}
          where ${selection.where}
          and ${where}
          order by ${orderBy}
          limit ${oneMore}
        )`,
  );
  return sql`${join(ranges, '\n        union all\n        ')}
        ${ranges.length > 1 ? sql`limit ${oneMore}` : empty}`;
}
