import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { copyToParquet, rejectSelect } from '../../model/claim-select.ts';
import { FilmbaseError } from '../../model/errors.ts';
import { HELD_BACK_LINE, LONE_RETURN, NO_DELIMITER, literal } from '../../model/lake-engine.ts';
import type { LakeEngine, LineReport } from '../../model/lake-engine.ts';
import type { ClaimRequest, SourceWorld } from '../../model/source.ts';
import { missingColumns } from './files.ts';
import type { StageFile } from './stage-records.ts';

/** Ratings as they lie in scratch: `movies_dataset_ratings` (user_id, movie_id, rating from 0.5 to 5, rated: seconds since 1970). */
export interface LoadedRatings {
  readonly file: StageFile;
  readonly read: number;
  /** Ratings that may be claimed. */
  readonly good: number;
  /** Parquet files of rejects. */
  readonly rejects: readonly string[];
}

interface RatingLines {
  readonly file: StageFile;
  readonly plain: string;
  readonly heldBack: string;
  readonly header: readonly string[];
  readonly report: LineReport;
}

interface Format {
  readonly pattern: string;
  readonly reason: string;
}

/**
 * Ids have at most nine digits, so that two of them are one bigint. Stars go from half a one to five:
 * https://files.grouplens.org/datasets/movielens/ml-latest-README.html
 */
const FORMATS: Readonly<Record<string, Format>> = {
  userId: { pattern: '[1-9]\\d{0,8}', reason: 'id_invalid' },
  movieId: { pattern: '[1-9]\\d{0,8}', reason: 'id_invalid' },
  rating: { pattern: '(?:0\\.[5-9]\\d*|[1-4](?:\\.\\d*)?|5(?:\\.0*)?)', reason: 'rating_invalid' },
  timestamp: { pattern: '\\d{1,10}', reason: 'number_invalid' },
};

/** What the full file has, in whatever order. */
const PLAIN_COLUMNS = Object.keys(FORMATS);

const RAW_CHARACTERS = 2_000;
const VALUE_CHARACTERS = 200;
const PAIR = 'user_id * 1000000000 + movie_id';

type LoadRequest = Pick<ClaimRequest<unknown>, 'engine' | 'scratch' | 'run'>;

/**
 * Reads a file of ratings by the engine, since it has 26 million lines. Of one user's ratings of one film the latest
 * counts. Errors: those of `cleanLines`, `file_empty`, `file_not_csv`, `columns_missing`.
 */
export async function loadRatings(
  request: LoadRequest,
  file: StageFile,
  world: Pick<SourceWorld, 'progress'>,
): Promise<LoadedRatings> {
  const lines = await openLines(request, file, world);
  const staged = join(request.scratch, 'ratings.parquet');
  const good =
    (await copyPlainRatings(request.engine, lines, staged)) ??
    (await copyCount(request.engine, goodSelect(lines), staged));
  await request.engine.run(`create or replace temp view movies_dataset_ratings as
select user_id, movie_id, rating, rated
from read_parquet(${literal(staged)})`);
  const read = lines.report.lines;
  const rejects = good === read ? [] : [await writeRejects(request, lines, 'faulty', faultySelect(lines))];
  const repeats = good - (await countPairs(request));
  if (repeats > 0) rejects.push(await settleRepeats(request, lines, staged));
  await rm(lines.plain);
  return { file, read, good: good - repeats, rejects };
}

/**
 * Has the engine read the numbers itself, three times as fast as line by line, and gives how many ratings there are. It
 * takes more for a whole number than we do (` 1`, `1.5`, `01`), so it is held against what the same numbers are long when
 * written plainly; null if that, or the number of lines, is another.
 */
async function copyPlainRatings(
  engine: LakeEngine,
  { plain, header, report }: RatingLines,
  staged: string,
): Promise<number | null> {
  if (report.heldBack > 0 || header.length !== PLAIN_COLUMNS.length) return null;
  const columns = header.map((column) => `${column}: ${column === 'rating' ? "'varchar'" : "'bigint'"}`);
  const good = await copyCount(
    engine,
    `select userId as user_id, movieId as movie_id, cast(rating as double) as rating, timestamp as rated
from read_csv(
  ${literal(plain)}, delim = ',', quote = '', escape = '', header = true, auto_detect = false, ignore_errors = true,
  columns = {${columns.join(', ')}}
)
where userId between 1 and 999999999
  and movieId between 1 and 999999999
  and regexp_full_match(rating, '0\\.[5-9]|[1-4]\\.\\d|5\\.0')
  and timestamp between 1 and 9999999999`,
    staged,
  );
  if (good !== report.lines) return null;
  const digits = ['user_id', 'movie_id', 'rated'].map(
    (column) => `cast(floor(log10(${column})) as bigint) + 1`,
  );
  const [written] = await engine.rows<{ bytes: number }>(
    `select sum(${digits.join(' + ')} + ${',4.5,,\n'.length}) as bytes from read_parquet(${literal(staged)})`,
  );
  const { size } = await stat(plain);
  return written?.bytes === size - Buffer.byteLength(`${report.header}\n`) ? good : null;
}

async function copyCount(engine: LakeEngine, select: string, into: string): Promise<number> {
  const [written] = await engine.rows<{ Count: number }>(copyToParquet(select, into));
  return written?.Count ?? 0;
}

async function openLines(
  { engine, scratch }: LoadRequest,
  file: StageFile,
  { progress }: Pick<SourceWorld, 'progress'>,
): Promise<RatingLines> {
  const plain = join(scratch, 'ratings.lines');
  const heldBack = join(scratch, 'ratings.held-back.ndjson');
  const report = await engine.cleanLines({ from: file.path, to: plain, heldBack }, (done) => {
    progress({ label: file.name, done, total: file.bytes, unit: 'bytes' });
  });
  const header = report.header.split(',').map((column) => column.trim());
  refuseHeader(file, header);
  if (report.lines === 0) throw new FilmbaseError('file_empty', `${file.name} has a header and no record.`);
  return { file, plain, heldBack, header, report };
}

function refuseHeader({ name }: StageFile, header: readonly string[]): void {
  if (header[0]?.startsWith('<') === true)
    throw new FilmbaseError('file_not_csv', `${name} is a page of HTML or XML, not CSV.`);
  const missing = missingColumns('ratings', header);
  if (missing.length > 0)
    throw new FilmbaseError('columns_missing', `${name} lacks the columns ${missing.join(', ')}.`);
}

function goodSelect(lines: RatingLines): string {
  return ratingSelect(
    lines,
    `${readLines(lines)} where regexp_full_match(line, ${literal(linePattern(lines))})`,
  );
}

function ratingSelect({ header }: RatingLines, from: string, more = ''): string {
  const field = (column: string) => `f[${header.indexOf(column) + 1}]`;
  return `select
  cast(${field('userId')} as bigint) as user_id,
  cast(${field('movieId')} as bigint) as movie_id,
  cast(${field('rating')} as double) as rating,
  cast(${field('timestamp')} as bigint) as rated${more}
from (select *, string_split(line, ',') as f from ${from})`;
}

function linePattern({ header }: RatingLines): string {
  return header.map((column) => FORMATS[column]?.pattern ?? '[^,]*').join(',');
}

function readLines({ plain }: RatingLines, options = ''): string {
  const format = `delim = ${literal(NO_DELIMITER)}, quote = '', escape = '', header = true, auto_detect = false`;
  return `read_csv(${literal(plain)}, ${format}, columns = {line: 'varchar'}${options})`;
}

/** With `n`, the line's number in the file. Slower: a file is numbered from its beginning to its end. */
function numberedLines(lines: RatingLines): string {
  return `(select line, row_number() over () + 1 as n from ${readLines(lines, ', parallel = false')})`;
}

async function writeRejects(
  { engine, scratch, run }: LoadRequest,
  { file }: RatingLines,
  part: string,
  from: string,
): Promise<string> {
  const path = join(scratch, `ratings.${part}.parquet`);
  const columns = {
    source: literal('movies-dataset'),
    run: literal(run),
    file: literal(file.name),
    line: 'n',
    reason: 'reason',
    detail: 'detail',
    raw: `left(replace(raw, ${literal(LONE_RETURN)}, chr(13)), ${RAW_CHARACTERS})`,
  };
  await engine.run(copyToParquet(rejectSelect({ columns, from: `(\n${from}\n)` }), path));
  return path;
}

function faultySelect(lines: RatingLines): string {
  const cases = faultCases(lines);
  return `select
  n,
  case ${cases.map(({ when, reason }) => `when ${when} then ${literal(reason)}`).join('\n    ')} end as reason,
  case ${cases.map(({ when, detail }) => `when ${when} then ${detail}`).join('\n    ')} end as detail,
  line as raw
from (select *, string_split(line, ',') as f from ${numberedLines(lines)})
where line <> ${literal(HELD_BACK_LINE)}
  and not regexp_full_match(line, ${literal(linePattern(lines))})
union all
select line as n, reason, concat('the line is held back: ', reason) as detail, raw
from read_json(
  ${literal(lines.heldBack)},
  format = 'newline_delimited',
  columns = {line: 'bigint', reason: 'varchar', raw: 'varchar'}
)`;
}

function faultCases({ header }: RatingLines): { when: string; reason: string; detail: string }[] {
  const count = `concat('it has ', len(f), ' fields instead of ${header.length}')`;
  return [
    { when: `len(f) < ${header.length}`, reason: 'row_short', detail: count },
    { when: `len(f) > ${header.length}`, reason: 'row_long', detail: count },
    ...header.flatMap((column, at) => {
      const format = FORMATS[column];
      const value = `f[${at + 1}]`;
      if (format === undefined) return [];
      return {
        when: `not regexp_full_match(${value}, ${literal(format.pattern)})`,
        reason: format.reason,
        detail: `concat(${literal(`${column} is '`)}, left(${value}, ${VALUE_CHARACTERS}), '''')`,
      };
    }),
  ];
}

/** One number for each pair of user and film: counting those takes half the time of counting pairs. */
async function countPairs({ engine }: LoadRequest): Promise<number> {
  const [found] = await engine.rows<{ pairs: number }>(
    `select count(distinct ${PAIR}) as pairs from movies_dataset_ratings`,
  );
  return found?.pairs ?? 0;
}

/** Leaves of each user and film the latest rating, of the same moment the last in the file; gives the rejects. */
async function settleRepeats(request: LoadRequest, lines: RatingLines, staged: string): Promise<string> {
  const { engine } = request;
  await engine.run(`create or replace temp table movies_dataset_repeats as
select ${PAIR} as pair
from movies_dataset_ratings
group by pair
having count(*) > 1;
create or replace temp table movies_dataset_repeated as
select *, row_number() over (partition by ${PAIR} order by rated desc, n desc) as place
from (
${ratingSelect(lines, `${numberedLines(lines)} where regexp_full_match(line, ${literal(linePattern(lines))})`, ', n, line')}
)
where ${PAIR} in (select pair from movies_dataset_repeats);
create or replace temp view movies_dataset_ratings as
select user_id, movie_id, rating, rated
from read_parquet(${literal(staged)})
where ${PAIR} not in (select pair from movies_dataset_repeats)
union all
select user_id, movie_id, rating, rated
from movies_dataset_repeated
where place = 1`);
  return writeRejects(
    request,
    lines,
    'repeats',
    `select
  n,
  'duplicate_key' as reason,
  concat('user ', user_id, ' rated movie ', movie_id, ' later too') as detail,
  line as raw
from movies_dataset_repeated
where place > 1`,
  );
}
