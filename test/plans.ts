import sql, { type Sql } from 'sql-template-tag';

import type { Queryable } from '../src/db/database.ts';

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Plan Rows': number;
  readonly Plans?: readonly Plan[];
}

const SMALL_TABLES = ['catalogue_state', 'genre'];

/**
 * The nodes of a page's plan that would not scale: they read a large table, or gather and sort more than some pages.
 */
export async function heavyNodes(db: Queryable, statement: Sql): Promise<string[]> {
  const [row] = await db.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(sql`explain (format json) ${statement}`);
  const nodes = row === undefined ? [] : nodesOf(row['QUERY PLAN'][0].Plan);
  if (nodes.length <= 3) throw new Error('The plan is too short to be that of a page.');
  return nodes.filter(isHeavy).map((node) => `${node['Node Type']} ${node['Relation Name'] ?? ''}`);
}

function nodesOf(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

function isHeavy(node: Plan): boolean {
  const type = node['Node Type'];
  if (type === 'Seq Scan') return !SMALL_TABLES.includes(node['Relation Name'] ?? '');
  return type.includes('Hash') || (/Bitmap|Sort/.test(type) && node['Plan Rows'] > 1000);
}
