import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import sql, { raw, type Sql } from 'sql-template-tag';

import { listFacets } from '../src/catalogue/facet-index/list-facets.ts';
import { ARRAY_COLUMNS, FACET_TABLES, NAMES_OF_FACET_TABLES } from '../src/catalogue/served-columns.ts';
import type { Database } from '../src/db/database.ts';
import { openEngine } from '../src/lake/engine.ts';
import { literal, type LakeEngine } from '../src/model/lake-engine.ts';

/** What a version has in Parquet, of what is served. */
const TABLES: Readonly<Record<string, { readonly columns: Record<string, string>; readonly select: Sql }>> = {
  title: {
    columns: {
      id: 'uuid',
      kind: 'varchar',
      is_film: 'boolean',
      genres: 'varchar',
      sources: 'varchar',
      year: 'smallint',
      rating: 'double',
      votes: 'integer',
      runtime_minutes: 'integer',
    },
    select: sql`
      select
        id, kind, is_film, nullif(array_to_string(genres, ','), '') as genres, array_to_string(sources, ',') as sources,
        year, rating, votes, runtime_minutes
      from title`,
  },
  title_language: {
    columns: { title_id: 'uuid', language_code: 'varchar' },
    select: sql`select title_id, language_code from title_language`,
  },
  title_detail: {
    columns: { title_id: 'uuid', original_language: 'varchar' },
    select: sql`select title_id, original_language from title_detail`,
  },
  title_country: {
    columns: { title_id: 'uuid', country_code: 'varchar' },
    select: sql`select title_id, country_code from title_country`,
  },
};

/** Has the titles that are served now counted for facets as a large publish does, of more than `mostSampled` a sample. */
export async function prepareFacets(db: Database, mostSampled?: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'filmbase-facets-'));
  const engine = await openEngine({ memoryLimitMb: 512, threads: 1, tempFolder: join(folder, 'engine') });
  try {
    for (const table of Object.keys(TABLES)) await bring(db, engine, table, join(folder, `${table}.ndjson`));
    await listFacets(engine, (table) => table, mostSampled);
    for (const table of NAMES_OF_FACET_TABLES) await take(db, engine, table);
  } finally {
    await engine.close();
    await rm(folder, { recursive: true });
  }
}

async function bring(db: Database, engine: LakeEngine, table: string, file: string): Promise<void> {
  const { columns = {}, select = sql`` } = TABLES[table] ?? {};
  const rows = await db.query(select);
  await writeFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const declared = Object.entries(columns).map(([name, type]) => `${name}: ${literal(type)}`);
  await engine.run(`
    create temp table ${table} as
    select * from read_json(${literal(file)}, format = 'newline_delimited', columns = {${declared.join(', ')}})`);
}

async function take(db: Database, engine: LakeEngine, table: keyof typeof FACET_TABLES): Promise<void> {
  const columns: readonly string[] = FACET_TABLES[table];
  const select = columns.map((column) =>
    ARRAY_COLUMNS.includes(column) ? `concat('{', ${column}, '}') as ${column}` : column,
  );
  const rows = await engine.rows(`select ${select.join(', ')} from ${table}`);
  await db.query(sql`delete from ${raw(table)}`);
  await db.query(sql`
    insert into ${raw(table)} (${raw(columns.join(', '))})
    select ${raw(columns.join(', '))}
    from json_populate_recordset(null::${raw(table)}, ${JSON.stringify(rows)}::json)`);
}
