import sql, { type Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import { selectFilms, type FilmFilters } from './film-filters.ts';

/**
 * What counting may cost, in the planner's units, to be done where an estimate would do: about 50 ms on the
 * machine of the figures in the README.
 */
const CHEAP_COST = 15_000;

export interface FilmEstimate {
  /** How many films the planner expects. */
  readonly value: number;
  /** Whether counting them exactly is cheap. */
  readonly cheapToCount: boolean;
}

/** How many films pass `filters`, as a scalar subquery. */
export function countStatement(filters: FilmFilters): Sql {
  const { from, whole } = selectFilms(filters);
  return sql`(select count(*) from ${from} where ${whole})`;
}

/** What the planner knows about how many films pass `filters`; reads no film. */
export async function estimateFilms(db: Queryable, filters: FilmFilters): Promise<FilmEstimate> {
  const { from, whole } = selectFilms(filters);
  const [row] = await db.query<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number; 'Total Cost': number } }] }>(
    sql`explain (format json) select 1 from ${from} where ${whole}`,
  );
  if (row === undefined) throw new Error('explain gave no plan');
  const plan = row['QUERY PLAN'][0].Plan;
  return { value: plan['Plan Rows'], cheapToCount: plan['Total Cost'] <= CHEAP_COST };
}
