import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';

import { writeFiles } from '../test/dumps.ts';
import { ratingOf, readDuringPublishes, stepOf, titleEnd } from '../test/reader-trials.ts';
import type { Percentiles, ReaderReport } from '../test/reader-trials.ts';
import { databaseUrl, onServer } from '../test/test-server.ts';

const HELP = `Reads without pause while the films of a dump are published over and over, each time with other words.

  node dist/bench/readers-during-publish.js --from FOLDER [--steps 6]

FOLDER holds title.basics and title.ratings in IMDb's layout. With DATABASE_URL (a server, where it makes a database of
its own and drops it again) it measures there as well. Exits with 1 if a reader saw an error or a mixture.`;

/** Few enough changes for a publish by rows on the embedded database, with a quarter of a million films. */
const MARKED_EVERY = 250;

const { values } = parseArgs({
  options: {
    from: { type: 'string' },
    steps: { type: 'string', default: '6' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help || values.from === undefined) console.log(HELP);
else await measure(values.from, Number(values.steps));

async function measure(from: string, steps: number): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'filmbase-readers-'));
  try {
    const basics = await linesOf(from, 'title.basics');
    const ratings = await linesOf(from, 'title.ratings');
    const dumps = Array.from({ length: steps }, (_, at) => writeStep(scratch, at + 1, basics, ratings));
    const ids = basics
      .slice(1)
      .filter((line) => line.includes('\tmovie\t'))
      .map(idOf);
    const some = ids.filter((_, at) => at % Math.ceil(ids.length / 1000) === 0);
    const trial = { scratch, dumps, ids: some, markedEvery: MARKED_EVERY, genre: 'Drama' };
    console.log(`${ids.length} films, ${steps} steps\n`);
    console.log(
      '| database | published | reads | p50, p99, max ms | health p50, p99, max ms | loop held, stood (idle) ms | faults |',
    );
    console.log('| --- | --- | --- | --- | --- | --- | --- |');
    const embedded = { FILMBASE_DATA: join(scratch, 'embedded') };
    print('embedded', await readDuringPublishes({ ...trial, environment: embedded }));
    const server = process.env.DATABASE_URL;
    if (server === undefined) return;
    const name = `filmbase_readers_${process.pid}`;
    await onServer(server, `create database ${name}`);
    try {
      const environment = { FILMBASE_DATA: join(scratch, 'server'), DATABASE_URL: databaseUrl(server, name) };
      print('PostgreSQL', await readDuringPublishes({ ...trial, environment }));
    } finally {
      await onServer(server, `drop database if exists ${name} with (force)`);
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The file's lines, the header first. */
async function linesOf(folder: string, name: string): Promise<string[]> {
  const file = (await readdir(folder)).find((found) => found === `${name}.tsv.gz` || found === `${name}.tsv`);
  if (file === undefined) throw new Error(`${folder} has no ${name}.`);
  const bytes = await readFile(join(folder, file));
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().trimEnd().split('\n');
}

/** Writes the dump of a step: each title and rating in the words of its step. */
function writeStep(
  scratch: string,
  step: number,
  [basicsHeader = '', ...basics]: readonly string[],
  [ratingsHeader = '', ...ratings]: readonly string[],
): string {
  const wordsOf = (id: string) => stepOf(Number(id.slice(2)), step, MARKED_EVERY);
  const titles = basics.map((line) => {
    const [id = '', kind = '', title = '', ...rest] = line.split('\t');
    return [id, kind, `${title}${titleEnd(wordsOf(id))}`, ...rest].join('\t');
  });
  const rated = ratings.map((line) => {
    const [id = '', , votes = ''] = line.split('\t');
    return `${id}\t${ratingOf(Number(id.slice(2)), wordsOf(id)).toFixed(1)}\t${votes}`;
  });
  const packed = (lines: readonly string[]) => gzipSync(`${lines.join('\n')}\n`, { level: 1 });
  return writeFiles(join(scratch, `step-${step}`), {
    'title.basics.tsv.gz': packed([basicsHeader, ...titles]),
    'title.ratings.tsv.gz': packed([ratingsHeader, ...rated]),
  });
}

function idOf(line: string): string {
  return line.slice(0, line.indexOf('\t'));
}

function print(database: string, report: ReaderReport): void {
  const { ways, reads, readMs, healthMs, loop, idleLoop, faultCount, faults } = report;
  const held = `${loop.heldMs.toFixed(0)}, ${loop.stoodMs.toFixed(0)} (${idleLoop.stoodMs.toFixed(0)})`;
  console.log(
    `| ${database} | ${ways.join(' ')} | ${reads} | ${times(readMs)} | ${times(healthMs)} | ${held} | ${faultCount} |`,
  );
  for (const fault of faults) console.log(fault);
  if (faultCount > 0) process.exitCode = 1;
}

function times({ p50, p99, max }: Percentiles): string {
  return [p50, p99, max].map((ms) => ms.toFixed(1)).join(', ');
}
