import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { runStartedAt } from '../model/run-name.ts';

/**
 * What is worked on by one process at a time: what lies in the lake of a source, told by its name, or the catalogue with
 * its versions.
 */
export type LakePart = string;

export const CATALOGUE_PART: LakePart = 'catalogue';

/** The lake: files in a folder. The functions here are the only ones that know where in it what lies. */
export interface Lake {
  readonly folder: string;
}

export function manifestFolder(lake: Lake): string {
  return join(lake.folder, 'runs');
}

/**
 * What tells the files of a run: its source, its name, and how often its raw has been claimed anew. Claims that are made anew
 * are files of their own, so that whoever reads the old ones is not disturbed.
 */
export interface RunFiles {
  readonly source: string;
  readonly run: string;
  /** 0, which is meant where it is not said: as it was first claimed. */
  readonly generation?: number;
}

/** The name of a run's files without their ending: 20261121T020000Z-4f2a, and once claimed anew 20261121T020000Z-4f2a.1. */
export function runFileName({ run, generation = 0 }: Omit<RunFiles, 'source'>): string {
  return generation === 0 ? run : `${run}.${generation}`;
}

export function manifestFile(lake: Lake, run: Omit<RunFiles, 'source'>): string {
  return join(manifestFolder(lake), `${runFileName(run)}.json`);
}

/** One line for each reading of a day that found its source unchanged, and nothing else of it. */
export function unchangedLogFile(lake: Lake, run: string): string {
  return join(unchangedLogFolder(lake), `${dayOf(run)}.ndjson`);
}

export function unchangedLogFolder(lake: Lake): string {
  return join(lake.folder, 'unchanged');
}

/** What says which runs of a day lie together in one file of each stream table. */
export function compactionFile(lake: Lake, source: string, day: string): string {
  return join(compactionFolder(lake), `${source}-${day}.json`);
}

export function compactionFolder(lake: Lake): string {
  return join(lake.folder, 'compactions');
}

function rawSourceFolder(lake: Lake, source: string): string {
  return join(lake.folder, 'raw', `source=${source}`);
}

export function rawFolder(lake: Lake, source: string, run: string): string {
  return join(rawSourceFolder(lake, source), `run=${run}`);
}

export function claimFile(lake: Lake, table: string, run: RunFiles): string {
  return join(claimDayFolder(lake, table, run.source, dayOf(run.run)), `${runFileName(run)}.parquet`);
}

/** The claims of all runs of a day, once they are compacted. */
export function compactedFile(lake: Lake, table: string, source: string, day: string): string {
  return join(claimDayFolder(lake, table, source, day), 'day.parquet');
}

function claimDayFolder(lake: Lake, table: string, source: string, day: string): string {
  return join(lake.folder, 'claims', table, `source=${source}`, `day=${day}`);
}

export function rejectFile(lake: Lake, run: RunFiles): string {
  const folder = join(lake.folder, 'rejects', `source=${run.source}`, `day=${dayOf(run.run)}`);
  return join(folder, `${runFileName(run)}.parquet`);
}

export function catalogueFile(lake: Lake, table: string, version: number): string {
  return join(catalogueFolder(lake, table, version), 'part-0.parquet');
}

/** The folders of a catalogue version, one for each table that it may have. */
export async function catalogueFolders(lake: Lake, version: number): Promise<string[]> {
  const tables = await readdir(join(lake.folder, 'catalogue'));
  return tables.map((table) => catalogueFolder(lake, table, version));
}

function catalogueFolder(lake: Lake, table: string, version: number): string {
  return join(lake.folder, 'catalogue', table, `version=${version}`);
}

export function versionFolder(lake: Lake): string {
  return join(lake.folder, 'versions');
}

export function versionFile(lake: Lake, version: number): string {
  return join(versionFolder(lake), `${version}.json`);
}

/** Where the work in progress on a part lies; swept at the start of the next. */
export function stagingFolder(lake: Lake, part: LakePart, name: string): string {
  return join(partStagingFolder(lake, part), name);
}

export function partStagingFolder(lake: Lake, part: LakePart): string {
  return join(lake.folder, '.staging', part);
}

/** Where a broken transfer waits to be resumed. */
export function partialFolder(lake: Lake, source: string): string {
  return join(lake.folder, '.partial', source);
}

/**
 * A new run's name: the time in UTC, and four hexadecimal digits against meeting. Names tell which run is the later,
 * so it comes after `last`, whatever the clock says.
 */
export function runName(at: Date, random: () => number, last: string | null): string {
  const earliest = last === null ? at : new Date(runStartedAt(last).getTime() + 1000);
  const time = (at > earliest ? at : earliest).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return `${time}-${Math.floor(random() * 0x10000)
    .toString(16)
    .padStart(4, '0')}`;
}

/** The day on which a run began, in UTC: 2026-11-21. */
export function dayOf(run: string): string {
  return `${run.slice(0, 4)}-${run.slice(4, 6)}-${run.slice(6, 8)}`;
}
