import type { LakeEngine } from '../../model/lake-engine.ts';
import { recordsOf } from './record-tables.ts';
import type { StagedRole } from './record-tables.ts';
import type { StageTask } from './stage-records.ts';

// What becomes of each staged record that could be parsed: it is claimed, left out by a limit, or one too many.

/** The table of a role: `seq`, `file`, `title_key`, `verdict` (claimed, outside, duplicate, other_id). */
export function verdictsOf(role: StagedRole): string {
  return `movies_dataset_${role}_verdicts`;
}

/** The records that are claimed, as a relation. */
export function claimedOf(task: StageTask): string {
  return `(
  select records.*
  from ${recordsOf(task)} as records
  where seq in (select seq from ${verdictsOf(task.role)} where verdict = 'claimed')
)`;
}

/** Of several records of a title the last counts; with a limit, the first titles do. */
export async function judgeFilms(engine: LakeEngine, task: StageTask, limit: number | null): Promise<void> {
  const beyond = limit === null ? 'false' : `rank > ${limit}`;
  await engine.run(`create or replace temp table ${verdictsOf(task.role)} as
select seq, file, title_key, ${verdict(beyond)}
from (
  select *, row_number() over (partition by place = 1 order by seq) as rank
  from ${placed(task)}
)`);
}

/** The same for what is said about films: with a limit, only of those that are claimed. */
export async function judgeAboutFilms(
  engine: LakeEngine,
  task: StageTask,
  limit: number | null,
): Promise<void> {
  await engine.run(`create or replace temp table ${verdictsOf(task.role)} as
select seq, file, title_key, ${verdict(leftOut(limit))}
from ${placed(task)}`);
}

/**
 * Of several records of a movie the last counts; of several movies with one TMDB id, the first that MovieLens knew. A
 * movie without a TMDB id goes by its own.
 */
export async function judgeLinks(engine: LakeEngine, task: StageTask, limit: number | null): Promise<void> {
  await engine.run(`create or replace temp table ${verdictsOf('links')} as
select
  seq,
  file,
  title_key,
  movie_id,
  imdb_id,
  case
    when place > 1 then 'duplicate'
    when row_number() over (partition by title_key, place = 1 order by movie_id) > 1 then 'other_id'
    when ${leftOut(limit)} then 'outside'
    else 'claimed'
  end as verdict
from (
  select
    seq,
    file,
    movie_id,
    imdb_id,
    coalesce(tmdb_id, concat('movielens-', movie_id)) as title_key,
    row_number() over (partition by movie_id order by seq desc) as place
  from ${recordsOf(task)}
)`);
}

function verdict(beyond: string): string {
  return `case when place > 1 then 'duplicate' when ${beyond} then 'outside' else 'claimed' end as verdict`;
}

/** Whether a limit leaves out what is said about `title_key`. */
export function leftOut(limit: number | null): string {
  if (limit === null) return 'false';
  return `title_key not in (select title_key from ${verdictsOf('films')} where verdict = 'claimed')`;
}

function placed(task: StageTask): string {
  return `(
  select seq, file, title_key, row_number() over (partition by title_key order by seq desc) as place
  from ${recordsOf(task)}
)`;
}
