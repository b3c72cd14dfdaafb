import { randomUUID } from 'node:crypto';
import { link, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { MERGE_VERSION } from '../catalogue/merge/precedence.ts';
import type { PublishResult } from '../catalogue/publish/publish.ts';
import { findServedVersion } from '../catalogue/publish/served.ts';
import { VERSION_TABLES } from '../catalogue/served-columns.ts';
import { moveDurably } from '../lake/durable-file.ts';
import { CATALOGUE_PART, catalogueFile, stagingFolder } from '../lake/layout.ts';
import { commitVersionManifest, currentRuns, listVersions, requireVersion } from '../lake/manifests.ts';
import type { VersionManifest } from '../lake/manifests.ts';
import { clearStaging } from '../lake/sweep.ts';
import { FilmbaseError } from '../model/errors.ts';
import { copyJournal } from './copy-journal.ts';
import { holdPart } from './hold-part.ts';
import { lazyEngine } from './lazy-engine.ts';
import { forgetOld, inputsOf, publishVersion, tidyCatalogue } from './merge-and-publish.ts';
import type { SyncWorld } from './sync-world.ts';

export interface RollbackRequest {
  /** The older version. */
  readonly version: number;
  readonly allowShrink: boolean;
  /** How long to wait where another process publishes. */
  readonly waitMs: number;
}

/**
 * Serves an older version again, as a new one of the same content: numbers only grow, so that whoever knows of a version is
 * never told of an earlier one. What people wrote since is served with it. It stays until a source says something new, or
 * someone asks for a sync. Null where the version is served already. Throws `version_not_found`, `version_outdated`,
 * `shrink_refused`, `sync_running`.
 */
export async function rollBack(world: SyncWorld, request: RollbackRequest): Promise<PublishResult | null> {
  return holdPart(world, CATALOGUE_PART, request.waitMs, async () => {
    await tidyCatalogue(world);
    const older = await findOlder(world, request.version);
    if ((await findServedVersion(world.db)).id === older.id) return null;
    const engine = lazyEngine(world, CATALOGUE_PART);
    try {
      await copyJournal(world, engine);
      const published = await publishVersion(world, engine, await commitAgain(world, older), {
        allowShrink: request.allowShrink,
      });
      await forgetOld(world);
      return published;
    } finally {
      await engine.close();
      await clearStaging(world.lake, CATALOGUE_PART);
    }
  });
}

async function findOlder({ lake }: SyncWorld, version: number): Promise<VersionManifest> {
  const older = await requireVersion(lake, version);
  if (older.mergeVersion === MERGE_VERSION) return older;
  throw new FilmbaseError('version_outdated', `Version ${version} was merged by another release.`);
}

/** Commits the content of `older` as the next version; its files are those of `older`, not copies. */
async function commitAgain(world: SyncWorld, older: VersionManifest): Promise<VersionManifest> {
  const { lake, now } = world;
  const latest = (await listVersions(lake)).at(-1)?.version ?? 0;
  const version = Math.max(latest, (await findServedVersion(world.db)).version) + 1;
  const into = stagingFolder(lake, CATALOGUE_PART, `version-${version}`);
  await mkdir(into, { recursive: true });
  for (const table of VERSION_TABLES) {
    const staged = join(into, `${table}.parquet`);
    await link(catalogueFile(lake, table, older.version), staged);
    await moveDurably(staged, catalogueFile(lake, table, version));
  }
  const current = [...(await currentRuns(lake)).values()];
  const manifest: VersionManifest = {
    ...older,
    version,
    id: randomUUID(),
    createdAt: now().toISOString(),
    phases: [],
    rollback: {
      version: older.version,
      setAside: inputsOf(current),
    },
  };
  await commitVersionManifest(lake, manifest);
  return manifest;
}
