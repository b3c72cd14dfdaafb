import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { join } from 'node:path';

import type { LoopReport } from '../bench/loop-watch.ts';
import { builtFile, eventsOf, runCommand, startServer } from './commands.ts';
import type { Environment } from './commands.ts';
import type { GivenAnswer } from './conformance.ts';

// Readers that do not pause while catalogues are published under them. Each publish is a step, numbered from 1: an odd
// one changes every film, and so is swapped in; an even one changes the marked films alone, and so goes by rows.

const READERS = 3;

/** The step whose words a film bears once `step` is published. `number`: that of its IMDb id. */
export function stepOf(number: number, step: number, markedEvery: number): number {
  return step % 2 === 1 || number % markedEvery === 0 ? step : step - 1;
}

/** The rating that a film has in the words of `step`. */
export function ratingOf(number: number, step: number): number {
  return (10 + ((number * 7 + step * 13) % 90)) / 10;
}

/** What ends the title of a film in the words of `step`. */
export function titleEnd(step: number): string {
  return ` v${step}`;
}

export interface ReaderTrial {
  readonly environment: Environment;
  /** An empty folder to write into. */
  readonly scratch: string;
  /** The dump of each step, from 1, which is loaded before the readers start. */
  readonly dumps: readonly string[];
  /** The IMDb ids of some films, to be read by id. */
  readonly ids: readonly string[];
  /** Every so many films one is marked: few enough for a publish by rows. */
  readonly markedEvery: number;
  /** A genre that many of the films have. */
  readonly genre: string;
  /** Is handed each answer. */
  readonly onAnswer?: (answer: GivenAnswer) => void;
}

export interface ReaderReport {
  /** How each step was published. */
  readonly ways: readonly string[];
  readonly reads: number;
  /** The last step that a reader saw. */
  readonly lastSeen: number;
  /** What was wrong, in sentences, the first of them. */
  readonly faults: readonly string[];
  readonly faultCount: number;
  readonly readMs: Percentiles;
  readonly healthMs: Percentiles;
  /** The server's event loop. */
  readonly loop: LoopReport;
  /** That of a process that does nothing: what the machine alone keeps a process waiting. */
  readonly idleLoop: LoopReport;
}

export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Serves the first dump, publishes the others one after the other, and has readers read all the while. */
export async function readDuringPublishes(trial: ReaderTrial): Promise<ReaderReport> {
  const { environment, dumps, scratch } = trial;
  const ways = [await publish(environment, dumps[0] ?? '')];
  const watched = watchFile(scratch, 'server');
  const server = await startServer({ ...environment, LOOP_WATCH_FILE: watched }, [], WATCH);
  const idle = watchIdle(scratch);
  const readers = new Readers(server.address, trial);
  await readers.warmUp();
  server.child.kill('SIGUSR2');
  const reading = readers.readOn();
  try {
    for (const dump of dumps.slice(1)) ways.push(await publish(environment, dump));
  } finally {
    readers.stop();
    await reading;
  }
  await server.kill('SIGTERM');
  return {
    ways,
    ...readers.report(),
    loop: loopReport(watched),
    idleLoop: await idle(),
  };
}

const WATCH = ['--import', builtFile('bench/loop-watch.js')];

function watchFile(scratch: string, name: string): string {
  return join(scratch, `${name}-loop.json`);
}

function loopReport(file: string): LoopReport {
  return JSON.parse(readFileSync(file, 'utf8')) as LoopReport;
}

/** Starts a process that only waits; gives the function that ends it and tells of its loop. */
function watchIdle(scratch: string): () => Promise<LoopReport> {
  const file = watchFile(scratch, 'idle');
  const idle = spawn(
    process.execPath,
    [...WATCH, '--eval', 'process.stdin.resume().on("end", () => process.exit())'],
    {
      env: { LOOP_WATCH_FILE: file },
      stdio: ['pipe', 'ignore', 'inherit'],
    },
  );
  const ended = new Promise((resolve) => idle.once('exit', resolve));
  return async () => {
    idle.stdin.end();
    await ended;
    return loopReport(file);
  };
}

async function publish(environment: Environment, dump: string): Promise<string> {
  const outcome = await runCommand(['sync', 'imdb', '--from', dump, '--log', 'json'], environment);
  if (outcome.exit !== 0)
    throw new Error(`a sync exited ${String(outcome.exit)}: ${outcome.stdout}${outcome.stderr}`);
  const published = eventsOf(outcome).find(({ event }) => event === 'published');
  return String(published?.way);
}

interface ReadFilm {
  readonly imdbId: string;
  readonly title: string;
  readonly rating: number | null;
  readonly genres: readonly string[];
}

interface Page {
  readonly data: readonly ReadFilm[];
  readonly page: { readonly next: string | null };
}

class Readers {
  readonly #address: string;
  readonly #trial: ReaderTrial;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #reads: number[] = [];
  readonly #health: number[] = [];
  readonly #faults: string[] = [];
  #faultCount = 0;
  #stopped = false;
  /** No answer that is asked for from now on may be of an earlier step. */
  #seen = 1;

  constructor(address: string, trial: ReaderTrial) {
    this.#address = address;
    this.#trial = trial;
  }

  /** Each kind of request once, so that compiling is not taken for waiting. */
  async warmUp(): Promise<void> {
    await this.#ask('/health/live');
    await this.#readFilm(0);
    await this.#readPages('/movies?limit=100&sort=-rating', 1);
  }

  async readOn(): Promise<void> {
    const loops = Array.from({ length: READERS }, (_, reader) =>
      this.#untilStopped((turn) => this.#read(turn + reader)),
    );
    await Promise.all([...loops, this.#untilStopped(() => this.#ask('/health/live', this.#health))]);
    this.#agent.destroy();
  }

  stop(): void {
    this.#stopped = true;
  }

  report() {
    return {
      reads: this.#reads.length,
      lastSeen: this.#seen,
      faults: this.#faults,
      faultCount: this.#faultCount,
      readMs: percentiles(this.#reads),
      healthMs: percentiles(this.#health),
    };
  }

  async #untilStopped(work: (turn: number) => Promise<unknown>): Promise<void> {
    for (let turn = 0; !this.#stopped; turn += 1) await work(turn);
  }

  async #read(turn: number): Promise<void> {
    if (turn % 3 === 0) await this.#readFilm(turn);
    else if (turn % 3 === 1) await this.#readPages('/movies?limit=100&sort=-rating', 3);
    else await this.#readPages(`/movies?genre=${this.#trial.genre}&limit=100&sort=-rating`, 3);
  }

  async #readFilm(turn: number): Promise<void> {
    const { ids } = this.#trial;
    const seen = this.#seen;
    const film = await this.#ask<ReadFilm>(`/movies/${ids[turn % ids.length] ?? ''}`, this.#reads);
    if (film !== null) this.#judge([film], seen);
  }

  async #readPages(path: string, pages: number): Promise<void> {
    for (let next: string | null = path, page = 0; next !== null && page < pages; page += 1) {
      const seen = this.#seen;
      const read: Page | null = await this.#ask<Page>(next, this.#reads);
      if (read === null) return;
      this.#judge(read.data, seen);
      this.#judgeOrder(read.data, next);
      next = read.page.next;
    }
  }

  /** Every film of an answer must bear the words of one step, and of none before `seen`. */
  #judge(films: readonly ReadFilm[], seen: number): void {
    const bounds = { least: 0, most: Infinity };
    for (const film of films) {
      const words = Number(/ v(\d+)$/.exec(film.title)?.[1]);
      const number = Number(film.imdbId.slice(2));
      if (film.rating !== null && film.rating !== ratingOf(number, words))
        this.#fault(`${film.title} has the rating ${String(film.rating)}`);
      const isMarked = number % this.#trial.markedEvery === 0;
      // An unmarked film keeps its words over the even step that follows.
      bounds.least = Math.max(bounds.least, words);
      bounds.most = Math.min(bounds.most, isMarked ? words : words + 1);
    }
    if (bounds.least > bounds.most) this.#fault(`a mixture of steps ${bounds.least} and ${bounds.most}`);
    if (bounds.most < seen) this.#fault(`step ${bounds.most} after step ${seen}`);
    if (films.length > 0) this.#seen = Math.max(this.#seen, bounds.least);
  }

  /** What a list is ordered and chosen by stands in another table than what it shows. */
  #judgeOrder(films: readonly ReadFilm[], path: string): void {
    const ratings = films.flatMap(({ rating }) => (rating === null ? [] : [rating]));
    if (ratings.some((rating, at) => at > 0 && rating > (ratings[at - 1] ?? 0)))
      this.#fault(`${path} is out of order: ${ratings.join(' ')}`);
    const { genre } = this.#trial;
    if (path.includes('genre=') && films.some(({ genres }) => !genres.includes(genre)))
      this.#fault(`${path} has a film without ${genre}`);
  }

  #ask<T>(path: string, times: number[] = []): Promise<T | null> {
    const start = performance.now();
    return new Promise((resolve) => {
      const fail = (what: string) => {
        this.#fault(`${path}: ${what}`);
        resolve(null);
      };
      // Every other read is of what the database has, not of what the server remembers.
      const headers = this.#reads.length % 2 === 0 ? {} : { 'x-no-compression': '1' };
      const request = get(`${this.#address}${path}`, { agent: this.#agent, headers }, (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('error', (error) => {
          fail(error.message);
        });
        response.on('end', () => {
          times.push(performance.now() - start);
          const body = Buffer.concat(pieces).toString();
          const { statusCode: status = 0, headers } = response;
          const contentType = headers['content-type'] ?? null;
          this.#trial.onAnswer?.({ method: 'GET', url: path, status, contentType, body });
          if (status === 200) resolve(JSON.parse(body) as T);
          else fail(`${status} ${body}`);
        });
      });
      request.on('error', (error) => {
        fail(error.message);
      });
    });
  }

  #fault(what: string): void {
    this.#faultCount += 1;
    if (this.#faults.length < 10) this.#faults.push(what);
  }
}

function percentiles(values: readonly number[]): Percentiles {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}
