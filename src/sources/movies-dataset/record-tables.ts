import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { copyToParquet } from '../../model/claim-select.ts';
import { CLAIM_TABLES } from '../../model/claim-tables.ts';
import { literal } from '../../model/lake-engine.ts';
import type { ClaimRequest } from '../../model/source.ts';
import type { StageTask } from './stage-records.ts';

/** Roles whose records are parsed here, not by the engine. */
export type StagedRole = StageTask['role'];

const PLACE = { seq: 'bigint', file: 'varchar', line: 'bigint', raw: 'varchar' };
const ENTRIES = 'struct("key" varchar, name varchar, ordering integer)[]';
const CREDITS = `struct(
  person_key varchar,
  name varchar,
  category varchar,
  ordering integer,
  department varchar,
  job varchar,
  characters varchar
)[]`;

/** What the staged records say, with DuckDB's types; a column that they lack is null. See `readFilm`, `readCredits`, `readKeywords`, `readLink`. */
const COLUMNS: Readonly<Record<StagedRole, Readonly<Record<string, string>>>> = {
  films: {
    ...CLAIM_TABLES.title,
    rating: 'double',
    votes: 'integer',
    companies: ENTRIES,
    countries: ENTRIES,
    languages: ENTRIES,
  },
  credits: { title_key: 'varchar', credits: CREDITS },
  keywords: { title_key: 'varchar', keywords: ENTRIES },
  links: { movie_id: 'bigint', tmdb_id: 'varchar', imdb_id: 'varchar' },
};

const REJECTS = { file: 'varchar', line: 'bigint', reason: 'varchar', detail: 'varchar', raw: 'varchar' };

/** Bytes of one staged record: those of a record of the file, of which each character may be escaped. */
const OBJECT_BYTES = 32 << 20;

/** What is staged of a role, and where. */
export function taskOf(
  role: StagedRole,
  files: StageTask['files'],
  { scratch }: Pick<ClaimRequest<unknown>, 'scratch'>,
): StageTask {
  return {
    role,
    files,
    to: join(scratch, `${role}.ndjson`),
    rejects: join(scratch, `${role}.rejects.ndjson`),
  };
}

/** The staged records as a relation, once `loadRecords` has run. */
export function recordsOf(task: StageTask): string {
  return `read_parquet(${literal(parquetOf(task))})`;
}

/** The rejects that parsing gave. */
export function stagedRejectsOf(task: StageTask): string {
  return readJson(task.rejects, REJECTS);
}

/** Reads what was staged once, so that each claim table needs only its columns of it. */
export async function loadRecords(
  { engine }: Pick<ClaimRequest<unknown>, 'engine'>,
  task: StageTask,
): Promise<void> {
  const select = `select * from ${readJson(task.to, { ...PLACE, ...COLUMNS[task.role] })}`;
  await engine.run(copyToParquet(select, parquetOf(task)));
  await rm(task.to);
}

function parquetOf({ to }: StageTask): string {
  return to.replace(/\.ndjson$/, '.parquet');
}

function readJson(path: string, columns: Readonly<Record<string, string>>): string {
  const declared = Object.entries(columns).map(([name, type]) => `${name}: ${literal(type)}`);
  return `read_json(
  ${literal(path)},
  format = 'newline_delimited',
  maximum_object_size = ${OBJECT_BYTES},
  columns = {${declared.join(', ')}}
)`;
}
