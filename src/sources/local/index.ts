import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

import { CLAIM_TABLES } from '../../model/claim-tables.ts';
import type { ClaimTable } from '../../model/claim-tables.ts';
import { FilmbaseError } from '../../model/errors.ts';
import { literal } from '../../model/lake-engine.ts';
import type {
  ClaimRequest,
  FileCounts,
  RawFile,
  ReadRequest,
  ReadResult,
  Source,
} from '../../model/source.ts';

const JOURNAL = 'journal.ndjson';

const settings = z.strictObject({});

/** What people entered: the journal, read from the file that a sync wrote of it. */
export const source: Source<z.infer<typeof settings>> = {
  name: 'local',
  title: 'What people of this installation entered',
  homepage: '',
  licence: 'yours',
  mode: 'snapshot',
  settings,
  variables: {},
  claimsVersion: 1,
  claimsSettings: () => null,
  read,
  claim,
};

async function read({ from, into, before }: ReadRequest<unknown>): Promise<ReadResult> {
  if (from === null)
    throw new FilmbaseError('file_missing', 'The journal is read by each sync, not by itself.');
  const bytes = await readFile(from);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (before[0]?.sha256 === sha256) return { state: 'unchanged' };
  await writeFile(join(into, JOURNAL), bytes);
  const file: RawFile = {
    name: JOURNAL,
    bytes: bytes.length,
    sha256,
    from: 'journal',
    etag: null,
    lastModified: null,
  };
  return { state: 'read', files: [file] };
}

async function claim({ run, rawFolder, engine, claimFile }: ClaimRequest<unknown>): Promise<FileCounts[]> {
  await engine.run(`
    create or replace temp table entry as
    select
      titleKey as title_key,
      document ->> 'imdbId' as imdb_id,
      document ->> 'kind' as kind,
      document ->> 'title' as title,
      document ->> 'originalTitle' as original_title,
      cast(document ->> 'year' as smallint) as year,
      cast(document ->> 'releaseDate' as date) as release_date,
      cast(document ->> 'runtimeMinutes' as integer) as runtime_minutes,
      nullif(array_to_string(cast(document -> 'genres' as varchar[]), ','), '') as genres,
      document ->> 'certificate' as certificate,
      document ->> 'posterUrl' as poster_url,
      'local' as system,
      cast(document ->> 'rating' as double) as rating
    from read_json(
      ${literal(join(rawFolder, JOURNAL))},
      format = 'newline_delimited',
      columns = {titleKey: 'varchar', document: 'json'}
    )`);
  await writeClaims(engine, run, 'title', 'true', claimFile('title'));
  await writeClaims(engine, run, 'rating', 'rating is not null', claimFile('rating'));
  const [counts] = await engine.rows<{ entries: number }>('select count(*) as entries from entry');
  await engine.run('drop table entry');
  const read = counts?.entries ?? 0;
  return [{ file: JOURNAL, read, claimed: read, unchanged: 0, outside: 0, rejected: 0, reasons: {} }];
}

/** Writes the rows of `entry` as claims: the table's declared columns, null where `entry` has none of that name. */
async function writeClaims(
  engine: ClaimRequest<unknown>['engine'],
  run: string,
  table: ClaimTable,
  where: string,
  file: string,
): Promise<void> {
  const given = new Set(
    (await engine.rows<{ column_name: string }>('describe entry')).map((row) => row.column_name),
  );
  const columns = Object.entries(CLAIM_TABLES[table]).map(
    ([name, type]) => `cast(${given.has(name) ? name : 'null'} as ${type}) as ${name}`,
  );
  await engine.run(`
    copy (
      select 'local' as source, ${literal(run)} as run, ${columns.join(', ')}
      from entry
      where ${where}
    ) to ${literal(file)} (format parquet, compression zstd)`);
}
