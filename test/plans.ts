import { expect } from 'vitest';

import type { Queryable, Statement } from '../src/db/database.ts';

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Plan Rows': number;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

const SMALL_TABLES = ['catalogue_state', 'genre'];

/** The nodes of a page's plan that would not scale: they read a large table, or gather and sort more than some pages. */
export async function heavyNodes(db: Queryable, page: Statement): Promise<string[]> {
  const nodes = await planNodes(db, page, 'format json');
  return nodes.filter(isHeavy).map((node) => `${node['Node Type']} ${node['Relation Name'] ?? ''}`);
}

/** Most rows that a node of the page's plan really read, kept or not. */
export async function mostRowsRead(db: Queryable, page: Statement): Promise<number> {
  const nodes = await planNodes(db, page, 'analyze, timing off, format json');
  const read = nodes.map(
    (node) =>
      ((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0)) * (node['Actual Loops'] ?? 0),
  );
  return Math.max(...read);
}

/** The indexes that the page's plan reads, by name, each once. */
export async function indexesRead(db: Queryable, page: Statement): Promise<string[]> {
  const nodes = await planNodes(db, page, 'format json');
  const names = nodes.flatMap((node) => node['Index Name'] ?? []);
  return [...new Set(names)].sort();
}

/** Every node of the page's plan, as `explain` with these options tells. */
async function planNodes(db: Queryable, page: Statement, options: string): Promise<Plan[]> {
  const [row] = await db.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>({
    ...page,
    text: `explain (${options}) ${page.text}`,
  });
  const nodes = row === undefined ? [] : nodesOf(row['QUERY PLAN'][0].Plan);
  expect(nodes.length).toBeGreaterThan(3);
  return nodes;
}

function nodesOf(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

function isHeavy(node: Plan): boolean {
  const type = node['Node Type'];
  if (type === 'Seq Scan') return !SMALL_TABLES.includes(node['Relation Name'] ?? '');
  return type.includes('Hash') || (/Bitmap|Sort/.test(type) && node['Plan Rows'] > 1000);
}
