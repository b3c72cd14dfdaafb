import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import sql from 'sql-template-tag';

import type { Config } from './config.ts';
import type { Database } from './db/database.ts';
import { migrate } from './db/migrate.ts';
import { openPglite } from './db/pglite.ts';
import { openPostgres } from './db/postgres.ts';
import { openEngine } from './lake/engine.ts';
import { OFFER_SOURCE, registerSellers } from './catalogue/offers/publish-offers.ts';
import { listFilmsByVotes } from './catalogue/queries/films-by-votes.ts';
import { lockFolder } from './lake/folder-lock.ts';
import { stagingFolder } from './lake/layout.ts';
import type { Lake, LakePart } from './lake/layout.ts';
import { strikeOut } from './lib/hide-secrets.ts';
import { ClientBook } from './lib/outgoing/client-book.ts';
import { postToWebhook } from './lib/outgoing/webhook.ts';
import { writeOnce } from './lib/write-once.ts';
import { FilmbaseError } from './model/errors.ts';
import { Metrics } from './model/metrics.ts';
import type { Progress, Source } from './model/source.ts';
import type { PricesSettings } from './sources/prices/settings.ts';
import type { SyncWorld } from './sync/sync-world.ts';

// The one place that wires: it makes the clock, the network, the database and the lake, and hands them on.

/** How long a statement outside a transaction may take before it is stopped: a reader's, that is. */
const STATEMENT_TIMEOUT_MS = 10_000;

/** An open installation: its database, its lake, and what they need to be worked with. */
export interface Installation {
  readonly config: Config;
  readonly log: Logger;
  readonly db: Database;
  readonly lake: Lake;
  readonly sources: readonly Source[];
  /** The migrations that opening it applied. */
  readonly migrated: readonly string[];
  readonly metrics: Metrics;
  /** From which public ids are derived. */
  readonly idSalt: string;
  /** Signs cursors. */
  readonly secret: string;
  /** Starts an engine for the lake; whoever asks for it closes it. */
  readonly openEngine: SyncWorld['openEngine'];
  /** The world of one sync. */
  readonly syncWorld: (signal: AbortSignal, progress: (progress: Progress) => void) => SyncWorld;
  close(): Promise<void>;
}

/**
 * Opens the installation that `config` names, and brings its schema up to date. With the embedded database, it takes
 * the data folder for this process: throws `data_locked` while another has it.
 */
export async function openInstallation(
  config: Config,
  sources: readonly Source[],
  log: Logger,
): Promise<Installation> {
  await mkdir(config.dataFolder, { recursive: true });
  const release = config.databaseUrl === null ? await lockFolder(config.dataFolder) : null;
  try {
    const db = await openDatabase(config);
    try {
      const { applied } = await migrate(db, {
        log: (message) => {
          log.info(message);
        },
      });
      await registerSources(db, sources, config);
      await registerSellers(db, sellersIn(config));
      const idSalt = await agreeOnIdSalt(db, config.dataFolder);
      const secret = config.secret ?? (await keptText(join(config.dataFolder, 'secret')));
      return installation(config, sources, log, { db, migrated: applied }, { idSalt, secret }, release);
    } catch (error) {
      await db.close();
      throw error;
    }
  } catch (error) {
    release?.();
    throw error;
  }
}

function installation(
  config: Config,
  sources: readonly Source[],
  log: Logger,
  { db, migrated }: { db: Database; migrated: readonly string[] },
  { idSalt, secret }: { idSalt: string; secret: string },
  release: (() => void) | null,
): Installation {
  const lake = { folder: join(config.dataFolder, 'lake') };
  const clients = new ClientBook(log);
  const metrics = new Metrics();
  metrics.collectProcess();
  const failedPublishes = new Map<string, number>();
  const openEngine: SyncWorld['openEngine'] = (part, signal) => openLakeEngine(config, lake, part, signal);
  return {
    metrics,
    openEngine,
    config,
    log,
    db,
    lake,
    sources,
    migrated,
    idSalt,
    secret,
    syncWorld: (signal, progress) => ({
      db,
      lake,
      idSalt,
      sources,
      settingsOf: (source) => config.sources.get(source.name)?.settings,
      secretsOf: (source) => config.sources.get(source.name)?.secrets ?? {},
      retention: config.keep,
      changeDays: config.keep.changeDays,
      maxShrink: config.maxShrink,
      openEngine,
      holdLake: (part, work) => holdLake(config, part, work),
      signalAfter: (ms) => AbortSignal.timeout(ms),
      withoutSecrets: (text) => strikeOut(text, config.secrets),
      postAlert: postAlertTo(config.alertWebhookUrl, signal),
      countRun: (source, state) => {
        metrics.countRun(source, state);
      },
      failedPublishes,
      fetch,
      jsonClient: (provider, options) => clients.clientOf(provider, options),
      filmsByVotes: () => listFilmsByVotes(db),
      now: () => new Date(),
      clock: () => performance.now(),
      random: Math.random,
      signal,
      log,
      progress,
    }),
    close: async () => {
      await clients.close();
      await db.close();
      release?.();
    },
  };
}

function openDatabase(config: Config): Promise<Database> {
  return config.databaseUrl === null
    ? openPglite({ folder: join(config.dataFolder, 'database') })
    : openPostgres({ url: config.databaseUrl, statementTimeoutMs: STATEMENT_TIMEOUT_MS });
}

function postAlertTo(url: string | null, signal: AbortSignal): SyncWorld['postAlert'] {
  return url === null ? null : (alert) => postToWebhook(alert, { url, signal });
}

function openLakeEngine(config: Config, lake: Lake, part: LakePart, signal: AbortSignal) {
  const options = {
    memoryLimitMb: config.lakeMemoryMb,
    threads: availableParallelism(),
    tempFolder: stagingFolder(lake, part, 'engine'),
  };
  return openEngine(options, signal);
}

/** Also where the embedded database holds the whole data folder: a server's processes take its parts alone. */
async function holdLake<T>({ dataFolder }: Config, part: LakePart, work: () => Promise<T>): Promise<T> {
  const release = await lockFolder(join(dataFolder, 'locks', part));
  try {
    return await work();
  } finally {
    release();
  }
}

/**
 * The id salt, written once by the first start, in the data folder and in the database. Where only one has it, the
 * other takes it over; where they differ, they are of two installations: throws `data_mismatch`.
 */
async function agreeOnIdSalt(db: Database, folder: string): Promise<string> {
  const file = join(folder, 'id-salt');
  const inFile = await textIfThere(file);
  const [row] = await db.query<{ id_salt: string }>(sql`select id_salt from installation`);
  if (row === undefined) {
    const salt = inFile ?? randomBytes(32).toString('hex');
    await db.query(sql`insert into installation (id_salt) values (${salt}) on conflict do nothing`);
    return agreeOnIdSalt(db, folder);
  }
  if (inFile === null) {
    await writeOnce(file, row.id_salt);
    return agreeOnIdSalt(db, folder);
  }
  if (inFile === row.id_salt) return inFile;
  throw new FilmbaseError('data_mismatch', `The id salt in ${file} is not the database's.`);
}

/**
 * Has an installation that has nothing yet take over the id salt of another, whose data `restore` brings into its database with
 * it. Wherever this is cut off, the next start finds one salt, in the database.
 */
export async function takeOverIdSalt(
  { dataFolder }: Config,
  salt: string,
  restore: () => Promise<void>,
): Promise<void> {
  const file = join(dataFolder, 'id-salt');
  await rm(file, { force: true });
  await restore();
  await writeOnce(file, salt);
}

/** Every source is listed before it is first read. */
async function registerSources(db: Database, sources: readonly Source[], config: Config): Promise<void> {
  for (const { name, staleAfterSeconds } of sources) {
    await db.query(sql`
      insert into source (name, state, stale_after_seconds, schedule)
      values (${name}, 'never', ${staleAfterSeconds}, ${config.sources.get(name)?.scheduleText ?? null})
      on conflict (name) do update
      set stale_after_seconds = excluded.stale_after_seconds, schedule = excluded.schedule`);
  }
}

function sellersIn(config: Config): PricesSettings['sellers'] {
  return (config.sources.get(OFFER_SOURCE)?.settings as PricesSettings | undefined)?.sellers ?? [];
}

/** The secret text in `file`, which is made when it is first asked for. */
async function keptText(file: string): Promise<string> {
  const kept = await textIfThere(file);
  if (kept !== null) return kept;
  await writeOnce(file, randomBytes(32).toString('hex'));
  return keptText(file);
}

async function textIfThere(file: string): Promise<string | null> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
