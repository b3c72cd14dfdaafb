import sql, { type Sql } from 'sql-template-tag';

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
import { MOST_MATCHES, readFilmMatches } from './search-films.ts';

export interface FilmListRequest extends PageRequest {
  readonly filters: FilmFilters;
  readonly order: FilmOrder;
  /** What the films have to be found by; none: they need not. Only with it they can be ordered by relevance. */
  readonly text?: string | null;
  /** Whether to say how many films pass the filters; `estimated` is exact where that is cheap. */
  readonly count: 'exact' | 'estimated' | 'none';
  /** Whether each film has its credits. */
  readonly withCredits?: boolean;
}

export interface FilmCount {
  readonly value: number;
  readonly kind: 'exact' | 'estimated';
}

/** What was found by a text, before filters. */
export interface FilmSearch {
  readonly matched: number;
  /** Whether there may be more: only the most relevant are listed. */
  readonly isCut: boolean;
}

export interface FilmPage extends ListPage {
  readonly count: FilmCount | null;
  /** Null: no text was given. */
  readonly search: FilmSearch | null;
}

/** A page of the films that pass the filters, in order. */
export async function listFilms(db: Queryable, request: FilmListRequest): Promise<FilmPage> {
  const { text } = request;
  if (text !== undefined && text !== null) return listMatches(db, text, request);
  const estimate = request.count === 'estimated' ? await estimateFilms(db, request.filters) : null;
  const countExactly = request.count === 'exact' || (estimate?.cheapToCount ?? false);
  const [row] = await db.query<PageRow & { count: number | null }>(filmPageStatement(request, countExactly));
  return {
    ...pageOf(row, request),
    count: countOf(row?.count ?? null, estimate?.value ?? null),
    search: null,
  };
}

/** The same of the films that are found by `text`, which are so few that they are always counted. */
function listMatches(db: Queryable, text: string, request: FilmListRequest): Promise<FilmPage> {
  return readFilmMatches(db, text, async (matches) => {
    const statement = filmPageStatement(request, request.count !== 'none', matches);
    const [row] = await db.query<MatchPageRow>(statement);
    const page = pageOf(row, request);
    const matched = row?.matched ?? 0;
    return {
      ...page,
      count: countOf(row?.count ?? null, null),
      search: { matched, isCut: matched >= MOST_MATCHES },
      words: row?.words ?? 0,
    };
  });
}

type MatchPageRow = PageRow & {
  readonly count: number | null;
  readonly matched: number;
  readonly words: number | null;
};

function countOf(exact: number | null, estimated: number | null): FilmCount | null {
  if (exact !== null) return { value: exact, kind: 'exact' };
  return estimated === null ? null : { value: estimated, kind: 'estimated' };
}

/** The statement of a page of films; with `matches`, of those among them, and of how many there are. */
export function filmPageStatement(
  request: FilmListRequest,
  countExactly: boolean,
  matches: Sql | null = null,
): Statement {
  const count = countExactly ? countStatement(request.filters, matches) : sql`null::int8`;
  const list = filmList(request.filters, request.order, matches);
  const credits = sql`, ${filmCredits(sql`placed.id`)} as credits`;
  const properties = request.withCredits === true ? sql`${list.properties} ${credits}` : list.properties;
  const ofMatches =
    matches === null
      ? sql``
      : sql`,
      (select count(*) from search_match) as matched,
      (select max(words) from search_match) as words`;
  return pageStatement({ ...list, properties }, request, sql`, ${count} as count ${ofMatches}`);
}

/** The list of the films that pass `filters`, in `order`; with `matches`, of those among them. */
export function filmList(filters: FilmFilters, order: FilmOrder, matches: Sql | null = null): List {
  const { alias, ...selection } = selectFilms(filters, matches);
  return {
    ...selection,
    keys: filmKeys(order, alias),
    planEachTime: hasLinks(filters) || filters.source.length > 0,
    columns: FILM_COLUMNS,
    properties: filmProperties('placed'),
  };
}
