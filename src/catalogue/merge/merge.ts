import { join } from 'node:path';

import { sqlFile } from '../../lib/sql-file.ts';
import { claimFile } from '../../lake/layout.ts';
import type { Lake } from '../../lake/layout.ts';
import type { RunManifest, VersionManifest } from '../../lake/manifests.ts';
import { CLAIM_TABLES } from '../../model/claim-tables.ts';
import type { ClaimTable } from '../../model/claim-tables.ts';
import { FILM_KINDS } from '../../model/kinds.ts';
import { literal } from '../../model/lake-engine.ts';
import type { LakeEngine } from '../../model/lake-engine.ts';
import { KEY_PRECEDENCE, RATING_PRECEDENCE, SOURCE_PRECEDENCE, WEIGHTED_RATING } from './precedence.ts';

const EXPRESSIONS = sqlFile(import.meta.url, './expressions.sql');
const STEPS = ['identity', 'title', 'alias'].map((name) => sqlFile(import.meta.url, `./${name}.sql`));

export interface MergeRequest {
  readonly lake: Lake;
  /** The current run of each source. */
  readonly inputs: readonly RunManifest[];
  readonly idSalt: string;
  /** The folder to write `title.parquet` and `title_alias.parquet` into. */
  readonly into: string;
}

export type MergeResult = Pick<VersionManifest, 'rows' | 'orphans' | 'ambiguous'>;

/** Merges the claims of `inputs` into the tables of one catalogue. The same claims always give the same tables. */
export async function mergeCatalogue(engine: LakeEngine, request: MergeRequest): Promise<MergeResult> {
  await engine.run(setUp(request));
  for (const step of STEPS) await engine.run(step);
  const title = literal(join(request.into, 'title.parquet'));
  const alias = literal(join(request.into, 'title_alias.parquet'));
  await engine.run(`copy (select * from merged_title) to ${title} (format parquet, compression zstd)`);
  await engine.run(`copy (select * from merged_alias) to ${alias} (format parquet, compression zstd)`);
  const result = {
    rows: await countRows(engine, title, alias),
    orphans: await countOrphans(engine),
    ambiguous: await engine.rows<{ source: string; titleKey: string; reason: string }>(
      'select source, title_key as "titleKey", reason from ambiguous order by source, title_key',
    ),
  };
  return result;
}

/** Variables, the small tables of precedence, and a view of each claim table that the merge reads. */
function setUp({ lake, inputs, idSalt }: MergeRequest): string {
  return [
    `set variable id_salt = ${literal(idSalt)}`,
    `set variable mean = ${WEIGHTED_RATING.mean}::double`,
    `set variable least_votes = ${WEIGHTED_RATING.leastVotes}::double`,
    `set variable bulk = ${literal(bulkSource(inputs))}`,
    wordTable('film_kind', 'kind', FILM_KINDS),
    claimView(lake, inputs, 'title', {
      source_rank: rankOf('source', SOURCE_PRECEDENCE),
      key_rank: rankOf('source', KEY_PRECEDENCE),
    }),
    claimView(lake, inputs, 'rating', { system_rank: rankOf('system', RATING_PRECEDENCE) }),
    EXPRESSIONS,
  ].join(';\n');
}

/** The source with the most title claims. */
function bulkSource(inputs: readonly RunManifest[]): string {
  const largest = inputs.reduce((a, b) => ((b.claims.title ?? 0) > (a.claims.title ?? 0) ? b : a));
  return largest.source;
}

/** A table of `values`, to be looked up in. */
function wordTable(name: string, column: string, values: readonly string[]): string {
  const rows = values.map((value) => `(${literal(value)})`).join(', ');
  return `create or replace temp table ${name} as select * from (values ${rows}) as v (${column})`;
}

/** The place of `column`'s value in `order`, from 0; what is not in it comes last. */
function rankOf(column: string, order: readonly string[]): string {
  const cases = order.map((value, place) => `when ${literal(value)} then ${place}`).join(' ');
  return `case ${column} ${cases} else ${order.length} end`;
}

/** The view `<table>_claim`: every current claim of the table, with `more` columns. Empty if no run has any. */
function claimView(
  lake: Lake,
  inputs: readonly RunManifest[],
  table: ClaimTable,
  more: Record<string, string>,
): string {
  const files = inputs
    .filter((run) => table in run.claims)
    .map((run) => literal(claimFile(lake, table, run.source, run.run)));
  const columns = ['source', 'run', ...Object.keys(CLAIM_TABLES[table])];
  const computed = Object.entries(more).map(([name, expression]) => `${expression} as ${name}`);
  const from =
    files.length > 0 ? `read_parquet([${files.join(', ')}], hive_partitioning = false)` : emptyClaims(table);
  return `create or replace temp view ${table}_claim as select ${[...columns, ...computed].join(', ')} from ${from}`;
}

function emptyClaims(table: ClaimTable): string {
  const columns = { source: 'varchar', run: 'varchar', ...CLAIM_TABLES[table] };
  const nulls = Object.entries(columns).map(([name, type]) => `null::${type} as ${name}`);
  return `(select ${nulls.join(', ')} where false)`;
}

async function countRows(engine: LakeEngine, title: string, alias: string): Promise<MergeResult['rows']> {
  const [rows] = await engine.rows<MergeResult['rows']>(`
    select
      (select count(*) from ${title}) as title,
      (select count(*) from ${title} where is_film) as film,
      (select count(*) from ${alias}) as alias`);
  if (rows === undefined) throw new Error('A count gave no row.');
  return rows;
}

/** Claims about titles that their own source does not describe, by source and claim table. */
async function countOrphans(engine: LakeEngine): Promise<MergeResult['orphans']> {
  const found = await engine.rows<{ source: string; rows: number }>(`
    select r.source, count(*) as rows
    from rating_claim as r
    anti join title_claim as t on t.source = r.source and t.title_key = r.title_key
    group by r.source
    order by r.source`);
  return Object.fromEntries(found.map(({ source, rows }) => [source, { rating: rows }]));
}
