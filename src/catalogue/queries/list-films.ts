import sql from 'sql-template-tag';

import type { Queryable, Statement } from '../../db/database.ts';
import { countStatement, estimateFilms } from './count-films.ts';
import { selectFilms, type FilmFilters } from './film-filters.ts';
import { hasLinks } from './film-links.ts';
import { filmCredits } from './film-parts.ts';
import { FILM_COLUMNS, filmProperties } from './film-json.ts';
import { filmKeys, type FilmOrder } from './film-sorts.ts';
import {
  pageOf,
  pageStatement,
  type List,
  type ListPage,
  type PageRequest,
  type PageRow,
} from './list-page.ts';

export interface FilmListRequest extends PageRequest {
  readonly filters: FilmFilters;
  readonly order: FilmOrder;
  /** Whether to say how many films pass the filters; `estimated` is exact where that is cheap. */
  readonly count: 'exact' | 'estimated' | 'none';
  /** Whether each film has its credits. */
  readonly withCredits?: boolean;
}

export interface FilmCount {
  readonly value: number;
  readonly kind: 'exact' | 'estimated';
}

export interface FilmPage extends ListPage {
  readonly count: FilmCount | null;
}

/** A page of the films that pass the filters, in order. */
export async function listFilms(db: Queryable, request: FilmListRequest): Promise<FilmPage> {
  const estimate = request.count === 'estimated' ? await estimateFilms(db, request.filters) : null;
  const countExactly = request.count === 'exact' || (estimate?.cheapToCount ?? false);
  const [row] = await db.query<PageRow & { count: number | null }>(filmPageStatement(request, countExactly));
  return { ...pageOf(row, request), count: countOf(row?.count ?? null, estimate?.value ?? null) };
}

function countOf(exact: number | null, estimated: number | null): FilmCount | null {
  if (exact !== null) return { value: exact, kind: 'exact' };
  return estimated === null ? null : { value: estimated, kind: 'estimated' };
}

/** The statement of a page of films. */
export function filmPageStatement(request: FilmListRequest, countExactly: boolean): Statement {
  const count = countExactly ? countStatement(request.filters) : sql`null::int8`;
  const list = filmList(request.filters, request.order);
  const credits = sql`, ${filmCredits(sql`placed.id`)} as credits`;
  const properties = request.withCredits === true ? sql`${list.properties} ${credits}` : list.properties;
  return pageStatement({ ...list, properties }, request, sql`, ${count} as count`);
}

/** The list of the films that pass `filters`, in `order`. */
export function filmList(filters: FilmFilters, order: FilmOrder): List {
  const { alias, ...selection } = selectFilms(filters);
  return {
    ...selection,
    keys: filmKeys(order, alias),
    planEachTime: hasLinks(filters) || filters.source.length > 0,
    columns: FILM_COLUMNS,
    properties: filmProperties('placed'),
  };
}
