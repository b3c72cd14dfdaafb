import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import pino from 'pino';
import sql from 'sql-template-tag';
import { afterEach } from 'vitest';

import { enterFilm } from '../src/catalogue/entry/enter-film.ts';
import { setValues } from '../src/catalogue/entry/set-values.ts';
import type { Database } from '../src/db/database.ts';
import { listFilmsByVotes } from '../src/catalogue/queries/films-by-votes.ts';
import { stagingFolder } from '../src/lake/layout.ts';
import type { Lake } from '../src/lake/layout.ts';
import type { Retention } from '../src/lake/retention.ts';
import type { FilmEntry } from '../src/model/film-entry.ts';
import type { FilmValues } from '../src/model/film-values.ts';
import { loadSources } from '../src/sources/registry.ts';
import type { RunManifest } from '../src/lake/manifests.ts';
import type { SyncWorld } from '../src/sync/sync-world.ts';
import { sync } from '../src/sync/sync.ts';
import type { SyncRequest, SyncResult } from '../src/sync/sync.ts';
import { ID_SALT } from './api.ts';
import type { Dump } from './dumps.ts';
import { lendEngine } from './lent-engines.ts';

/** A lake with a database to publish to, and no process around them. */
export interface Workshop {
  readonly db: Database;
  readonly lake: Lake;
  /** The world of its syncs; a test may change it. */
  readonly world: SyncWorld;
  /** Syncs `imdb` from a dump, or from a folder. */
  readonly sync: (from: Dump | string, request?: Partial<SyncRequest>) => Promise<SyncResult>;
  /** Syncs one source from its provider. */
  readonly syncSource: (source: string, request?: Partial<SyncRequest>) => Promise<SyncResult>;
  /** Enters a film and gives its id. */
  readonly enter: (film: Partial<FilmEntry>) => Promise<string>;
  /** Sets values of a film by hand, and withdraws them. */
  readonly set: (id: string, values: FilmValues) => Promise<unknown>;
}

/** What a test may have otherwise. */
interface WorkshopOptions {
  /** The lake of another workshop, to be published to another database. */
  readonly lake?: Lake;
  readonly imdb?: unknown;
  /** The settings of other sources, by their names. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly retention?: Retention;
  readonly world?: Partial<SyncWorld>;
}

/** Whoever has no key. */
const NOBODY = { apiKey: null, ticket: null };

const opened: string[] = [];

/** A folder that is removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'filmbase-test-'));
  opened.push(folder);
  return folder;
}

/** To be called at the head of a test file: temporary folders go after each test. */
export function removeFoldersAfterEach(): void {
  afterEach(() => {
    for (const folder of opened.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
}

export async function openWorkshop(db: Database, options: WorkshopOptions = {}): Promise<Workshop> {
  const folder = temporaryFolder();
  const lake = options.lake ?? { folder: join(folder, 'lake') };
  const sources = await loadSources();
  const world: SyncWorld = {
    db,
    lake,
    idSalt: ID_SALT,
    sources,
    settingsOf: (source) =>
      source.settings.parse({ imdb: options.imdb, ...options.settings }[source.name] ?? {}),
    retention: options.retention ?? { rawRuns: 2, claimRuns: 7, versions: 3, unchangedDays: 14 },
    changeDays: null,
    maxShrink: 0.2,
    openEngine: (part, signal) =>
      lendEngine(
        { memoryLimitMb: 1_024, threads: 1, tempFolder: stagingFolder(lake, part, 'engine') },
        signal,
      ),
    holdLake: (_part, work) => work(),
    signalAfter: () => new AbortController().signal,
    withoutSecrets: (text) => text,
    postAlert: null,
    countRun: () => undefined,
    failedPublishes: new Map(),
    secretsOf: () => ({}),
    fetch: () => Promise.reject(new Error('A test asked the network.')),
    jsonClient: () => {
      throw new Error('A test asked a provider.');
    },
    filmsByVotes: () => listFilmsByVotes(db),
    now: () => new Date(),
    clock: () => performance.now(),
    random: Math.random,
    signal: new AbortController().signal,
    log: pino({ level: 'silent' }),
    progress: () => undefined,
    ...options.world,
  };
  const entryWorld = {
    db,
    idSalt: ID_SALT,
    now: world.now,
    newId: randomUUID,
    onWritten: () => undefined,
  };
  let dumps = 0;
  return {
    db,
    lake,
    world,
    sync: (from, request = {}) => {
      const place = typeof from === 'string' ? from : from.write(join(folder, `dump-${(dumps += 1)}`));
      return sync(world, requestOf('imdb', place, request), () => undefined);
    },
    syncSource: (source, request = {}) => sync(world, requestOf(source, null, request), () => undefined),
    set: (id, values) => setValues(entryWorld, id, values, () => true, NOBODY),
    enter: async (film) => (await enterFilm(entryWorld, filmEntry(film), NOBODY)).id,
  };
}

function requestOf(source: string, from: string | null, over: Partial<SyncRequest>): SyncRequest {
  const plain = { limit: null, allowShrink: false, dryRun: false, waitMs: 0 };
  return { sources: [source], from, ...plain, ...over };
}

function filmEntry(film: Partial<FilmEntry>): FilmEntry {
  return {
    title: 'An entered film',
    originalTitle: null,
    kind: 'movie',
    year: null,
    releaseDate: null,
    runtimeMinutes: null,
    genres: [],
    rating: null,
    certificate: null,
    posterUrl: null,
    imdbId: null,
    ...film,
  };
}

/** The manifest of the one run of a sync. */
export function manifestOf(result: SyncResult): RunManifest {
  const [run] = result.runs;
  if (run === undefined || !('manifest' in run)) throw new Error('The sync has no run that was done.');
  return run.manifest;
}

/** The code with which the one run of a sync failed; null if it did not. */
export function failureOf(result: SyncResult): string | null {
  const [run] = result.runs;
  return run?.state === 'failed' ? (run.error as { code: string }).code : null;
}

/**
 * Every column of what is served of titles themselves, in a fixed order; genres by name in lower case, since their ids and
 * their spelling hang on what came first.
 */
export async function servedTables(db: Database) {
  const [title, titleGenre, furtherRating, overruled, alias] = [
    await db.query(sql`select * from title order by id`),
    await db.query(sql`
      select
        lower(g.name) as name, t.title_id, t.title_sort, t.year, t.runtime_minutes, t.rating, t.votes,
        t.weighted_rating, t.popularity
      from title_genre as t
      join genre as g on g.id = t.genre_id
      order by lower(g.name), t.title_id`),
    await db.query(sql`select * from further_rating order by title_id, system`),
    await db.query(sql`select *, value is null as is_null from overruled order by title_id, field`),
    await db.query(sql`select alias_id, key, title_id from title_alias order by alias_id`),
  ];
  return { title, titleGenre, furtherRating, overruled, alias };
}
