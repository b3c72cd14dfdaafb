import sql, { type Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import { selectTitles, type TitleFilters } from './title-filters.ts';

/**
 * What counting may cost, in the planner's units, to be done where an estimate would do: about 50 ms on the
 * machine of the figures in the README.
 */
const CHEAP_COST = 15_000;

export interface TitleEstimate {
  /** How many titles the planner expects. */
  readonly value: number;
  /** Whether counting them exactly is cheap. */
  readonly cheapToCount: boolean;
}

/** How many titles pass `filters`, as a scalar subquery; with `matches`, of those that `search_match` has of them. */
export function countStatement(filters: TitleFilters, matches: Sql | null = null): Sql {
  const { from, whole } = selectTitles(filters, matches);
  return sql`(select count(*) from ${from} where ${whole})`;
}

/**
 * What the planner knows about how many titles pass `filters`; reads no title. Of conditions of which any must hold,
 * the one that most titles pass counts: their sum may be more titles than there are.
 */
export async function estimateTitles(db: Queryable, filters: TitleFilters): Promise<TitleEstimate> {
  const { from, where, anyOf, whole } = selectTitles(filters);
  const plan = await explain(db, sql`${from} where ${whole}`);
  let value = plan['Plan Rows'];
  if (anyOf.length > 1) {
    const each = anyOf.map((condition) => explain(db, sql`${from} where ${where} and ${condition}`));
    value = Math.max(...(await Promise.all(each)).map((one) => one['Plan Rows']));
  }
  return { value, cheapToCount: plan['Total Cost'] <= CHEAP_COST };
}

interface Plan {
  readonly 'Plan Rows': number;
  readonly 'Total Cost': number;
}

async function explain(db: Queryable, read: Sql): Promise<Plan> {
  const [row] = await db.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(
    sql`explain (format json) select 1 from ${read}`,
  );
  if (row === undefined) throw new Error('explain gave no plan');
  return row['QUERY PLAN'][0].Plan;
}
