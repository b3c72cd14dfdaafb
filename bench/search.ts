import { createReadStream } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

import sql from 'sql-template-tag';

import { searchTitles } from '../src/catalogue/queries/search-titles.ts';
import type { Database } from '../src/db/database.ts';
import { openPglite } from '../src/db/pglite.ts';
import { openPostgres } from '../src/db/postgres.ts';
import { imdbKey, parseImdbId, titleId } from '../src/model/title-key.ts';
import { filmbase } from './command.ts';
import { seconds, type Figure } from './figure.ts';
import { judgeSearch, readTruth, type Judgement } from './search-judge.ts';

const BENCH = join(import.meta.dirname, '..', '..', 'bench');

/** p95 of a keystroke that the design allows, in milliseconds. */
const GOAL_MS = { postgres: 25, pglite: 80 };

/** The mean reciprocal rank that it asks for. */
const GOAL_MRR = 0.9;

export interface SearchMeasure {
  readonly figures: readonly Figure[];
  readonly judgements: readonly Judgement[];
}

/**
 * Loads the films of `imdb`, a folder, and the other names of `search-akas.tsv`, types each letter of each query of the truth
 * file, and judges what the whole queries find. On the server of `databaseUrl`, or where it is null, embedded.
 */
export async function measureSearch(
  scratch: string,
  imdb: string,
  environment: Record<string, string>,
  databaseUrl: string | null,
): Promise<SearchMeasure> {
  const dump = await mkdtemp(join(scratch, 'search-'));
  try {
    await writeDump(dump, imdb);
    const settings = { ...environment, FILMBASE_CONFIG: join(BENCH, 'search.yaml') };
    const load = await filmbase(['sync', 'imdb', '--from', dump], settings);
    const db = await open(environment, databaseUrl);
    try {
      const keystrokes = await typeAll(db);
      const judgements = await judgeSearch(db, await idsOf(db));
      const where = db.engine === 'postgres' ? 'PostgreSQL' : 'embedded';
      return {
        judgements,
        figures: [
          {
            what: `load with lists of words, ${where}`,
            measured: seconds(load.ms),
            ratio: null,
            goal: 'none',
            reached: true,
          },
          keystrokeFigure(keystrokes, where, GOAL_MS[db.engine]),
          mrrFigure(judgements, where),
        ],
      };
    } finally {
      await db.close();
    }
  } finally {
    await rm(dump, { recursive: true, force: true });
  }
}

export function printJudgements(judgements: readonly Judgement[]): void {
  console.log('\n| class | half | queries | MRR | recall@10 |\n| --- | --- | --- | --- | --- |');
  for (const { sort, half, queries, mrr, recall } of judgements)
    console.log(`| ${sort} | ${half} | ${queries} | ${mrr.toFixed(3)} | ${recall.toFixed(3)} |`);
}

/** The folder of films with other names beside them. */
async function writeDump(into: string, imdb: string): Promise<void> {
  await mkdir(into, { recursive: true });
  for (const name of ['title.basics.tsv.gz', 'title.ratings.tsv.gz'])
    await copyFile(join(resolve(imdb), name), join(into, name));
  await pipeline(
    createReadStream(join(BENCH, 'search-akas.tsv')),
    createGzip(),
    createWriteStream(join(into, 'title.akas.tsv.gz')),
  );
}

function open(environment: Record<string, string>, databaseUrl: string | null): Promise<Database> {
  return databaseUrl === null
    ? openPglite({ folder: join(environment.FILMBASE_DATA ?? '', 'database') })
    : openPostgres({ url: databaseUrl });
}

/** Milliseconds of each keystroke of each query, in order. */
async function typeAll(db: Database): Promise<number[]> {
  const times: number[] = [];
  for (const { query } of readTruth()) {
    const letters = Array.from(query);
    for (let typed = 1; typed <= letters.length; typed += 1) {
      const text = letters.slice(0, typed).join('');
      const start = performance.now();
      await searchTitles(db, text, { limit: 10, kinds: [] });
      times.push(performance.now() - start);
    }
  }
  return times.sort((a, b) => a - b);
}

async function idsOf(db: Database): Promise<(imdbId: string) => string> {
  const [row] = await db.query<{ id_salt: string }>(sql`select id_salt from installation`);
  if (row === undefined) throw new Error('The installation has no salt.');
  return (text) => {
    const imdbId = parseImdbId(text);
    if (imdbId === null) throw new Error(`The truth file has ${text}, which is no IMDb id.`);
    return titleId(row.id_salt, imdbKey(imdbId));
  };
}

function keystrokeFigure(times: readonly number[], where: string, goal: number): Figure {
  const at = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
  return {
    what: `search, ${times.length.toLocaleString('en')} keystrokes, ${where}`,
    measured: `p50 ${at(0.5).toFixed(1)} ms, p95 ${at(0.95).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms`,
    ratio: null,
    goal: `p95 ≤ ${goal} ms`,
    reached: at(0.95) <= goal,
  };
}

function mrrFigure(judgements: readonly Judgement[], where: string): Figure {
  const test = judgements.find(({ sort, half }) => sort === 'all' && half === 'test');
  const mrr = test?.mrr ?? 0;
  return {
    what: `search, MRR of the half not looked at, ${where}`,
    measured: mrr.toFixed(3),
    ratio: null,
    goal: `≥ ${GOAL_MRR}`,
    reached: mrr >= GOAL_MRR,
  };
}
