import { findServedVersion } from '../catalogue/publish/served.ts';
import type { PublishResult } from '../catalogue/publish/publish.ts';
import { CATALOGUE_PART } from '../lake/layout.ts';
import { FilmbaseError } from '../model/errors.ts';
import { LOCAL, type Source } from '../model/source.ts';
import { timer } from '../lib/timer.ts';
import { alertOperator } from './alerts.ts';
import { holdPart } from './hold-part.ts';
import { mergeAndPublish, tidyCatalogue, whatIsUnserved } from './merge-and-publish.ts';
import { readSource, tidySource } from './read-source.ts';
import type { ReadSourceRequest } from './read-source.ts';
import { failureOf } from './run-record.ts';
import type { RunOutcome } from './run-source.ts';
import type { SyncWorld } from './sync-world.ts';

export interface SyncRequest extends Omit<ReadSourceRequest, 'from'> {
  /** Where to read instead of the providers: one place for all that are read, or one for each by its name. */
  readonly from: string | Readonly<Record<string, string>> | null;
  /** The sources to read; empty: all that are configured, but `local`, which every sync reads. */
  readonly sources: readonly string[];
  readonly allowShrink: boolean;
  /**
   * Leave the catalogue alone where no source says anything new and all that they said is served, or was set aside for an
   * older version.
   */
  readonly onlyIfBehind?: boolean;
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
 * Reads the sources, merges what they and people say, and publishes it. Over all processes, each source is read by one at
 * a time, and the catalogue published by one: throws `sync_running` or `data_locked` where another publishes for longer than
 * `waitMs`; a source that another reads so long is skipped. `onRun` is told each reading as it ends.
 */
export async function sync(
  world: SyncWorld,
  request: SyncRequest,
  onRun: (outcome: RunOutcome) => void,
): Promise<SyncResult> {
  const phases = timer(world.clock);
  const runs: RunOutcome[] = [];
  for (const source of namedSources(world, request.sources)) {
    const outcome = await phases.time(source.name, () => readOrSkip(world, source, request));
    onRun(outcome);
    runs.push(outcome);
    if (!request.dryRun && outcome.state !== 'skipped') world.countRun(source.name, outcome.state);
  }
  let published: PublishResult | null = null;
  try {
    if (await isToBePublished(world, request, runs))
      published = await holdPart(world, CATALOGUE_PART, request.waitMs, () =>
        mergeAndPublish(world, {
          allowShrink: request.allowShrink,
          phases,
          heedRollback: request.onlyIfBehind === true,
        }),
      );
    if (!request.dryRun) await tellOfRuns(world, runs, null);
  } catch (error) {
    if (!request.dryRun && !isHeld(error)) await tellOfRuns(world, runs, error);
    throw error;
  }
  const { version } = await findServedVersion(world.db);
  return { runs, published, served: version > 0, phases: [...phases.list(), ...(published?.phases ?? [])] };
}

/**
 * A source fails by its own run, or because what it said could not be published; it is well again once what it says is
 * served.
 */
async function tellOfRuns(world: SyncWorld, runs: readonly RunOutcome[], thrown: unknown): Promise<void> {
  if (world.postAlert === null) return;
  const told = runs.filter(({ state }) => state !== 'skipped');
  const isServed = thrown === null && told.length > 0 && (await whatIsUnserved(world)) === 'nothing';
  for (const run of told) {
    const error = run.state === 'failed' ? run.error : thrown;
    if (error !== null) await alertOperator(world, run.source, failureOf(world, error));
    else if (isServed) await alertOperator(world, run.source, null);
  }
}

/** Merges and publishes what the lake has and is not served, however it came there; waits so long for the catalogue. */
export async function publishNews(world: SyncWorld, waitMs: number): Promise<PublishResult | null> {
  if ((await whatIsUnserved(world)) === 'nothing') return null;
  const phases = timer(world.clock);
  return holdPart(world, CATALOGUE_PART, waitMs, () =>
    mergeAndPublish(world, { allowShrink: false, phases, heedRollback: true }),
  );
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

/** Whether the settings say all that is needed to read the source. */
export function isConfigured(
  { settingsOf, secretsOf }: Pick<SyncWorld, 'settingsOf' | 'secretsOf'>,
  source: Source,
): boolean {
  return source.isConfigured?.(settingsOf(source), secretsOf(source)) ?? true;
}

async function readOrSkip(world: SyncWorld, source: Source, request: SyncRequest): Promise<RunOutcome> {
  try {
    return await readSource(world, source, { ...request, from: placeOf(request, source) });
  } catch (error) {
    if (!isHeld(error)) throw error;
    return { state: 'skipped', source: source.name, error };
  }
}

function placeOf({ from }: SyncRequest, { name }: Source): string | null {
  return typeof from === 'string' ? from : (from?.[name] ?? null);
}

/** Whether it says that another works on what was to be worked on. */
export function isHeld(error: unknown): error is FilmbaseError {
  return error instanceof FilmbaseError && (error.code === 'sync_running' || error.code === 'data_locked');
}

async function isToBePublished(
  world: SyncWorld,
  { dryRun, onlyIfBehind }: SyncRequest,
  runs: readonly RunOutcome[],
): Promise<boolean> {
  if (dryRun || (runs.length > 0 && runs.every(({ state }) => state === 'skipped'))) return false;
  if (onlyIfBehind !== true || runs.some(({ state }) => state === 'done' || state === 'partial')) return true;
  return (await whatIsUnserved(world)) === 'news';
}

/** Removes what syncs that were cut off left behind, where no other process is at work just now. */
export async function tidyAtStart(world: SyncWorld): Promise<void> {
  const tidyUp = [
    ...world.sources
      .filter(({ name }) => name !== LOCAL)
      .map(({ name }) => ({ part: name, tidy: () => tidySource(world, name) })),
    { part: CATALOGUE_PART, tidy: () => tidyCatalogue(world) },
  ];
  for (const { part, tidy } of tidyUp) {
    await holdPart(world, part, 0, tidy).catch((error: unknown) => {
      if (!isHeld(error)) throw error;
    });
  }
}
