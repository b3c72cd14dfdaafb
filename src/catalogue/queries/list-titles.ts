import sql, { empty, raw, type Sql } from 'sql-template-tag';

import type { Queryable, Statement } from '../../db/database.ts';
import { isSameState, type ServedState } from './catalogue-state.ts';
import { countFacets, type CountedFacets } from './count-facets.ts';
import { countStatement, estimateTitles } from './count-titles.ts';
import type { Facet } from './facet-filters.ts';
import { selectTitles, type TitleFilters } from './title-filters.ts';
import { hasLinks } from './title-links.ts';
import { titleCredits } from './title-parts.ts';
import { episodeProperties } from './episode-json.ts';
import { TITLE_LIST_COLUMNS, titleProperties } from './title-json.ts';
import { titleKeys, type TitleOrder } from './title-sorts.ts';
import { MOST_MATCHES, readListedMatches } from './list-matches.ts';
import {
  pageOf,
  pageStatement,
  type List,
  type ListPage,
  type PageRequest,
  type PageRow,
} from './list-page.ts';

export interface TitleListRequest extends PageRequest {
  readonly filters: TitleFilters;
  readonly order: TitleOrder;
  /** What the titles have to be found by; none: they need not. Only with it they can be ordered by relevance. */
  readonly text?: string | null;
  /** Whether to say how many titles pass the filters; `estimated` is exact where that is cheap. */
  readonly count: 'exact' | 'estimated' | 'none';
  /** Whether each title has its credits. */
  readonly withCredits?: boolean;
  /** What to count the titles by that pass the filters. */
  readonly facets?: readonly Facet[];
}

export interface TitleCount {
  readonly value: number;
  readonly kind: 'exact' | 'estimated';
}

/** What was found by a text, before filters. */
export interface ListSearch {
  readonly matched: number;
  /** Whether there may be more: only the most relevant are listed. */
  readonly isCut: boolean;
}

export interface TitlePage extends ListPage {
  readonly count: TitleCount | null;
  /** Null: no text was given. */
  readonly search: ListSearch | null;
  /** Null: none was asked for. */
  readonly facets: CountedFacets | null;
}

/** A publish between the statements of an answer has it read again. */
const MOST_TRIES = 3;

/** A page of the titles that pass the filters, in order, and what they are counted by. */
export async function listTitles(db: Queryable, request: TitleListRequest): Promise<TitlePage> {
  const { text = null } = request;
  for (let attempt = 1; ; attempt += 1) {
    const { page, states } = await (text === null ? listOnce(db, request) : listFound(db, text, request));
    if (states.every((state) => isSameState(state, page.state)) || attempt >= MOST_TRIES) return page;
  }
}

/** A page, and what was served when each of its parts was read. */
interface ReadParts {
  readonly page: TitlePage;
  readonly states: readonly ServedState[];
}

async function listOnce(db: Queryable, request: TitleListRequest): Promise<ReadParts> {
  const estimate = request.count === 'estimated' ? await estimateTitles(db, request.filters) : null;
  const countExactly = request.count === 'exact' || (estimate?.cheapToCount ?? false);
  const [row] = await db.query<PageRow & { count: number | null }>(titlePageStatement(request, countExactly));
  const { facets, states } = await readFacets(db, request, null);
  const page = {
    ...pageOf(row, request),
    count: countOf(row?.count ?? null, estimate?.value ?? null),
    search: null,
    facets,
  };
  return { page, states };
}

async function readFacets(
  db: Queryable,
  { filters, facets = [] }: TitleListRequest,
  matches: Sql | null,
): Promise<{ facets: CountedFacets | null; states: readonly ServedState[] }> {
  return facets.length === 0 ? { facets: null, states: [] } : countFacets(db, filters, facets, matches);
}

/**
 * The same of the titles that are found by `text`, which are so few that they are always counted exactly. To find them takes longer than
 * all else, so facets are counted of those that the page was read of.
 */
async function listFound(db: Queryable, text: string, request: TitleListRequest): Promise<ReadParts> {
  const { section } = request.filters;
  const { page, ids } = await readListedMatches(db, text, section, async (matches) => {
    const statement = titlePageStatement(request, request.count !== 'none', matches);
    const [row] = await db.query<FoundPageRow>(statement);
    const found = {
      ...pageOf(row, request),
      count: countOf(row?.count ?? null, null),
      search: { matched: row?.matched ?? 0, isCut: row?.is_cut ?? false },
    };
    return { page: found, ids: row?.ids ?? [], words: row?.words ?? 0, state: found.state };
  });
  const { facets, states } = await readFacets(
    db,
    request,
    sql`select id from unnest(${ids}::uuid[]) as found (id)`,
  );
  return { page: { ...page, facets }, states };
}

type FoundPageRow = PageRow & {
  readonly count: number | null;
  readonly matched: number;
  readonly words: number | null;
  readonly is_cut: boolean | null;
  /** Null: no facet is asked for. */
  readonly ids: string[] | null;
};

function countOf(exact: number | null, estimated: number | null): TitleCount | null {
  if (exact !== null) return { value: exact, kind: 'exact' };
  return estimated === null ? null : { value: estimated, kind: 'estimated' };
}

/** The statement of a page of titles; with `matches`, of those among them, and of how many these are. */
export function titlePageStatement(
  request: TitleListRequest,
  countExactly: boolean,
  matches: Sql | null = null,
): Statement {
  const count = countExactly ? countStatement(request.filters, matches) : sql`null::int8`;
  const list = titleList(request.filters, request.order, matches);
  const credits = sql`, ${titleCredits(sql`placed.id`)} as credits`;
  const properties = request.withCredits === true ? sql`${list.properties} ${credits}` : list.properties;
  return pageStatement(
    { ...list, properties },
    request,
    sql`, ${count} as count ${matches === null ? empty : ofMatches(request)}`,
  );
}

function ofMatches({ facets = [] }: TitleListRequest): Sql {
  return sql`,
  (select count(*) from search_match) as matched,
  (select max(words) from search_match) as words,
  (select bool_or(is_cut) or count(*) >= ${raw(String(MOST_MATCHES))} from search_match) as is_cut,
  ${facets.length === 0 ? sql`null::uuid[]` : sql`(select array_agg(id) from search_match)`} as ids`;
}

/** The list of the titles that pass `filters`, in `order`; with `matches`, of those among them. */
export function titleList(filters: TitleFilters, order: TitleOrder, matches: Sql | null = null): List {
  const { alias, ...selection } = selectTitles(filters, matches);
  return {
    ...selection,
    keys: titleKeys(order, alias),
    planEachTime: hasLinks(filters) || filters.source.length > 0 || filters.season.length > 0,
    columns: TITLE_LIST_COLUMNS,
    properties: filters.section === 'episodes' ? EPISODE_PROPERTIES : titleProperties('placed'),
  };
}

const EPISODE_PROPERTIES = sql`${titleProperties('placed')}, ${episodeProperties(sql`placed.id`)}`;
