import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { OFFER_SOURCE } from '../catalogue/offers/publish-offers.ts';
import type { PublishResult } from '../catalogue/publish/publish.ts';
import { CATALOGUE_PART, rawFolder, stagingFolder } from '../lake/layout.ts';
import type { LakePart } from '../lake/layout.ts';
import { commitManifest, currentRuns, listCompactions } from '../lake/manifests.ts';
import type { RunManifest } from '../lake/manifests.ts';
import { removeRun } from '../lake/retention.ts';
import { clearStaging } from '../lake/sweep.ts';
import { timer } from '../lib/timer.ts';
import { STREAM_TABLES } from '../model/claim-tables.ts';
import { FilmbaseError } from '../model/errors.ts';
import type { LakeEngine } from '../model/lake-engine.ts';
import { LOCAL, type Source } from '../model/source.ts';
import { bringOffers } from './bring-offers.ts';
import { holdPart } from './hold-part.ts';
import { lazyEngine } from './lazy-engine.ts';
import { mergeAndPublish, tidyCatalogue } from './merge-and-publish.ts';
import { tidySource } from './read-source.ts';
import { recordClaimedAnew } from './run-record.ts';
import { claimJob, claimsFingerprint, linkRaw, moveClaims } from './run-steps.ts';
import type { Claimed, Job } from './run-steps.ts';
import type { SyncWorld } from './sync-world.ts';

export interface ReprocessRequest {
  /** Empty: all that were ever read, `local` among them. */
  readonly sources: readonly string[];
  readonly allowShrink: boolean;
  /** How long to wait where another process reads a source or publishes. */
  readonly waitMs: number;
}

/** What became of the claims of a source. */
export type ReprocessOutcome =
  | {
      readonly state: 'claimed';
      readonly source: string;
      readonly run: string;
      readonly manifest: RunManifest;
    }
  /** Its raw is not whole any more, so they stay as they are. */
  | {
      readonly state: 'kept';
      readonly source: string;
      readonly run: string;
      readonly missing: readonly string[];
    };

/**
 * Makes claims anew of the raw files of each source's current run, under its name, then the catalogue, and all that is served of
 * it. Nothing is asked of a provider. Where neither code nor settings have changed, the result is what is served. A source's
 * claims are those of before or those made anew, whenever this is cut off. Throws `source_not_found`, `run_not_found`,
 * `sync_running`, `shrink_refused`.
 */
export async function reprocess(
  world: SyncWorld,
  { sources, allowShrink, waitMs }: ReprocessRequest,
  onSource: (outcome: ReprocessOutcome) => void,
): Promise<PublishResult | null> {
  const named = await namedSources(world, sources);
  for (const source of named.filter(({ name }) => name !== LOCAL)) {
    const commit: Commit = (work) => holdPart(world, CATALOGUE_PART, waitMs, work);
    onSource(
      await holdPart(world, source.name, waitMs, async () => {
        await tidySource(world, source.name);
        return claimAnew(world, source.name, source, commit);
      }),
    );
  }
  return holdPart(world, CATALOGUE_PART, waitMs, async () => {
    // Whoever holds the catalogue holds what people wrote.
    for (const source of named.filter(({ name }) => name === LOCAL)) {
      await tidyCatalogue(world);
      onSource(await claimAnew(world, CATALOGUE_PART, source, (work) => work()));
    }
    return mergeAndPublish(world, {
      allowShrink,
      phases: timer(world.clock),
      heedRollback: false,
      anew: true,
    });
  });
}

async function namedSources(world: SyncWorld, names: readonly string[]): Promise<Source[]> {
  const current = await currentRuns(world.lake);
  if (names.length === 0) return world.sources.filter(({ name }) => current.has(name));
  return names.map((name) => {
    const source = world.sources.find((candidate) => candidate.name === name);
    if (source === undefined) throw new FilmbaseError('source_not_found', `There is no source ${name}.`);
    if (!current.has(name)) throw new FilmbaseError('run_not_found', `${name} was never read.`);
    return source;
  });
}

/** Runs what puts claims in the place of others, while nobody merges. */
type Commit = (work: () => Promise<void>) => Promise<void>;

/** `part`: that which the caller holds. */
async function claimAnew(
  world: SyncWorld,
  part: LakePart,
  source: Source,
  commit: Commit,
): Promise<ReprocessOutcome> {
  const current = (await currentRuns(world.lake)).get(source.name);
  if (current === undefined) throw new FilmbaseError('run_not_found', `${source.name} was never read.`);
  const missing = await missingRaw(world, current);
  const named = { source: source.name, run: current.run };
  if (missing.length > 0) return { state: 'kept', ...named, missing };
  const engine = lazyEngine(world, part);
  try {
    const manifest = await replaceClaims(world, engine, source, current, commit);
    if (source.name === OFFER_SOURCE) await bringOffers(world, engine);
    return { state: 'claimed', ...named, manifest };
  } finally {
    await engine.close();
    await clearStaging(world.lake, source.name);
  }
}

/** The raw files of the run that are not there: retention, or someone else, has removed them. */
async function missingRaw({ lake }: SyncWorld, { source, run, raw }: RunManifest): Promise<string[]> {
  const there = await Promise.all(
    raw.map(({ name }) =>
      access(join(rawFolder(lake, source, run), name)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return raw.filter((_, at) => there[at] === false).map(({ name }) => name);
}

async function replaceClaims(
  world: SyncWorld,
  engine: LakeEngine,
  source: Source,
  before: RunManifest,
  commit: Commit,
): Promise<RunManifest> {
  const { lake } = world;
  const { run, from, limit } = before;
  const settings = world.settingsOf(source);
  const job: Job = {
    world,
    engine,
    source,
    request: { from, limit, dryRun: false },
    run,
    generation: before.generation + 1,
    startedAt: new Date(before.startedAt),
    staging: stagingFolder(lake, source.name, run),
    previous: null,
  };
  const phases = timer(world.clock);
  await mkdir(job.staging, { recursive: true });
  await linkRaw(job, rawFolder(lake, source.name, run), before.raw);
  const claimed = await phases.time('claim', () => claimJob(job, settings, before.raw));
  const { tables, claims } = await ownTables(world, before, claimed);
  const manifest = {
    ...before,
    generation: job.generation,
    claimsFingerprint: claimsFingerprint(source, settings, limit),
    ...claimed,
    claims,
    phases: [...before.phases.filter(({ name }) => name !== 'claim'), ...phases.list()],
  };
  await commit(async () => {
    await moveClaims(job, tables);
    await commitManifest(lake, manifest);
    await removeRun(lake, before);
  });
  await recordClaimedAnew(world.db, manifest);
  return manifest;
}

/** The tables to put in place: what was observed on a day that lies together stays as it was. */
async function ownTables(
  { lake }: SyncWorld,
  { source, run, claims: before }: RunManifest,
  { claims }: Claimed,
): Promise<{ tables: string[]; claims: Record<string, number> }> {
  const together = (await listCompactions(lake, source)).some(({ runs }) => runs.includes(run));
  const isKept = (table: string) => together && STREAM_TABLES.some((stream) => stream === table);
  const own = Object.entries(claims).filter(([table]) => !isKept(table));
  const kept = Object.entries(before).filter(([table]) => isKept(table));
  return { tables: own.map(([table]) => table), claims: Object.fromEntries([...own, ...kept]) };
}
