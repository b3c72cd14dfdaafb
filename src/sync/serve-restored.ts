import { MERGE_VERSION } from '../catalogue/merge/precedence.ts';
import { OFFER_SOURCE } from '../catalogue/offers/publish-offers.ts';
import type { PublishResult } from '../catalogue/publish/publish.ts';
import { CATALOGUE_PART } from '../lake/layout.ts';
import { listRuns, listVersions } from '../lake/manifests.ts';
import { clearStaging } from '../lake/sweep.ts';
import { timer } from '../lib/timer.ts';
import { bringOffers } from './bring-offers.ts';
import { holdPart } from './hold-part.ts';
import { lazyEngine } from './lazy-engine.ts';
import { mergeAndPublish, publishVersion, tidyCatalogue } from './merge-and-publish.ts';
import { recordDone } from './run-record.ts';
import type { SyncWorld } from './sync-world.ts';

/**
 * Serves from the lake what a restored database knows to be served: the version with this id where the lake has it, else what sources
 * say now; and has it know the runs and the offers of the lake. Null where the lake has nothing.
 */
export async function serveRestored(
  world: SyncWorld,
  { versionId, waitMs }: { readonly versionId: string | null; readonly waitMs: number },
): Promise<PublishResult | null> {
  for (const manifest of await listRuns(world.lake)) await recordDone(world.db, manifest);
  const published = await holdPart(world, CATALOGUE_PART, waitMs, () => publishAgain(world, versionId));
  await holdPart(world, OFFER_SOURCE, waitMs, async () => {
    const engine = lazyEngine(world, OFFER_SOURCE);
    try {
      await bringOffers(world, engine);
    } finally {
      await engine.close();
      await clearStaging(world.lake, OFFER_SOURCE);
    }
  });
  return published;
}

async function publishAgain(world: SyncWorld, versionId: string | null): Promise<PublishResult | null> {
  const versions = await listVersions(world.lake);
  const stated = versions.find(({ id, mergeVersion }) => id === versionId && mergeVersion === MERGE_VERSION);
  if (stated === undefined)
    return mergeAndPublish(world, { allowShrink: true, phases: timer(world.clock), heedRollback: true });
  await tidyCatalogue(world);
  const engine = lazyEngine(world, CATALOGUE_PART);
  try {
    return await publishVersion(world, engine, stated, { allowShrink: true, servedBefore: true });
  } finally {
    await engine.close();
    await clearStaging(world.lake, CATALOGUE_PART);
  }
}
