import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';

import { openClaimLake } from '../../../test/claims.ts';
import type { ClaimLake } from '../../../test/claims.ts';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import { manyFilms, publishClaims } from '../../../test/published-claims.ts';
import type { Database } from '../../db/database.ts';
import { literal } from '../../model/lake-engine.ts';
import { EXPORT_FORMATS, exportTable } from './export-table.ts';
import type { ExportFormat } from './export-table.ts';
import { EXPORTED_TABLES } from './exported-tables.ts';

describeOnEachDatabase('exporting tables', (open) => {
  const lakes: ClaimLake[] = [];
  afterEach(async () => {
    await Promise.all(lakes.splice(0).map((lake) => lake.close()));
  });

  async function openPublished() {
    const lake = await openClaimLake();
    lakes.push(lake);
    const { db } = await open();
    await publishClaims(lake, db, 1, manyFilms({ 1: { title: { budget: 7, title: 'Film 1' } } }));
    return { lake, db };
  }

  async function exported(lake: ClaimLake, db: Database, table: string, format: ExportFormat) {
    const file = join(lake.lake.folder, `${table}.${format}`);
    const { rows } = await exportTable(db, lake.lake, lake.engine, { table, format, into: file });
    return { file, rows };
  }

  it('gives each table in each format, with the same rows', async () => {
    const { lake, db } = await openPublished();
    for (const table of Object.keys(EXPORTED_TABLES)) {
      const counts = new Set<number>();
      for (const format of EXPORT_FORMATS) {
        const { file, rows } = await exported(lake, db, table, format);
        const [read] = await lake.engine.rows<{ rows: number }>(
          `select count(*) as rows from ${relation(format, file)}`,
        );
        expect({ table, format, rows }).toEqual({ table, format, rows: read?.rows });
        counts.add(rows);
      }
      expect(counts.size).toBe(1);
    }
  });

  it('has lists where the format has them, and leaves fingerprints out', async () => {
    const { lake, db } = await openPublished();
    const credits = await exported(lake, db, 'credit', 'ndjson');
    const [credit] = readFileSync(credits.file, 'utf8').split('\n', 1);
    expect(JSON.parse(credit ?? '')).toMatchObject({ part: 'cast', job: null, characters: ['A "B", C'] });
    const details = await exported(lake, db, 'title_detail', 'ndjson');
    const suspect = readFileSync(details.file, 'utf8')
      .split('\n')
      .filter((line) => line.includes('"suspect":["budget"]'));
    expect(suspect).toHaveLength(1);
    const titles = await exported(lake, db, 'title', 'csv');
    expect(readFileSync(titles.file, 'utf8')).not.toContain('row_hash');
  });

  it('has every rating of a title, whichever is shown', async () => {
    const { lake, db } = await openPublished();
    const { rows } = await exported(lake, db, 'rating', 'csv');
    expect(rows).toBe(200);
  });

  it('refuses to give another version than is served', async () => {
    const { db } = await openPublished();
    const other = await openClaimLake();
    lakes.push(other);
    await expect(exported(other, db, 'title', 'csv')).rejects.toMatchObject({ code: 'version_missing' });
  });
});

/** The file as DuckDB reads it, with buffers that fit the engine of a test. */
function relation(format: ExportFormat, file: string): string {
  const name = literal(file);
  if (format === 'parquet') return `read_parquet(${name})`;
  return format === 'csv'
    ? `read_csv(${name}, header = true, all_varchar = true, buffer_size = 1000000, max_line_size = 100000)`
    : `read_json(${name}, format = 'newline_delimited', maximum_object_size = 1000000)`;
}
