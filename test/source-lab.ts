import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { pino } from 'pino';

import { openEngine } from '../src/lake/engine.ts';
import type { ClaimTable } from '../src/model/claim-tables.ts';
import { literal } from '../src/model/lake-engine.ts';
import type { LakeEngine, LakeRow } from '../src/model/lake-engine.ts';
import type { ClaimRequest, FileCounts, RawFile, ReadRequest, SourceWorld } from '../src/model/source.ts';

/** What a claim run gave. */
export interface Claimed {
  readonly counts: readonly FileCounts[];
  /** The claims of a table in the order of their columns, without `source` and `run`. */
  readonly claims: (table: ClaimTable) => Promise<LakeRow[]>;
  readonly rejects: () => Promise<LakeRow[]>;
}

/** An engine and folders to read and claim a source's files in. */
export interface SourceLab<S> {
  readonly engine: LakeEngine;
  /** A new empty folder. */
  folder(): Promise<string>;
  /** Puts `files` into a new folder and claims them. */
  claim(
    files: Record<string, string | Uint8Array>,
    settings: S,
    limit: number | null,
    world?: SourceWorld,
  ): Promise<Claimed>;
  /** Claims what lies in `place`, a folder that is left as it is. */
  claimFolder(place: string, names: readonly string[], settings: S): Promise<Claimed>;
  /** The rejects of the run that was last claimed, also if it failed. */
  lastRejects(): Promise<LakeRow[]>;
  close(): Promise<void>;
}

type Claim<S> = (request: ClaimRequest<S>, world: SourceWorld) => Promise<readonly FileCounts[]>;

export async function openSourceLab<S>(name: string, claim: Claim<S>): Promise<SourceLab<S>> {
  const root = await mkdtemp(join(tmpdir(), `filmbase-${name}-`));
  const engine = await openEngine({ memoryLimitMb: 512, threads: 2, tempFolder: join(root, 'engine') });
  let last = root;
  const folder = () => mkdtemp(join(root, 'folder-'));
  const claimLast = async (
    names: readonly string[],
    settings: S,
    limit: number | null,
    world: SourceWorld,
  ) => {
    await mkdir(join(last, 'scratch'));
    const request = claimRequest(engine, last, names.map(rawFile), limit);
    const counts = await claim({ ...request, settings }, world);
    return {
      counts,
      claims: (table: ClaimTable) => rows(engine, request.claimFile(table)),
      rejects: () => rows(engine, request.rejectFile),
    };
  };
  return {
    engine,
    folder,
    claim: async (files, settings, limit, world = quietWorld()) => {
      last = await folder();
      for (const [file, bytes] of Object.entries(files)) await writeFile(join(last, file), bytes);
      return claimLast(Object.keys(files), settings, limit, world);
    },
    claimFolder: async (place, names, settings) => {
      last = await folder();
      for (const file of names) await cp(join(place, file), join(last, file));
      return claimLast(names, settings, null, quietWorld());
    },
    lastRejects: () => rows(engine, join(last, 'rejects.parquet')),
    close: async () => {
      await engine.close();
      await rm(root, { recursive: true });
    },
  };
}

function claimRequest(engine: LakeEngine, folder: string, files: RawFile[], limit: number | null) {
  return {
    run: 'run-1',
    files,
    rawFolder: folder,
    scratch: join(folder, 'scratch'),
    engine,
    claimFile: (table: ClaimTable) => join(folder, `${table}.parquet`),
    rejectFile: join(folder, 'rejects.parquet'),
    limit,
  };
}

async function rows(engine: LakeEngine, file: string): Promise<LakeRow[]> {
  return engine.rows(`select * exclude (source, run) from read_parquet(${literal(file)}) order by all`);
}

function rawFile(name: string): RawFile {
  return { name, bytes: 0, sha256: '', from: name, etag: null, lastModified: null };
}

/** A world in which nothing happens; what is logged as a warning goes to `warnings`. */
export function quietWorld(over: Partial<SourceWorld> & { warnings?: string[] } = {}): SourceWorld {
  const { warnings, ...world } = over;
  const log = pino({ level: 'warn' }, { write: (line: string) => void warnings?.push(line) });
  const idle = { now: () => new Date(0), signal: new AbortController().signal, progress: () => undefined };
  const jsonClient = () => {
    throw new Error('A test asked a provider.');
  };
  return { fetch, log, jsonClient, filmsByVotes: () => noFilms(), ...idle, ...world };
}

async function* noFilms(): AsyncGenerator<string> {
  // A catalogue without films.
}

/** What `read` is asked besides the settings, with empty folders of its own. */
export async function emptyRequest(lab: {
  folder(): Promise<string>;
}): Promise<Omit<ReadRequest<unknown>, 'settings'>> {
  const folders = { into: await lab.folder(), partial: await lab.folder() };
  return { secrets: {}, from: null, ...folders, before: [], beforeFolder: null };
}
