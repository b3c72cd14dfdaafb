import { readdir, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';

import { CATALOGUE_PART, compactedFile, partStagingFolder, runFileName } from './layout.ts';
import type { Lake, LakePart } from './layout.ts';
import { listCompactions, listRuns, listVersions } from './manifests.ts';
import type { Compaction } from './manifests.ts';
import { finishCompaction } from './stream-days.ts';

/**
 * Removes what runs of a source that never ended left behind: staging, and files of runs without a manifest; what they
 * left undone of a compaction is done. Only for the holder of the source. Gives the paths removed, relative to the lake.
 */
export async function sweepSource(lake: Lake, source: string): Promise<string[]> {
  const manifests = await listRuns(lake);
  const runs = new Set(manifests.map(({ run }) => run));
  const names = new Set(manifests.map(runFileName));
  const compactions = await listCompactions(lake, source);
  const claims = await filesOfSource(lake, 'claims', source);
  for (const compaction of unfinished(lake, compactions, claims)) await finishCompaction(lake, compaction);
  const compacted = new Set(
    compactions.flatMap(({ day, tables }) =>
      Object.keys(tables).map((table) => compactedFile(lake, table, source, day)),
    ),
  );
  const isClaimed = (file: string) => compacted.has(file) || names.has(basename(file, '.parquet'));
  return remove(lake, source, [
    ...(await filesOfSource(lake, 'raw', source)).filter((file) => !runs.has(partition(file, 'run'))),
    ...(await filesOfSource(lake, 'claims', source)).filter((file) => !isClaimed(file)),
    ...(await filesOfSource(lake, 'rejects', source)).filter(
      (file) => !names.has(basename(file, '.parquet')),
    ),
  ]);
}

/** Those that a kill left before a file had its name, or before what it replaces was gone. */
function unfinished(
  lake: Lake,
  compactions: readonly Compaction[],
  claims: readonly string[],
): readonly Compaction[] {
  const others = new Set(claims.filter((file) => basename(file) !== 'day.parquet').map(dirname));
  return compactions.filter(({ source, day, tables }) =>
    Object.keys(tables).some((table) => others.has(dirname(compactedFile(lake, table, source, day)))),
  );
}

/** The same for merges: staging, and catalogue files of versions without a manifest. Only for the holder of the catalogue. */
export async function sweepCatalogue(lake: Lake): Promise<string[]> {
  const versions = new Set((await listVersions(lake)).map(({ version }) => String(version)));
  const files = await filesBelow(join(lake.folder, 'catalogue'));
  return remove(
    lake,
    CATALOGUE_PART,
    files.filter((file) => !versions.has(partition(file, 'version'))),
  );
}

async function remove(lake: Lake, part: LakePart, files: readonly string[]): Promise<string[]> {
  const swept = [...(await filesBelow(partStagingFolder(lake, part))), ...files];
  await Promise.all(swept.map((file) => rm(file, { force: true })));
  await clearStaging(lake, part);
  await Promise.all([...new Set(swept.map(dirname))].map(removeIfEmpty));
  return swept.map((file) => relative(lake.folder, file));
}

/** Removes what work in progress on a part has left when it ended. */
export async function clearStaging(lake: Lake, part: LakePart): Promise<void> {
  await rm(partStagingFolder(lake, part), { recursive: true, force: true });
  await removeIfEmpty(dirname(partStagingFolder(lake, part)));
}

/** Removes `folder` unless something is in it. */
export async function removeIfEmpty(folder: string): Promise<void> {
  await rmdir(folder).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
  });
}

/** The files of one source below `folder`, where it may lie in several tables. */
async function filesOfSource(lake: Lake, folder: string, source: string): Promise<string[]> {
  const root = join(lake.folder, folder);
  const inTables = (await readdirIfThere(root, false)).map(({ name }) =>
    join(root, name, `source=${source}`),
  );
  const files = await Promise.all([join(root, `source=${source}`), ...inTables].map(filesBelow));
  return files.flat();
}

async function filesBelow(root: string): Promise<string[]> {
  const entries = await readdirIfThere(root, true);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function readdirIfThere(folder: string, recursive: boolean) {
  try {
    return await readdir(folder, { recursive, withFileTypes: true });
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
