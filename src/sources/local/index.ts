import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

import { copyHashing } from '../../lib/hashing-copy.ts';
import { claimSelect, copyToParquet } from '../../model/claim-select.ts';
import { FilmbaseError } from '../../model/errors.ts';
import { SETTABLE_FIELDS } from '../../model/film-values.ts';
import { literal } from '../../model/lake-engine.ts';
import type { LakeEngine } from '../../model/lake-engine.ts';
import { LOCAL } from '../../model/source.ts';
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
  name: LOCAL,
  title: 'What people of this installation entered',
  homepage: '',
  licence: 'yours',
  mode: 'snapshot',
  comparesClaims: true,
  settings,
  variables: {},
  schedule: 'off',
  longestRunSeconds: 3600,
  staleAfterSeconds: null,
  claimsVersion: 3,
  claimsSettings: () => null,
  read,
  claim,
};

async function read({ from, into, before }: ReadRequest<unknown>): Promise<ReadResult> {
  if (from === null)
    throw new FilmbaseError('file_missing', 'The journal is read by each sync, not by itself.');
  const copy = join(into, JOURNAL);
  const { bytes, sha256 } = await copyHashing(from, copy);
  if (before[0]?.sha256 === sha256) {
    await rm(copy);
    return { state: 'unchanged' };
  }
  const file: RawFile = {
    name: JOURNAL,
    bytes,
    sha256,
    from: 'journal',
    etag: null,
    lastModified: null,
  };
  return { state: 'read', files: [file] };
}

const TITLE_COLUMNS = {
  title_key: `substr(titleKey, 7)`,
  imdb_id: `document ->> 'imdbId'`,
  kind: `document ->> 'kind'`,
  title: `document ->> 'title'`,
  original_title: `document ->> 'originalTitle'`,
  year: `document ->> 'year'`,
  release_date: `document ->> 'releaseDate'`,
  runtime_minutes: `document ->> 'runtimeMinutes'`,
  genres: `nullif(array_to_string(cast(document -> 'genres' as varchar[]), ','), '')`,
  certificate: `document ->> 'certificate'`,
  poster_url: `document ->> 'posterUrl'`,
};

const RATING_COLUMNS = {
  title_key: TITLE_COLUMNS.title_key,
  system: `'local'`,
  rating: `document ->> 'rating'`,
};

/** Of each field of each title, what was last done to it. */
function lastSet(entries: string): string {
  const fields = SETTABLE_FIELDS.map((field) => `(${literal(field)})`).join(', ');
  return `(
  select titleKey, field, document -> concat('$.', field) as value, seq
  from (select * from ${entries} where action = 'set_values') as patch
  cross join (values ${fields}) as settable (field)
  where json_exists(document, concat('$.', field))
  qualify row_number() over (partition by titleKey, field order by seq desc) = 1
)`;
}

const HAND_SET_COLUMNS = {
  about: 'titleKey',
  field: 'field',
  value: `case
    when field = 'genres' then array_to_string(cast(value as varchar[]), ',')
    else value ->> '$'
  end`,
  entry: 'seq',
};

/** What was decided last of each claim, a row for each other title; nothing where the decision was withdrawn. */
function lastDecided(entries: string): string {
  return `(
  select about, other, is_same, seq
  from (
    select
      titleKey as about,
      unnest(cast(document -> 'titleKeys' as varchar[])) as other,
      (document ->> 'decision') = 'same' as is_same,
      seq
    from (
      select * from ${entries} where action = 'decide_match'
      qualify row_number() over (partition by titleKey order by seq desc) = 1
    ) as latest
  ) as decided
)`;
}

const MATCH_COLUMNS = { about: 'about', other: 'other', is_same: 'is_same', entry: 'seq' };

async function claim({ run, rawFolder, engine, claimFile }: ClaimRequest<unknown>): Promise<FileCounts[]> {
  const stamp = { source: 'local', run };
  const entries = `read_json(
  ${literal(join(rawFolder, JOURNAL))},
  format = 'newline_delimited',
  columns = {seq: 'bigint', action: 'varchar', titleKey: 'varchar', document: 'json'}
)`;
  const entered = `${entries} where action = 'enter_title'`;
  const rated = `${entered} and (document ->> 'rating') is not null`;
  const title = claimSelect('title', { ...stamp, columns: TITLE_COLUMNS, from: entered });
  const rating = claimSelect('rating', { ...stamp, columns: RATING_COLUMNS, from: rated });
  const handSet = claimSelect('hand_set', { ...stamp, columns: HAND_SET_COLUMNS, from: lastSet(entries) });
  const match = claimSelect('match', { ...stamp, columns: MATCH_COLUMNS, from: lastDecided(entries) });
  await engine.run(copyToParquet(title, claimFile('title')));
  await engine.run(copyToParquet(rating, claimFile('rating')));
  await engine.run(copyToParquet(handSet, claimFile('hand_set')));
  await engine.run(copyToParquet(match, claimFile('match')));
  return [await countEntries(engine, entries)];
}

/** What is about no value of a title, such as a comment, is outside. */
async function countEntries(engine: LakeEngine, entries: string): Promise<FileCounts> {
  const [counts] = await engine.rows<{ read: number; claimed: number }>(`
    select count(*) as read, count(*) filter (where action in ('enter_title', 'set_values', 'decide_match')) as claimed
    from ${entries}`);
  if (counts === undefined) throw new Error('A count gave no row.');
  const { read, claimed } = counts;
  return { file: JOURNAL, read, claimed, unchanged: 0, outside: read - claimed, rejected: 0, reasons: {} };
}
