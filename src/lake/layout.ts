import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The lake: files in a folder. The functions here are the only ones that know where in it what lies. */
export interface Lake {
  readonly folder: string;
}

export function manifestFolder(lake: Lake): string {
  return join(lake.folder, 'runs');
}

export function manifestFile(lake: Lake, run: string): string {
  return join(manifestFolder(lake), `${run}.json`);
}

/** One line for each reading that found its source unchanged, and nothing else of it. */
export function unchangedLogFile(lake: Lake): string {
  return join(lake.folder, 'runs', 'unchanged.ndjson');
}

function rawSourceFolder(lake: Lake, source: string): string {
  return join(lake.folder, 'raw', `source=${source}`);
}

export function rawFolder(lake: Lake, source: string, run: string): string {
  return join(rawSourceFolder(lake, source), `run=${run}`);
}

export function claimFile(lake: Lake, table: string, source: string, run: string): string {
  return join(lake.folder, 'claims', table, `source=${source}`, `day=${dayOf(run)}`, `${run}.parquet`);
}

export function rejectFile(lake: Lake, source: string, run: string): string {
  return join(lake.folder, 'rejects', `source=${source}`, `day=${dayOf(run)}`, `${run}.parquet`);
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

/** Where work in progress lies; swept at the start of the next. */
export function stagingFolder(lake: Lake, name: string): string {
  return join(lake.folder, '.staging', name);
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
  const earliest = last === null ? at : new Date(startOf(last).getTime() + 1000);
  const time = (at > earliest ? at : earliest).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  return `${time}-${Math.floor(random() * 0x10000)
    .toString(16)
    .padStart(4, '0')}`;
}

/** The second in which a run began, by its name. */
function startOf(run: string): Date {
  return new Date(run.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z.*$/, '$1-$2-$3T$4:$5:$6Z'));
}

function dayOf(run: string): string {
  return `${run.slice(0, 4)}-${run.slice(4, 6)}-${run.slice(6, 8)}`;
}
