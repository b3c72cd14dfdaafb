import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { pino } from 'pino';

import { openEngine } from '../src/lake/engine.ts';
import type { ClaimTable } from '../src/model/claim-tables.ts';
import { literal } from '../src/model/lake-engine.ts';
import type { LakeEngine, LakeRow } from '../src/model/lake-engine.ts';
import type { FileCounts, RawFile, ReadRequest, SourceWorld } from '../src/model/source.ts';
import { claimImdb } from '../src/sources/imdb/claims.ts';
import { imdbSettings } from '../src/sources/imdb/settings.ts';
import type { ImdbSettings } from '../src/sources/imdb/settings.ts';

/** The settings as `filmbase.yaml` would give them. */
type Stated = Partial<ImdbSettings>;

/** What a claim run gave. */
export interface Claimed {
  readonly counts: readonly FileCounts[];
  /** The claims of a table in the order of their columns, without `source` and `run`. */
  readonly claims: (table: ClaimTable) => Promise<LakeRow[]>;
  readonly rejects: () => Promise<LakeRow[]>;
}

/** An engine and folders to read and claim imdb's files in. */
export interface ImdbLab {
  readonly engine: LakeEngine;
  /** A new empty folder. */
  folder(): Promise<string>;
  /** Claims the files in `folder`, by default after putting `files` there. */
  claim(files: Record<string, string | Uint8Array>, stated?: Stated, limit?: number): Promise<Claimed>;
  /** The rejects of the run that was last claimed, also if it failed. */
  lastRejects(): Promise<LakeRow[]>;
  close(): Promise<void>;
}

export async function openImdbLab(): Promise<ImdbLab> {
  const root = await mkdtemp(join(tmpdir(), 'filmbase-imdb-'));
  const engine = await openEngine({ memoryLimitMb: 512, threads: 2, tempFolder: join(root, 'engine') });
  let last = root;
  const folder = () => mkdtemp(join(root, 'folder-'));
  return {
    engine,
    folder,
    claim: async (files, stated = {}, limit) => {
      last = await folder();
      const raw: RawFile[] = [];
      await mkdir(join(last, 'scratch'));
      for (const [name, bytes] of Object.entries(files)) {
        await writeFile(join(last, name), bytes);
        raw.push(rawFile(name));
      }
      return claimIn(engine, last, raw, stated, limit ?? null);
    },
    lastRejects: () => rows(engine, join(last, 'rejects.parquet')),
    close: async () => {
      await engine.close();
      await rm(root, { recursive: true });
    },
  };
}

/** Claims what lies in `place`, a folder that is left as it is. */
export async function claimFolder(
  lab: ImdbLab,
  place: string,
  names: string[],
  stated: Stated,
): Promise<Claimed> {
  const folder = await lab.folder();
  await mkdir(join(folder, 'scratch'));
  for (const name of names) await cp(join(place, name), join(folder, name));
  return claimIn(lab.engine, folder, names.map(rawFile), stated, null);
}

async function claimIn(
  engine: LakeEngine,
  folder: string,
  files: RawFile[],
  stated: Stated,
  limit: number | null,
): Promise<Claimed> {
  const claimFile = (table: ClaimTable) => join(folder, `${table}.parquet`);
  const rejectFile = join(folder, 'rejects.parquet');
  const settings = imdbSettings.parse(stated);
  const scratch = join(folder, 'scratch');
  const request = {
    settings,
    run: 'run-1',
    files,
    rawFolder: folder,
    scratch,
    engine,
    claimFile,
    rejectFile,
    limit,
  };
  const counts = await claimImdb(request, imdbWorld());
  return {
    counts,
    claims: (table) => rows(engine, claimFile(table)),
    rejects: () => rows(engine, rejectFile),
  };
}

async function rows(engine: LakeEngine, file: string): Promise<LakeRow[]> {
  return engine.rows(`select * exclude (source, run) from read_parquet(${literal(file)}) order by all`);
}

function rawFile(name: string): RawFile {
  return { name, bytes: 0, sha256: '', from: name, etag: null, lastModified: null };
}

export function imdbWorld(over: Partial<SourceWorld> & { warnings?: string[] } = {}): SourceWorld {
  const { warnings, ...world } = over;
  const log = pino({ level: 'warn' }, { write: (line: string) => void warnings?.push(line) });
  const idle = { now: () => new Date(0), signal: new AbortController().signal, progress: () => undefined };
  return { fetch, log, ...idle, ...world };
}

/** What `read` is asked, with empty folders of its own. */
export async function readRequest(
  lab: Pick<ImdbLab, 'folder'>,
  over: Partial<Omit<ReadRequest<ImdbSettings>, 'settings'>> & { settings?: Stated },
): Promise<ReadRequest<ImdbSettings>> {
  return {
    from: null,
    into: over.into ?? (await lab.folder()),
    partial: over.partial ?? (await lab.folder()),
    before: [],
    beforeFolder: null,
    ...over,
    settings: imdbSettings.parse(over.settings ?? {}),
  };
}

/** A file of titles: `lines`, and enough of a kind that the settings leave out that a few rejects are no reason to stop. */
export function basicsFile(...lines: string[]): string {
  const fill = Array.from({ length: 60 }, (_, i) => `tt80000${i + 10}\tshort\tF\tF\t0\t\\N\t\\N\t\\N\t\\N`);
  return [BASICS_HEADER, ...lines, ...fill].map((line) => `${line}\n`).join('');
}

export const BASICS_HEADER =
  'tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear\truntimeMinutes\tgenres';
export const RATINGS_HEADER = 'tconst\taverageRating\tnumVotes';
export const GOOD_TITLE = 'tt9000001\tmovie\tOne\tOne\t0\t1998\t\\N\t104\tDrama';
