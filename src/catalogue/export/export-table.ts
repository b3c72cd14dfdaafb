import { stat } from 'node:fs/promises';
import sql from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import { catalogueFile } from '../../lake/layout.ts';
import type { Lake } from '../../lake/layout.ts';
import { findVersion } from '../../lake/manifests.ts';
import { FilmbaseError } from '../../model/errors.ts';
import { literal } from '../../model/lake-engine.ts';
import type { LakeEngine } from '../../model/lake-engine.ts';
import { findServedVersion } from '../publish/served.ts';
import { EXPORTED_TABLES } from './exported-tables.ts';

export const EXPORT_FORMATS = ['parquet', 'csv', 'ndjson'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const COPY_OPTIONS: Readonly<Record<ExportFormat, string>> = {
  parquet: 'format parquet, compression zstd',
  csv: 'format csv, header true',
  ndjson: 'format json',
};

export interface ExportRequest {
  readonly table: string;
  readonly format: ExportFormat;
  /** The file to write. */
  readonly into: string;
}

export interface ExportResult {
  readonly version: number;
  /** Whoever takes the table follows the feed since this number: it tells all that the version lacks. */
  readonly followSince: number;
  readonly rows: number;
  readonly bytes: number;
}

/**
 * Writes a table of the catalogue version that `db` serves, from the lake; memory stays flat, however many rows. In no
 * order. Errors: `usage_invalid` (no such table), `not_ready` (nothing is served), `version_missing` (the lake has not
 * what is served).
 */
export async function exportTable(
  db: Queryable,
  lake: Lake,
  engine: LakeEngine,
  { table, format, into }: ExportRequest,
): Promise<ExportResult> {
  const select = Object.hasOwn(EXPORTED_TABLES, table) ? EXPORTED_TABLES[table] : undefined;
  if (select === undefined) throw noSuchTable(table);
  const version = await servedVersionIn(db, lake);
  const from = (name: string) => `read_parquet(${literal(catalogueFile(lake, name, version))})`;
  const [copied] = await engine.rows<{ Count: number }>(
    `copy (${select(from, format !== 'csv')}) to ${literal(into)} (${COPY_OPTIONS[format]})`,
  );
  const followSince = await findFollowSeq(db, version);
  return { version, followSince, rows: copied?.Count ?? 0, bytes: (await stat(into)).size };
}

/** 0 where nobody noted it, from which on everything is told. */
async function findFollowSeq(db: Queryable, version: number): Promise<number> {
  const [noted] = await db.query<{ follow_seq: number }>(
    sql`select follow_seq from catalogue_version where version = ${version}`,
  );
  return noted?.follow_seq ?? 0;
}

async function servedVersionIn(db: Queryable, lake: Lake): Promise<number> {
  const served = await findServedVersion(db);
  if (served.version === 0)
    throw new FilmbaseError(
      'not_ready',
      'No catalogue has been published yet, so there is nothing to export.',
    );
  const manifest = await findVersion(lake, served.version);
  if (manifest?.id === served.id) return served.version;
  throw new FilmbaseError(
    'version_missing',
    `The lake in ${lake.folder} does not hold version ${served.version}, which is served.`,
  );
}

function noSuchTable(table: string): FilmbaseError {
  const tables = Object.keys(EXPORTED_TABLES).sort().join(', ');
  return new FilmbaseError('usage_invalid', `There is no table ${table}; there are: ${tables}.`);
}
