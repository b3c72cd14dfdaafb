import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

import { copyHashing } from '../../lib/hashing-copy.ts';
import { claimSelect, copyToParquet } from '../../model/claim-select.ts';
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
  comparesClaims: true,
  settings,
  variables: {},
  schedule: 'off',
  longestRunSeconds: 3600,
  staleAfterSeconds: null,
  claimsVersion: 1,
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

async function claim({ run, rawFolder, engine, claimFile }: ClaimRequest<unknown>): Promise<FileCounts[]> {
  const stamp = { source: 'local', run };
  const entries = `read_json(
  ${literal(join(rawFolder, JOURNAL))},
  format = 'newline_delimited',
  columns = {action: 'varchar', titleKey: 'varchar', document: 'json'}
)`;
  const entered = `${entries} where action = 'enter_title'`;
  const title = claimSelect('title', { ...stamp, columns: TITLE_COLUMNS, from: entered });
  const rated = `${entered} and (document ->> 'rating') is not null`;
  const rating = claimSelect('rating', { ...stamp, columns: RATING_COLUMNS, from: rated });
  const [written] = await engine.rows<{ Count: number }>(copyToParquet(title, claimFile('title')));
  await engine.run(copyToParquet(rating, claimFile('rating')));
  const [counted] = await engine.rows<{ entries: number }>(`select count(*) as entries from ${entries}`);
  const [read, claimed] = [counted?.entries ?? 0, written?.Count ?? 0];
  // Comments are about titles, and say nothing of what these are.
  const outside = read - claimed;
  return [{ file: JOURNAL, read, claimed, unchanged: 0, outside, rejected: 0, reasons: {} }];
}
