import sql from 'sql-template-tag';

import type { Queryable, Statement } from '../../db/database.ts';
import { countStatement, estimateTitles } from './count-titles.ts';
import { selectTitles, type TitleFilters } from './title-filters.ts';
import { hasLinks } from './title-links.ts';
import { titleCredits } from './title-parts.ts';
import { episodeProperties } from './episode-json.ts';
import { TITLE_LIST_COLUMNS, titleProperties } from './title-json.ts';
import { titleKeys, type TitleOrder } from './title-sorts.ts';
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
  /** Whether to say how many titles pass the filters; `estimated` is exact where that is cheap. */
  readonly count: 'exact' | 'estimated' | 'none';
  /** Whether each title has its credits. */
  readonly withCredits?: boolean;
}

export interface TitleCount {
  readonly value: number;
  readonly kind: 'exact' | 'estimated';
}

export interface TitlePage extends ListPage {
  readonly count: TitleCount | null;
}

/** A page of the titles that pass the filters, in order. */
export async function listTitles(db: Queryable, request: TitleListRequest): Promise<TitlePage> {
  const estimate = request.count === 'estimated' ? await estimateTitles(db, request.filters) : null;
  const countExactly = request.count === 'exact' || (estimate?.cheapToCount ?? false);
  const [row] = await db.query<PageRow & { count: number | null }>(titlePageStatement(request, countExactly));
  return { ...pageOf(row, request), count: countOf(row?.count ?? null, estimate?.value ?? null) };
}

function countOf(exact: number | null, estimated: number | null): TitleCount | null {
  if (exact !== null) return { value: exact, kind: 'exact' };
  return estimated === null ? null : { value: estimated, kind: 'estimated' };
}

/** The statement of a page of titles. */
export function titlePageStatement(request: TitleListRequest, countExactly: boolean): Statement {
  const count = countExactly ? countStatement(request.filters) : sql`null::int8`;
  const list = titleList(request.filters, request.order);
  const credits = sql`, ${titleCredits(sql`placed.id`)} as credits`;
  const properties = request.withCredits === true ? sql`${list.properties} ${credits}` : list.properties;
  return pageStatement({ ...list, properties }, request, sql`, ${count} as count`);
}

/** The list of the titles that pass `filters`, in `order`. */
export function titleList(filters: TitleFilters, order: TitleOrder): List {
  const { alias, ...selection } = selectTitles(filters);
  return {
    ...selection,
    keys: titleKeys(order, alias),
    planEachTime: hasLinks(filters) || filters.source.length > 0 || filters.season.length > 0,
    columns: TITLE_LIST_COLUMNS,
    properties: filters.section === 'episodes' ? EPISODE_PROPERTIES : titleProperties('placed'),
  };
}

const EPISODE_PROPERTIES = sql`${titleProperties('placed')}, ${episodeProperties(sql`placed.id`)}`;
