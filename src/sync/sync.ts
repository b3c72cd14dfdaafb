import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { listJournal, restoreJournal } from '../catalogue/entry/journal.ts';
import type { JournalEntry } from '../catalogue/entry/journal.ts';
import { mergeCatalogue } from '../catalogue/merge/merge.ts';
import { MERGE_VERSION } from '../catalogue/merge/precedence.ts';
import { computeReports } from '../catalogue/report-rows/compute-reports.ts';
import { publishCatalogue } from '../catalogue/publish/publish.ts';
import type { PublishResult } from '../catalogue/publish/publish.ts';
import { VERSION_TABLES } from '../catalogue/served-columns.ts';
import { findServedVersion } from '../catalogue/publish/served.ts';
import { moveDurably } from '../lake/durable-file.ts';
import { catalogueFile, rawFolder, stagingFolder } from '../lake/layout.ts';
import type { Lake } from '../lake/layout.ts';
import { commitVersionManifest, currentRuns, listRuns, listVersions } from '../lake/manifests.ts';
import type { VersionManifest } from '../lake/manifests.ts';
import { applyRetention } from '../lake/retention.ts';
import { clearStaging, sweepLake } from '../lake/sweep.ts';
import { FilmbaseError } from '../model/errors.ts';
import type { LakeEngine } from '../model/lake-engine.ts';
import type { Source } from '../model/source.ts';
import { timer } from '../lib/timer.ts';
import { recordSourceError, settleRuns } from './run-record.ts';
import { runSource } from './run-source.ts';
import type { RunOutcome, RunRequest } from './run-source.ts';
import type { SyncWorld } from './sync-world.ts';

/** The source of what people entered; its raw is the journal. */
const LOCAL = 'local';

const SYNC_LOCK = 'filmbase sync';

export interface SyncRequest extends Omit<RunRequest, 'from'> {
  /** Where to read instead of the providers: one place for all that are read, or one for each by its name. */
  readonly from: string | Readonly<Record<string, string>> | null;
  /** The sources to read; empty: all that are configured, but `local`, which every sync reads. */
  readonly sources: readonly string[];
  readonly allowShrink: boolean;
}

export interface SyncResult {
  readonly runs: readonly RunOutcome[];
  /** Null on a dry run, or when what is served is what the lake has. */
  readonly published: PublishResult | null;
  /** Whether a catalogue is served now. */
  readonly served: boolean;
  readonly phases: readonly { readonly name: string; readonly ms: number }[];
}

/**
 * Reads the sources, merges what they and people say, and publishes it. One sync at a time over all processes:
 * throws `sync_running` or `data_locked` while another runs. `onRun` is told each reading as it ends.
 */
export async function sync(
  world: SyncWorld,
  request: SyncRequest,
  onRun: (outcome: RunOutcome) => void,
): Promise<SyncResult> {
  const sources = namedSources(world, request.sources);
  const result = await world.db.withLock(SYNC_LOCK, () =>
    world.holdLake(async () => {
      await tidyUp(world);
      const engine = lazyEngine(world);
      try {
        return await syncWith(world, engine, sources, request, onRun);
      } finally {
        await engine.close();
        await clearStaging(world.lake);
      }
    }),
  );
  if (result === null) throw new FilmbaseError('sync_running', 'Another process is syncing this catalogue.');
  return result;
}

function namedSources(world: SyncWorld, names: readonly string[]): readonly Source[] {
  const readable = world.sources.filter(({ name }) => name !== LOCAL);
  if (names.length === 0) return readable.filter((source) => isConfigured(world, source));
  return names.map((name) => {
    const source = readable.find((candidate) => candidate.name === name);
    if (source !== undefined) return source;
    const known = readable.map((candidate) => candidate.name).join(', ');
    throw new FilmbaseError('source_not_found', `There is no source ${name}; there are: ${known}.`);
  });
}

function isConfigured(world: SyncWorld, source: Source): boolean {
  return source.isConfigured?.(world.settingsOf(source), world.secretsOf(source)) ?? true;
}

/** Removes what a sync that was cut off left behind, unless another process is syncing just now. */
export async function tidyAtStart(world: SyncWorld): Promise<void> {
  try {
    await world.db.withLock(SYNC_LOCK, () => world.holdLake(() => tidyUp(world)));
  } catch (error) {
    if (!(error instanceof FilmbaseError && error.code === 'data_locked')) throw error;
  }
}

/** What a process that was cut off left behind goes; only whoever holds the locks may say so. */
async function tidyUp(world: SyncWorld): Promise<void> {
  const swept = await sweepLake(world.lake);
  if (swept.length > 0)
    world.log.info({ files: swept.length }, 'removed what unfinished runs left in the lake');
  await settleRuns(world.db, await listRuns(world.lake), world.now());
}

async function syncWith(
  world: SyncWorld,
  engine: LakeEngine,
  sources: readonly Source[],
  request: SyncRequest,
  onRun: (outcome: RunOutcome) => void,
): Promise<SyncResult> {
  const phases = timer(world.clock);
  const runs: RunOutcome[] = [];
  for (const source of sources) {
    const outcome = await phases.time(source.name, () => runOrFail(world, engine, source, request));
    onRun(outcome);
    runs.push(outcome);
  }
  const served = (await findServedVersion(world.db)).version;
  if (request.dryRun) return { runs, published: null, served: served > 0, phases: phases.list() };
  const journalSeq = await copyJournal(world, engine);
  const version = await phases.time('merge', () => mergeIfNew(world, engine, journalSeq));
  const published = version === null ? null : await publish(world, engine, version, request);
  const now = published?.version ?? served;
  await applyRetention(world.lake, world.retention, now);
  return { runs, published, served: now > 0, phases: [...phases.list(), ...(published?.phases ?? [])] };
}

/** A source that fails does not keep the others from being read. */
async function runOrFail(
  world: SyncWorld,
  engine: LakeEngine,
  source: Source,
  request: SyncRequest,
): Promise<RunOutcome> {
  try {
    return await runSource(world, engine, source, { ...request, from: placeOf(request, source) });
  } catch (error) {
    world.signal.throwIfAborted();
    return { state: 'failed', source: source.name, error };
  }
}

function placeOf({ from }: SyncRequest, { name }: Source): string | null {
  return typeof from === 'string' ? from : (from?.[name] ?? null);
}

/** Copies the journal into the lake, if it has grown, as a run of `local`; gives its last entry's number. */
async function copyJournal(world: SyncWorld, engine: LakeEngine): Promise<number> {
  await restoreJournal(world.db, await keptJournal(world.lake));
  const journal = await listJournal(world.db, 0);
  const last = journal.at(-1);
  const local = world.sources.find(({ name }) => name === LOCAL);
  if (last === undefined || local === undefined) return 0;
  const folder = stagingFolder(world.lake, 'journal');
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'journal.ndjson');
  await writeFile(file, journal.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
  await runSource(world, engine, local, { from: file, limit: null, dryRun: false });
  await rm(folder, { recursive: true });
  return last.seq;
}

/** The journal as the lake has it. */
async function keptJournal(lake: Lake): Promise<JournalEntry[]> {
  const run = (await currentRuns(lake)).get(LOCAL);
  if (run === undefined) return [];
  const texts = await Promise.all(
    run.raw.map(({ name }) => readFile(join(rawFolder(lake, LOCAL, run.run), name), 'utf8')),
  );
  const lines = texts.flatMap((text) => text.split('\n')).filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as JournalEntry);
}

/**
 * Merges, unless the latest version holds just what there is now and can follow what is served. Null before there is
 * anything.
 */
async function mergeIfNew(
  world: SyncWorld,
  engine: LakeEngine,
  journalSeq: number,
): Promise<VersionManifest | null> {
  const inputs = [...(await currentRuns(world.lake)).values()];
  if (inputs.length === 0) return null;
  const latest = (await listVersions(world.lake)).at(-1);
  const served = await findServedVersion(world.db);
  const runs = Object.fromEntries(inputs.map(({ source, run }) => [source, run]));
  if (
    latest?.mergeVersion === MERGE_VERSION &&
    sameEntries(latest.inputs, runs) &&
    (latest.version > served.version || latest.id === served.id)
  )
    return latest;

  const version = Math.max(latest?.version ?? 0, served.version) + 1;
  const into = stagingFolder(world.lake, `version-${version}`);
  await mkdir(into, { recursive: true });
  const phases = timer(world.clock);
  const merged = await phases.time('merge', () =>
    mergeCatalogue(engine, { lake: world.lake, inputs, idSalt: world.idSalt, into }),
  );
  await phases.time('reports', () => computeReports(engine, (table) => join(into, `${table}.parquet`), into));
  for (const table of VERSION_TABLES) {
    await moveDurably(join(into, `${table}.parquet`), catalogueFile(world.lake, table, version));
  }
  const manifest = {
    version,
    id: randomUUID(),
    createdAt: world.now().toISOString(),
    inputs: runs,
    journalSeq,
    mergeVersion: MERGE_VERSION,
    ...merged,
    phases: phases.list(),
  };
  await commitVersionManifest(world.lake, manifest);
  return manifest;
}

async function publish(
  world: SyncWorld,
  engine: LakeEngine,
  version: VersionManifest,
  request: SyncRequest,
): Promise<PublishResult | null> {
  try {
    return await publishCatalogue(world.db, engine, {
      lake: world.lake,
      version,
      idSalt: world.idSalt,
      scratch: stagingFolder(world.lake, 'publish'),
      maxShrink: request.allowShrink ? null : world.maxShrink,
      timer: timer(world.clock),
      progress: world.progress,
    });
  } catch (error) {
    const code = error instanceof FilmbaseError ? error.code : 'internal';
    const message = error instanceof Error ? error.message : String(error);
    for (const source of Object.keys(version.inputs))
      await recordSourceError(world.db, source, code, message);
    throw error;
  }
}

/** An engine that starts when it is first asked, since a sync that finds nothing new asks nothing. */
function lazyEngine(world: SyncWorld): LakeEngine & { close(): Promise<void> } {
  let opened: ReturnType<SyncWorld['openEngine']> | null = null;
  const engine = () => (opened ??= world.openEngine(world.signal));
  return {
    rows: async (sql) => (await engine()).rows(sql),
    run: async (sql) => (await engine()).run(sql),
    cleanLines: async (request, onBytes) => (await engine()).cleanLines(request, onBytes),
    close: async () => {
      // Where it could not be opened, whoever asked for it was told.
      await opened?.then(
        (engine) => engine.close(),
        () => undefined,
      );
    },
  };
}

function sameEntries(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
