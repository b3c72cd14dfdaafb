import type { Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import type { ServedState } from './catalogue-state.ts';
import { countStatement, estimateFilms } from './count-films.ts';
import { selectFilms, type FilmFilters } from './film-filters.ts';
import { FILM_COLUMNS, filmProperties } from './film-json.ts';
import { filmKeys, type FilmOrder } from './film-sorts.ts';
import { pageStatement as statementOf, readPage, type PageRequest } from './list-page.ts';
import type { ListPlace, ListPosition } from './list-ranges.ts';

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

/** A page of the films that pass the filters, in order. */
export async function listFilms(db: Queryable, request: FilmListRequest): Promise<FilmPage> {
  const estimate = request.count === 'estimated' ? await estimateFilms(db, request.filters) : null;
  const countExactly = request.count === 'exact' || (estimate?.cheapToCount ?? false);
  const { json, count, ...page } = await readPage(db, pageRequest(request, countExactly));
  return { filmsJson: json, ...page, count: countOf(count, estimate?.value ?? null) };
}

function countOf(exact: number | null, estimated: number | null): FilmCount | null {
  if (exact !== null) return { value: exact, kind: 'exact' };
  return estimated === null ? null : { value: estimated, kind: 'estimated' };
}

/** The statement of a page of films. */
export function pageStatement(request: FilmListRequest, countExactly: boolean): Sql {
  return statementOf(pageRequest(request, countExactly));
}

function pageRequest(
  { filters, order, position, limit }: FilmListRequest,
  countExactly: boolean,
): PageRequest {
  const { from, where, alias, id } = selectFilms(filters);
  return {
    list: { from, where, order: { keys: filmKeys(order, alias), id }, columns: FILM_COLUMNS },
    position,
    limit,
    properties: filmProperties('placed'),
    count: countExactly ? countStatement(selectFilms(filters)) : null,
  };
}
