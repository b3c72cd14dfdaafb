import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import sql from 'sql-template-tag';

import type { Database } from '../src/db/database.ts';
import { openPglite } from '../src/db/pglite.ts';
import { openPostgres } from '../src/db/postgres.ts';
import { processesOf, startCommand, startServer } from './commands.ts';
import type { Command } from './commands.ts';

// Processes killed at any moment of a sync, and what the next start finds.

/** What is served, told apart by fingerprints. */
interface Served {
  readonly version: number;
  readonly titles: string;
  readonly genres: string;
  /** Tables that a publish left, and runs that are said to be running. */
  readonly leavings: readonly string[];
}

/** A kill and what came of it. */
export interface Trial {
  /** The process that was killed: a sync, or a server with a sync running in it. */
  readonly killed: 'sync' | 'serve';
  /** In milliseconds, as `durations` counts. */
  readonly moment: number;
  /** Which catalogue the next start found; `done` where the sync had ended before the kill. */
  readonly found: 'old' | 'new' | 'done' | 'neither';
  /** What was not as it must be, in sentences. */
  readonly faults: readonly string[];
}

/** How long the children of a killed process may outlive it. */
const ORPHANS_FOR_MS = 5_000;

/** An installation between two dumps that differ in every title, to be killed on the way from one to the other. */
export class KillGround {
  readonly #folder: string;
  readonly #url: string | null;
  readonly #dumps: readonly [string, string];
  /** By dump: what is served once it is published, but for the version. */
  readonly #known: Pick<Served, 'titles' | 'genres'>[] = [];
  /** The dump that is served, and what was seen of it last. */
  #at: 0 | 1 = 0;
  #seen: Served = { version: 0, titles: '', genres: '', leavings: [] };
  /** Milliseconds that an undisturbed sync takes: alone, from the start of its process; within a server, from its first word. */
  durations = { sync: 0, serve: 0 };

  /** `folder`: an empty data folder; `url`: an empty database on a server, or null for the embedded one. */
  constructor(folder: string, url: string | null, dumps: readonly [string, string]) {
    this.#folder = folder;
    this.#url = url;
    this.#dumps = dumps;
  }

  get #environment() {
    return { FILMBASE_DATA: this.#folder, ...(this.#url === null ? {} : { DATABASE_URL: this.#url }) };
  }

  /** Loads both dumps once, and takes the time. */
  async prepare(): Promise<void> {
    for (const dump of [0, 1] as const) {
      const start = performance.now();
      await this.#syncTo(dump);
      this.durations.sync = performance.now() - start;
      this.#seen = await this.#look();
      const { titles, genres } = this.#seen;
      this.#known.push({ titles, genres });
      this.#at = dump;
    }
    if (this.#url !== null) return;
    const server = await startServer(this.#environment);
    const sync = this.#startSync(0, '--log', 'json');
    await sync.line(hasBegun);
    const start = performance.now();
    await sync.ended;
    this.durations.serve = performance.now() - start;
    await server.kill('SIGTERM');
    this.#at = 0;
    this.#seen = await this.#look();
  }

  /** Kills a sync of its own `moment` ms after its start. */
  async killSync(moment: number): Promise<Trial> {
    const sync = this.#startSync(this.#other);
    return this.#judge('sync', moment, await killAfter(moment, sync, sync), async () => {
      await this.#syncTo(this.#other);
    });
  }

  /** Kills a server `moment` ms after a sync has begun in it. */
  async killServer(moment: number): Promise<Trial> {
    const server = await startServer(this.#environment);
    const sync = this.#startSync(this.#other, '--log', 'json');
    await sync.line(hasBegun);
    const inTime = await killAfter(moment, server, sync);
    const { exit } = await sync.ended;
    const trial = await this.#judge('serve', moment, inTime, async () => {
      const again = await startServer(this.#environment);
      await this.#syncTo(this.#other);
      const stopped = await again.kill('SIGTERM');
      if (stopped.exit !== 0)
        throw new Error(`the server stopped with ${String(stopped.exit)}: ${stopped.stderr}`);
    });
    // The answer may have come before the end did: then what it said was done is done.
    const rightExit = inTime ? exit === 1 || (exit === 0 && trial.found === 'new') : exit === 0;
    return rightExit
      ? trial
      : { ...trial, faults: [...trial.faults, `the asking command exited ${String(exit)}`] };
  }

  get #other(): 0 | 1 {
    return this.#at === 0 ? 1 : 0;
  }

  async #judge(
    killed: Trial['killed'],
    moment: number,
    inTime: boolean,
    syncAgain: () => Promise<void>,
  ): Promise<Trial> {
    const faults: string[] = [];
    const orphans = await this.#orphans();
    if (orphans.length > 0) faults.push(`processes ${orphans.join(', ')} live on`);
    const after = await this.#look();
    const found = this.#tell(after);
    if (found === 'neither')
      faults.push(`found ${JSON.stringify(after)} after ${JSON.stringify(this.#seen)}`);
    await syncAgain().catch((error: unknown) => faults.push(String(error)));
    faults.push(...this.#strays());
    this.#at = this.#other;
    const next = (this.#seen = await this.#look());
    faults.push(...next.leavings);
    const right = this.#known[this.#at];
    if (next.titles !== right?.titles || next.genres !== right.genres)
      faults.push(`the next sync left ${JSON.stringify(next)}`);
    return { killed, moment: Math.round(moment), found: inTime ? found : 'done', faults };
  }

  #tell(after: Served): 'old' | 'new' | 'neither' {
    const { version } = this.#seen;
    const expected = after.version === version ? this.#known[this.#at] : this.#known[this.#other];
    if (after.titles !== expected?.titles || after.genres !== expected.genres) return 'neither';
    return after.version === version ? 'old' : 'new';
  }

  #startSync(dump: 0 | 1, ...more: readonly string[]): Command {
    return startCommand(['sync', 'imdb', '--from', this.#dumps[dump], ...more], this.#environment);
  }

  async #syncTo(dump: 0 | 1): Promise<void> {
    const { exit, stdout, stderr } = await this.#startSync(dump).ended;
    if (exit !== 0) throw new Error(`a sync exited ${String(exit)}: ${stdout}${stderr}`);
  }

  /** What is served, read while no process of ours is there. */
  async #look(): Promise<Served> {
    return this.#withDatabase(async (db) => {
      const [served] = await db.query<Omit<Served, 'leavings'>>(sql`
        select
          version,
          (select md5(string_agg(md5(t::text), '' order by t.id)) from title as t) as titles,
          (
            select md5(string_agg(md5(g::text), '' order by g.genre_id, g.title_id)) from title_genre as g
          ) as genres
        from catalogue_state`);
      if (served === undefined) throw new Error('catalogue_state has no row');
      const leavings = await db.query<{ name: string }>(sql`
        select 'the table ' || tablename || ' is there still' as name
        from pg_tables
        where schemaname = current_schema()
          and (tablename like '%\\_next' or tablename like 'publish\\_%')
        union all
        select 'the run ' || name || ' is said to be running'
        from run
        where state = 'running'`);
      return { ...served, leavings: leavings.map(({ name }) => name) };
    });
  }

  async #withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
    const db = await (this.#url === null
      ? openPglite({ folder: join(this.#folder, 'database') })
      : openPostgres({ url: this.#url }));
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  }

  /** Files of the lake that belong to no run and no version. */
  #strays(): string[] {
    const lake = join(this.#folder, 'lake');
    const files = readdirSync(lake, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(lake.length + 1));
    const manifests = files.filter((file) => /^(runs|versions)\/[^/]+\.json$/.test(file));
    const runs = manifests.filter((file) => file.startsWith('runs/')).map((file) => file.slice(5, -5));
    const versions = manifests
      .filter((file) => file.startsWith('versions/'))
      .map((file) => file.slice(9, -5));
    const owned = (file: string) =>
      runs.some((run) => file.includes(run)) ||
      versions.some((version) => file.includes(`/version=${version}/`));
    const strays = files.filter(
      (file) => !manifests.includes(file) && !file.startsWith('unchanged/') && !owned(file),
    );
    const torn = manifests.filter((file) => !isWhole(join(lake, file)));
    const staging = existsSync(join(lake, '.staging')) ? readdirSync(join(lake, '.staging')) : [];
    return [
      ...strays.map((file) => `the lake holds ${file} still`),
      ...torn.map((file) => `${file} is torn`),
      ...staging.map((name) => `the lake's staging holds ${name} still`),
    ];
  }

  /** Processes of the installation that have not ended, given time to. */
  async #orphans(): Promise<number[]> {
    const until = performance.now() + ORPHANS_FOR_MS;
    for (;;) {
      const left = processesOf(this.#folder);
      if (left.length === 0 || performance.now() > until) return left;
      await new Promise(setImmediate);
    }
  }
}

/** The first that a sync says. */
function hasBegun(line: string): boolean {
  return line.startsWith('{"event":');
}

/** `count` moments of a time of `durationMs`, one in each of as many equal parts of it, by a seed. */
export function momentsWithin(durationMs: number, count: number, seed: number): number[] {
  const random = randomBy(seed);
  return Array.from({ length: count }, (_, part) => ((part + random()) / count) * durationMs);
}

/** Mulberry32: numbers from 0 to below 1 that a seed determines. */
function randomBy(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Kills `victim` after `moment` ms, unless `work` ends before; gives whether it did. */
async function killAfter(moment: number, victim: Command, work: Command): Promise<boolean> {
  let killed = false;
  const timer = setTimeout(() => {
    killed = true;
    victim.child.kill('SIGKILL');
  }, moment);
  await work.ended;
  clearTimeout(timer);
  await victim.kill('SIGKILL');
  return killed;
}

function isWhole(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, 'utf8'));
    return true;
  } catch {
    return false;
  }
}
