import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';

import type { Lake } from './layout.ts';
import { listRuns, listVersions } from './manifests.ts';

/**
 * Removes what runs and merges that never ended left behind: staging, files of runs without a manifest, and
 * catalogue files of versions without one. Only for the holder of the lake's lock. Gives the paths removed,
 * relative to the lake.
 */
export async function sweepLake(lake: Lake): Promise<string[]> {
  const runs = new Set((await listRuns(lake)).map((manifest) => manifest.run));
  const versions = new Set((await listVersions(lake)).map((manifest) => String(manifest.version)));
  const swept = [
    ...(await filesBelow(lake, '.staging')),
    ...(await filesBelow(lake, 'raw')).filter((file) => !runs.has(partition(file, 'run'))),
    ...(await filesBelow(lake, 'claims')).filter((file) => !runs.has(basename(file, '.parquet'))),
    ...(await filesBelow(lake, 'rejects')).filter((file) => !runs.has(basename(file, '.parquet'))),
    ...(await filesBelow(lake, 'catalogue')).filter((file) => !versions.has(partition(file, 'version'))),
    ...(await filesBelow(lake, 'runs')).filter((file) => file.endsWith('.draft')),
    ...(await filesBelow(lake, 'versions')).filter((file) => file.endsWith('.draft')),
  ];
  await Promise.all(swept.map((file) => rm(file, { force: true })));
  await clearStaging(lake);
  await Promise.all([...new Set(swept.map(dirname))].map(removeIfEmpty));
  return swept.map((file) => relative(lake.folder, file));
}

/** Removes what work in progress has left when it ended. */
export async function clearStaging(lake: Lake): Promise<void> {
  await rm(join(lake.folder, '.staging'), { recursive: true, force: true });
}

/** Removes `folder` unless something is in it. */
export async function removeIfEmpty(folder: string): Promise<void> {
  if ((await readdirIfThere(folder)).length === 0) await rm(folder, { recursive: true, force: true });
}

async function filesBelow(lake: Lake, folder: string): Promise<string[]> {
  const root = join(lake.folder, folder);
  const entries = await readdirIfThere(root);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function readdirIfThere(folder: string) {
  try {
    return await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** The value of the Hive partition `name` in a path; empty if it has none. */
function partition(file: string, name: string): string {
  return (
    file
      .split(sep)
      .find((part) => part.startsWith(`${name}=`))
      ?.slice(name.length + 1) ?? ''
  );
}
