import { OFFER_SOURCE, publishOffers } from '../catalogue/offers/publish-offers.ts';
import { streamFiles } from '../lake/stream-days.ts';
import type { LakeEngine } from '../model/lake-engine.ts';
import type { SyncWorld } from './sync-world.ts';

/**
 * Brings the offers of the runs that the database does not have yet into it, also those that a kill kept out. Only for the
 * holder of the source of offers.
 */
export async function bringOffers({ db, lake, idSalt }: SyncWorld, engine: LakeEngine): Promise<void> {
  const offers = await filesByRun(lake, 'offer');
  const polls = await filesByRun(lake, 'poll');
  const runs = [...new Set([...offers.keys(), ...polls.keys()])].map((run) => ({
    run,
    offers: offers.get(run) ?? [],
    polls: polls.get(run) ?? [],
  }));
  await publishOffers(db, engine, { idSalt, runs });
}

async function filesByRun(lake: SyncWorld['lake'], table: 'offer' | 'poll'): Promise<Map<string, string[]>> {
  const files = await streamFiles(lake, table, OFFER_SOURCE);
  return new Map(files.flatMap(({ runs, file }) => runs.map((run) => [run, [file]])));
}
