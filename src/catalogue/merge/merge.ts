import { join } from 'node:path';

import { sqlFile } from '../../lib/sql-file.ts';
import { claimFile } from '../../lake/layout.ts';
import type { Lake } from '../../lake/layout.ts';
import type { RunManifest, VersionManifest } from '../../lake/manifests.ts';
import { CLAIM_TABLES } from '../../model/claim-tables.ts';
import type { ClaimTable } from '../../model/claim-tables.ts';
import { EPISODE_KINDS, FILM_KINDS, SERIES_KINDS } from '../../model/kinds.ts';
import { literal } from '../../model/lake-engine.ts';
import type { LakeEngine } from '../../model/lake-engine.ts';
import {
  CREDIT_PRECEDENCE,
  PRODUCTION_PRECEDENCE,
  RATING_PRECEDENCE,
  SOURCE_PRECEDENCE,
} from '../../model/precedence.ts';
import { CATALOGUE_TABLES, NAMES_OF_TABLES_OF_TITLE, TABLES_OF_TITLE } from '../served-columns.ts';
import { LIST_STEPS, LISTED_WORDS } from './list.ts';
import { CAST_CATEGORIES, KEY_PRECEDENCE, LEAST_CREDIBLE_DOLLARS, WEIGHTED_RATING } from './precedence.ts';

const step = (name: string) => sqlFile(import.meta.url, `./${name}.sql`);

const STEPS = [
  ...[
    'decision',
    'likeness',
    'alike',
    'identity',
    'ambiguous',
    'given-up',
    'hand-set',
    'title',
    'detail',
  ].map(step),
  ...LIST_STEPS,
  ...['credit', 'rating', 'overruled', 'episode', 'name'].map(step),
  LISTED_WORDS,
  step('title-claim'),
  besideRows(),
  ...['row', 'alias'].map(step),
];

/** The claim tables whose rows say more of a title than `title` and `rating` do. */
const ROWS_OF_TITLES = [
  'rating_year',
  'external_id',
  'title_company',
  'title_country',
  'title_language',
  'title_keyword',
  'credit',
  'aka',
] as const satisfies readonly ClaimTable[];

export interface MergeRequest {
  readonly lake: Lake;
  /** The current run of each source. */
  readonly inputs: readonly RunManifest[];
  readonly idSalt: string;
  /** The folder to write `<table>.parquet` of each catalogue table into. */
  readonly into: string;
}

export type MergeResult = Pick<VersionManifest, 'rows' | 'orphans' | 'ambiguous'>;

/** Merges the claims of `inputs` into the tables of one catalogue. The same claims always give the same tables. */
export async function mergeCatalogue(engine: LakeEngine, request: MergeRequest): Promise<MergeResult> {
  await engine.run(setUp(request));
  for (const sql of STEPS) await engine.run(sql);
  const rows: Record<string, number> = {};
  for (const table of CATALOGUE_TABLES) {
    const file = literal(join(request.into, `${table}.parquet`));
    const [copied] = await engine.rows<{ Count: number }>(
      `copy (select * from merged_${table}) to ${file} (format parquet, compression zstd)`,
    );
    rows[table] = copied?.Count ?? 0;
  }
  return {
    rows: { ...rows, film: await countFilms(engine, request) },
    orphans: await countOrphans(engine, request.inputs),
    ambiguous: await engine.rows<{ source: string; titleKey: string; reason: string }>(
      'select source, title_key as "titleKey", reason from ambiguous order by source, title_key',
    ),
  };
}

/** Variables, the small tables of precedence, and a view of each claim table that the merge reads. */
function setUp({ lake, inputs, idSalt }: MergeRequest): string {
  const ranks = {
    source_rank: rankOf('source', SOURCE_PRECEDENCE),
    production_rank: rankOf('source', PRODUCTION_PRECEDENCE),
  };
  const creditRanks = { source_rank: rankOf('source', CREDIT_PRECEDENCE) };
  return [
    `set variable id_salt = ${literal(idSalt)}`,
    `set variable mean = ${WEIGHTED_RATING.mean}::double`,
    `set variable least_votes = ${WEIGHTED_RATING.leastVotes}::double`,
    `set variable least_dollars = ${LEAST_CREDIBLE_DOLLARS}`,
    `set variable bulk = ${literal(bulkSource(inputs))}`,
    wordTable('film_kind', 'kind', FILM_KINDS),
    wordTable('series_kind', 'kind', SERIES_KINDS),
    wordTable('episode_kind', 'kind', EPISODE_KINDS),
    wordTable('cast_category', 'category', CAST_CATEGORIES),
    wordTable('source_of_rows', 'source', sourcesOfRows(inputs)),
    claimView(lake, inputs, 'title', { ...ranks, key_rank: rankOf('source', KEY_PRECEDENCE) }),
    claimView(lake, inputs, 'rating', { ...ranks, system_rank: rankOf('system', RATING_PRECEDENCE) }),
    claimView(lake, inputs, 'hand_set', {}),
    claimView(lake, inputs, 'match', {}),
    claimView(lake, inputs, 'person', {}),
    claimView(lake, inputs, 'episode', ranks),
    ...ROWS_OF_TITLES.map((table) =>
      claimView(lake, inputs, table, table === 'credit' ? creditRanks : ranks),
    ),
    step('expressions'),
  ].join(';\n');
}

/** The view `beside_row`: the fingerprint of each row that belongs to a title in another table. */
function besideRows(): string {
  const selects = NAMES_OF_TABLES_OF_TITLE.map(
    (table) =>
      `select title_id, row_hash(r) as fingerprint from (select ${literal(table)} as in_table, ${TABLES_OF_TITLE[table].join(', ')} from merged_${table}) as r`,
  );
  return `create or replace temp view beside_row as\n${selects.join('\nunion all\n')}`;
}

function sourcesOfRows(inputs: readonly RunManifest[]): string[] {
  return inputs
    .filter(({ claims }) => ROWS_OF_TITLES.some((table) => (claims[table] ?? 0) > 0))
    .map(({ source }) => source);
}

/** The source with the most title claims. */
function bulkSource(inputs: readonly RunManifest[]): string {
  const largest = inputs.reduce((a, b) => ((b.claims.title ?? 0) > (a.claims.title ?? 0) ? b : a));
  return largest.source;
}

/** A table of `values`, to be looked up in. */
function wordTable(name: string, column: string, values: readonly string[]): string {
  const rows = values.map((value) => `(${literal(value)})`).join(', ');
  const from =
    values.length > 0
      ? `(values ${rows}) as v (${column})`
      : `(select null::varchar as ${column}) where false`;
  return `create or replace temp table ${name} as select * from ${from}`;
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
    .map((run) => literal(claimFile(lake, table, run)));
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

async function countFilms(engine: LakeEngine, { into }: MergeRequest): Promise<number> {
  const [row] = await engine.rows<{ films: number }>(
    `select count(*) as films from ${literal(join(into, 'title.parquet'))} where is_film`,
  );
  if (row === undefined) throw new Error('A count gave no row.');
  return row.films;
}

/** Claims about titles, or of people, that are not described, by source and claim table. */
async function countOrphans(
  engine: LakeEngine,
  inputs: readonly RunManifest[],
): Promise<MergeResult['orphans']> {
  const tables = (['rating', 'hand_set', ...ROWS_OF_TITLES, 'episode'] as const).filter((table) =>
    inputs.some(({ claims }) => (claims[table] ?? 0) > 0),
  );
  const orphans: Record<string, Record<string, number>> = {};
  for (const table of tables) {
    const counted = await (table === 'episode' ? orphanEpisodes(engine) : orphansOf(engine, table));
    for (const { source, rows } of counted) orphans[source] = { ...orphans[source], [table]: rows };
  }
  return orphans;
}

interface OrphanCount {
  readonly source: string;
  readonly rows: number;
}

function orphansOf(engine: LakeEngine, table: ClaimTable): Promise<OrphanCount[]> {
  return engine.rows(`
    select r.source, count(*) as rows
    from ${table}_claim as r
    where ${isOrphan(table)}
    group by r.source
    order by r.source`);
}

/** Whether nobody describes what the claim `r` is about; of what is set by hand any source may, of others their own. */
function isOrphan(table: ClaimTable): string {
  if (table === 'hand_set')
    return 'r.value is not null and not exists (select 1 from about_key as k where k.about = r.about)';
  const untitled =
    'not exists (select 1 from title_claim as t where t.source = r.source and t.title_key = r.title_key)';
  if (table !== 'credit') return untitled;
  return `(${untitled}
      or not exists (select 1 from person_claim as p where p.source = r.source and p.person_key = r.person_key))`;
}

/** Of episodes also those whose title is none, or whose series is none, by the kinds that were merged. */
function orphanEpisodes(engine: LakeEngine): Promise<OrphanCount[]> {
  return engine.rows(`
    select c.source, c.claims - coalesce(p.placed, 0) as rows
    from (select source, count(*) as claims from episode_claim group by source) as c
    left join (select source, count(*) as placed from placed_episode group by source) as p
      on p.source = c.source
    where c.claims > coalesce(p.placed, 0)
    order by c.source`);
}
