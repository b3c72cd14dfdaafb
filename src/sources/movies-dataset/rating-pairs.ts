import type { LakeEngine } from '../../model/lake-engine.ts';

/** Ids have at most nine digits: one number for each pair of user and film. */
export const PAIR = 'user_id * 1000000000 + movie_id';

/** Runs beyond which a file counts as unordered; one of the dataset is read as a hundred or two. */
const RUNS_AT_MOST = 10_000;

/**
 * How many of the `ratings` in `movies_dataset_ratings` are repeats of a pair of user and film. The dataset stands in
 * the order of the pairs, and the engine reads it in ordered runs: where these do not overlap, no pair stands twice, which
 * is seen in less than half the time that counting the pairs takes. Any other file is counted.
 */
export async function countRepeats(engine: LakeEngine, ratings: number): Promise<number> {
  return (await isOrdered(engine, ratings)) ? 0 : ratings - (await countPairs(engine));
}

async function isOrdered(engine: LakeEngine, ratings: number): Promise<boolean> {
  await engine.run(runEnds(ratings));
  const [found] = await engine.rows<{ ends: number; overlaps: number }>(`
select
  (select count(*) from movies_dataset_run_ends) as ends,
  (select count(*) from (${OVERLAPS})) as overlaps`);
  return found !== undefined && found.ends <= RUNS_AT_MOST && found.overlaps === 0;
}

/** Where a run ends and another begins, in whatever order the engine reads; no more of them than are needed to tell. */
function runEnds(ratings: number): string {
  return `create or replace temp table movies_dataset_run_ends as
select pair, before, n
from (
  select pair, lag(pair) over () as before, row_number() over () as n
  from (select ${PAIR} as pair from movies_dataset_ratings)
)
where before is null
  or pair <= before
  or n = ${ratings}
limit ${RUNS_AT_MOST + 1}`;
}

/** In order, each run must begin after the one before has ended. */
const OVERLAPS = `
  select begins.pair
  from (
    select pair, row_number() over (order by pair) as place
    from movies_dataset_run_ends
    where before is null or pair <= before
  ) as begins
  join (
    select pair, row_number() over (order by pair) as place
    from (
      select before as pair from movies_dataset_run_ends where pair <= before
      union all
      select pair from movies_dataset_run_ends where n = (select max(n) from movies_dataset_run_ends)
    )
  ) as ends on begins.place = ends.place + 1
  where begins.pair <= ends.pair`;

async function countPairs(engine: LakeEngine): Promise<number> {
  const [found] = await engine.rows<{ pairs: number }>(
    `select count(distinct ${PAIR}) as pairs from movies_dataset_ratings`,
  );
  return found?.pairs ?? 0;
}
