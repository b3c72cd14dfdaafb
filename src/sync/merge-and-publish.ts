import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { forgetChanges } from '../catalogue/changes/forget-changes.ts';
import { mergeCatalogue } from '../catalogue/merge/merge.ts';
import { MERGE_VERSION } from '../catalogue/merge/precedence.ts';
import { publishCatalogue } from '../catalogue/publish/publish.ts';
import type { PublishResult } from '../catalogue/publish/publish.ts';
import type { PublishRequest } from '../catalogue/publish/publish-request.ts';
import { findServedVersion } from '../catalogue/publish/served.ts';
import type { ServedVersion } from '../catalogue/publish/served.ts';
import { computeReports } from '../catalogue/report-rows/compute-reports.ts';
import { VERSION_TABLES } from '../catalogue/served-columns.ts';
import { moveDurably } from '../lake/durable-file.ts';
import { CATALOGUE_PART, catalogueFile, stagingFolder } from '../lake/layout.ts';
import type { Lake } from '../lake/layout.ts';
import { commitVersionManifest, currentRuns, listRuns, listVersions } from '../lake/manifests.ts';
import type { RunManifest, VersionManifest } from '../lake/manifests.ts';
import { applyRetention } from '../lake/retention.ts';
import { clearStaging, sweepCatalogue } from '../lake/sweep.ts';
import { timer } from '../lib/timer.ts';
import type { Timer } from '../lib/timer.ts';
import type { LakeEngine } from '../model/lake-engine.ts';
import { LOCAL } from '../model/source.ts';
import { copyJournal, isJournalCopied } from './copy-journal.ts';
import { isWordIn } from './served-word.ts';
import { lazyEngine } from './lazy-engine.ts';
import { tidySource } from './read-source.ts';
import { failureOf, recordSourceError } from './run-record.ts';
import type { SyncWorld } from './sync-world.ts';

/** How to merge and publish. */
export interface MergeRequest {
  readonly allowShrink: boolean;
  readonly phases: Timer;
  /** Leave an older version that is served again where it is, until a source says something new. */
  readonly heedRollback: boolean;
  /** Merge although nothing is new, and build all that is served anew. */
  readonly anew?: boolean;
}

/**
 * Merges what sources and people say, where that is not what is served already, and publishes it. Gives null where there
 * is nothing to publish. Only for the holder of the catalogue.
 */
export async function mergeAndPublish(
  world: SyncWorld,
  request: MergeRequest,
): Promise<PublishResult | null> {
  const { allowShrink, phases, anew = false } = request;
  await tidyCatalogue(world);
  const engine = lazyEngine(world, CATALOGUE_PART);
  try {
    const journalSeq = await copyJournal(world, engine);
    const version = await phases.time('merge', () => mergeIfNew(world, engine, journalSeq, request));
    const published =
      version === null ? null : await publishVersion(world, engine, version, { allowShrink, wholly: anew });
    await forgetOld(world);
    return published;
  } finally {
    await engine.close();
    await clearStaging(world.lake, CATALOGUE_PART);
  }
}

/** What is kept no longer goes, in the lake and of what changed; only for the holder of the catalogue. */
export async function forgetOld({ db, lake, retention, changeDays, now }: SyncWorld): Promise<void> {
  await applyRetention(lake, retention, (await findServedVersion(db)).version);
  if (changeDays !== null) await forgetChanges(db, changeDays, now());
}

/** What a process that was cut off left behind goes; only for the holder of the catalogue. */
export async function tidyCatalogue(world: SyncWorld): Promise<void> {
  const swept = await sweepCatalogue(world.lake);
  if (swept.length > 0)
    world.log.info({ files: swept.length }, 'removed what an unfinished merge left in the lake');
  await tidySource(world, LOCAL);
}

/** A version that could not be published is left alone for so long, unless there is something new or someone asks. */
const LEFT_ALONE_MS = 600_000;

/**
 * What the lake has and is not served, or what people wrote and the lake has not: nothing, or something that a publish sees
 * to, or what could not be published just now.
 */
export async function whatIsUnserved({
  lake,
  db,
  clock,
  failedPublishes,
}: SyncWorld): Promise<'nothing' | 'news' | 'refused'> {
  if (!(await isJournalCopied({ db, lake }))) return 'news';
  const inputs = await inputsIn(lake);
  const latest = (await listVersions(lake)).at(-1);
  if (latest === undefined) return inputs.length > 0 ? 'news' : 'nothing';
  const served = await findServedVersion(db);
  if (!(await isCurrent(lake, latest, served, inputs))) return 'news';
  if (latest.id === served.id) return 'nothing';
  const failedAt = failedPublishes.get(latest.id);
  return failedAt === undefined || clock() - failedAt > LEFT_ALONE_MS ? 'news' : 'refused';
}

/** What a catalogue is made of: the current run of each source. Where people only commented, `local` says nothing. */
async function inputsIn(lake: Lake): Promise<RunManifest[]> {
  const runs = [...(await currentRuns(lake)).values()];
  return runs.filter(
    ({ source, claims }) => source !== LOCAL || Object.values(claims).some((rows) => rows > 0),
  );
}

/**
 * Whether the version holds just what `inputs` say, and can follow what is served. An older version that is served again is
 * current until a source says something else than what was set aside for it; what people write is served beside it.
 */
async function isCurrent(
  lake: Lake,
  latest: VersionManifest,
  served: ServedVersion,
  inputs: readonly RunManifest[],
): Promise<boolean> {
  if (latest.mergeVersion !== MERGE_VERSION) return false;
  if (latest.version <= served.version && latest.id !== served.id) return false;
  const { rollback } = latest;
  const runs = await listRuns(lake);
  if (rollback !== null)
    return inputs.every((input) => input.source === LOCAL || isWordIn(rollback.setAside, input, runs));
  return (
    inputs.length === Object.keys(latest.inputs).length &&
    inputs.every((input) => isWordIn(latest, input, runs))
  );
}

/**
 * Merges, unless the latest version holds just what there is now and can follow what is served. Null before there is
 * anything.
 */
async function mergeIfNew(
  world: SyncWorld,
  engine: LakeEngine,
  journalSeq: number,
  { heedRollback, anew = false }: MergeRequest,
): Promise<VersionManifest | null> {
  const inputs = await inputsIn(world.lake);
  if (inputs.length === 0) return null;
  const latest = (await listVersions(world.lake)).at(-1);
  const served = await findServedVersion(world.db);
  const mayStand = !anew && latest !== undefined && (heedRollback || latest.rollback === null);
  if (mayStand && (await isCurrent(world.lake, latest, served, inputs))) return latest;

  const version = Math.max(latest?.version ?? 0, served.version) + 1;
  const into = stagingFolder(world.lake, CATALOGUE_PART, `version-${version}`);
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
    ...inputsOf(inputs),
    journalSeq,
    mergeVersion: MERGE_VERSION,
    ...merged,
    phases: phases.list(),
    rollback: null,
  };
  await commitVersionManifest(world.lake, manifest);
  return manifest;
}

/** The runs as a version's manifest names them. */
export function inputsOf(runs: readonly RunManifest[]): Pick<VersionManifest, 'inputs' | 'generations'> {
  const anew = runs.filter(({ generation }) => generation > 0);
  return {
    inputs: Object.fromEntries(runs.map(({ source, run }) => [source, run])),
    generations: Object.fromEntries(anew.map(({ source, generation }) => [source, generation])),
  };
}

/** How to publish a version. */
interface PublishManner extends Pick<PublishRequest, 'wholly' | 'servedBefore'> {
  readonly allowShrink: boolean;
}

/** Publishes the version; a failure is noted with it and with its sources. */
export async function publishVersion(
  world: SyncWorld,
  engine: LakeEngine,
  version: VersionManifest,
  { allowShrink, ...manner }: PublishManner,
): Promise<PublishResult | null> {
  try {
    return await publishCatalogue(world.db, engine, {
      lake: world.lake,
      version,
      idSalt: world.idSalt,
      scratch: stagingFolder(world.lake, CATALOGUE_PART, 'publish'),
      maxShrink: allowShrink ? null : world.maxShrink,
      ...manner,
      timer: timer(world.clock),
      progress: world.progress,
    });
  } catch (error) {
    const failure = failureOf(world, error);
    world.failedPublishes.set(version.id, world.clock());
    for (const source of Object.keys(version.inputs)) await recordSourceError(world.db, source, failure);
    throw error;
  }
}
