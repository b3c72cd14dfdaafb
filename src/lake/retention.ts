import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { CLAIM_TABLES, STREAM_TABLES } from '../model/claim-tables.ts';
import { LOCAL } from '../model/source.ts';
import {
  catalogueFolders,
  claimFile,
  manifestFile,
  rawFolder,
  rejectFile,
  unchangedLogFolder,
  versionFile,
} from './layout.ts';
import type { Lake } from './layout.ts';
import { listCompactions, listRuns, listVersions } from './manifests.ts';
import type { RunManifest } from './manifests.ts';
import { removeIfEmpty } from './sweep.ts';

/** How much is kept, counted from the newest. */
export interface Retention {
  /** Runs of a snapshot source whose raw files are kept. */
  readonly rawRuns: number;
  /** Runs of a snapshot source whose claims, rejects and manifest are kept; at least `rawRuns`. */
  readonly claimRuns: number;
  /** Catalogue versions. */
  readonly versions: number;
  /** Days for which it is known when sources were found unchanged. */
  readonly unchangedDays: number;
}

/**
 * Removes what is older than `retention` keeps. What a kept version was merged from is kept, and so is
 * version `served`, and so are observations. Only for the holder of the catalogue.
 */
export async function applyRetention(lake: Lake, retention: Retention, served: number): Promise<void> {
  const versions = await listVersions(lake);
  const keptVersions = new Set([
    served,
    ...versions.slice(-retention.versions).map((manifest) => manifest.version),
  ]);
  for (const { version } of versions.filter((manifest) => !keptVersions.has(manifest.version))) {
    await rm(versionFile(lake, version));
    for (const folder of await catalogueFolders(lake, version))
      await rm(folder, { recursive: true, force: true });
  }
  const inUse = new Set(
    versions
      .filter((manifest) => keptVersions.has(manifest.version))
      .flatMap((manifest) => Object.values(manifest.inputs)),
  );
  const runs = await listRuns(lake);
  for (const source of new Set(runs.map((manifest) => manifest.source))) {
    const together = new Set((await listCompactions(lake, source)).flatMap((compaction) => compaction.runs));
    const isNeeded = ({ run, claims }: RunManifest) =>
      inUse.has(run) || (STREAM_TABLES.some((table) => table in claims) && !together.has(run));
    const ofSource = runs.filter((manifest) => manifest.source === source);
    // Of what people wrote each run has the whole, so one is enough; and what they have deleted is not to lie in another.
    const kept = source === LOCAL ? { ...retention, rawRuns: 1 } : retention;
    await retainRuns(lake, kept, ofSource, isNeeded);
  }
  await forgetUnchanged(lake, retention);
}

/** `runs`: those of one source, oldest first. */
async function retainRuns(
  lake: Lake,
  retention: Retention,
  runs: readonly RunManifest[],
  isNeeded: (manifest: RunManifest) => boolean,
): Promise<void> {
  for (const manifest of runs.slice(0, -retention.rawRuns)) {
    await rm(rawFolder(lake, manifest.source, manifest.run), { recursive: true, force: true });
  }
  for (const manifest of runs.slice(0, -Math.max(retention.claimRuns, retention.rawRuns))) {
    if (!isNeeded(manifest)) await removeRun(lake, manifest);
  }
}

/**
 * The manifest goes first, after those of what was claimed before: a run without one never happened, and what is left of it is
 * swept.
 */
export async function removeRun(lake: Lake, run: RunManifest): Promise<void> {
  for (let generation = 0; generation <= run.generation; generation += 1)
    await rm(manifestFile(lake, { run: run.run, generation }), { force: true });
  const files = [
    ...Object.keys(CLAIM_TABLES).map((table) => claimFile(lake, table, run)),
    rejectFile(lake, run),
  ];
  await Promise.all(files.map((file) => rm(file, { force: true })));
  await Promise.all(files.map((file) => removeIfEmpty(dirname(file))));
}

/** Each file of the log is of a day. */
async function forgetUnchanged(lake: Lake, { unchangedDays }: Retention): Promise<void> {
  const folder = unchangedLogFolder(lake);
  const names = await readdir(folder).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });
  for (const name of names.sort().slice(0, -unchangedDays)) await rm(join(folder, name), { force: true });
}
