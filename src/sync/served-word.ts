import { findServedVersion } from '../catalogue/publish/served.ts';
import { listRuns, listVersions } from '../lake/manifests.ts';
import type { RunManifest, VersionManifest } from '../lake/manifests.ts';
import type { SyncWorld } from './sync-world.ts';

/** Whether what a source says in `run` is in the version that is served. */
export async function servesWordOf(
  { db, lake }: Pick<SyncWorld, 'db' | 'lake'>,
  run: RunManifest | null,
): Promise<boolean> {
  if (run === null) return false;
  const { id } = await findServedVersion(db);
  const served = (await listVersions(lake)).find((version) => version.id === id);
  return served !== undefined && isWordIn(served, run, await listRuns(lake));
}

/** Whether a version was merged from `run`, or from one that says the same. */
export function isWordIn(
  { inputs, generations }: Pick<VersionManifest, 'inputs' | 'generations'>,
  { source, run, generation, claimsHash }: RunManifest,
  runs: readonly RunManifest[],
): boolean {
  const merged = inputs[source];
  const mergedGeneration = generations[source] ?? 0;
  if (merged === run) return generation === mergedGeneration;
  return (
    claimsHash !== null &&
    runs.some(
      (one) => one.run === merged && one.generation === mergedGeneration && one.claimsHash === claimsHash,
    )
  );
}
