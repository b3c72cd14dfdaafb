import { FilmbaseError } from '../../model/errors.ts';
import type { ReadRequest, SourceWorld } from '../../model/source.ts';
import { refuseSecrets } from '../raw-files.ts';
import { Asker } from './asker.ts';
import type { Shortfall } from './asker.ts';
import { DayBudget } from './day-budget.ts';
import { FailedRequests } from './failed-requests.ts';
import type { Journal } from './journal.ts';
import type { KnownDocuments } from './known-documents.ts';
import { asksForSeason } from './omdb-request.ts';
import type { OmdbRequest } from './omdb-request.ts';
import type { OmdbSettings } from './settings.ts';
import { wantedRequests } from './wanted-requests.ts';
import type { Wanted } from './wanted-requests.ts';

const DAY_MS = 24 * 3600 * 1000;

/**
 * One attempt each and one at a time, since each counts against the day's requests; no more in a second than is polite.
 */
const CLIENT = { attempts: 1, concurrency: 1, perSecond: 10 };

/**
 * Asks OMDb again for what failed in the run before, then for what is wanted and not known, then for what is known and old, until all is there or the day has no more
 * requests. What comes goes to the journal. Gives why not all that is new came; what is merely old may wait.
 *
 * Errors: `setting_invalid` (the address, or the key), and the signal's reason.
 */
export async function readProvider(
  request: ReadRequest<OmdbSettings>,
  world: SourceWorld,
  baseUrl: string,
  known: KnownDocuments,
  journal: Journal,
): Promise<Shortfall | null> {
  const { settings, secrets, partial } = request;
  refuseSecrets('omdb', baseUrl);
  const key = secrets.OMDB_API_KEY;
  if (key === undefined)
    throw new FilmbaseError(
      'setting_invalid',
      'OMDB_API_KEY is not set. Get a key at https://www.omdbapi.com/apikey.aspx, or give --from a folder of recorded answers.',
    );
  const budget = new DayBudget(partial, settings.perDay, world.now);
  const client = world.jsonClient('omdb', CLIENT);
  const failed = await FailedRequests.open(partial);
  const asker = new Asker({ world, client, baseUrl, key, budget, journal, known, failed });
  const wanted = () => wantedRequests(settings, known, world.filmsByVotes);
  if ((await asker.askAgain(await listFailed(failed, wanted))) === 'stopped') return asker.shortfall;
  for await (const { request: one } of wanted())
    if (!known.has(one) && !failed.has(one) && (await asker.ask(one)) === 'stopped') return asker.shortfall;
  return refresh(
    { asker, known, failed },
    wanted(),
    world.now().getTime() - settings.refreshAfterDays * DAY_MS,
  );
}

/** What failed before and is wanted still. */
async function listFailed(
  failed: FailedRequests,
  wanted: () => AsyncIterable<Wanted>,
): Promise<ReadonlySet<OmdbRequest>> {
  const still = new Set<OmdbRequest>();
  if (failed.list().length === 0) return still;
  for await (const { request } of wanted()) if (failed.has(request)) still.add(request);
  return still;
}

/** What a refreshed series newly names is asked for as well. */
async function refresh(
  { asker, known, failed }: { asker: Asker; known: KnownDocuments; failed: FailedRequests },
  wanted: AsyncIterable<Wanted>,
  oldBefore: number,
): Promise<Shortfall | null> {
  for await (const one of wanted) {
    const { request } = one;
    const isNew = !known.has(request);
    if (failed.has(request) || !(isNew || isOld(known, one, oldBefore))) continue;
    if ((await asker.ask(request)) !== 'stopped') continue;
    const { shortfall } = asker;
    return shortfall?.code === 'limit_reached' && !isNew ? asker.failures : shortfall;
  }
  return asker.shortfall;
}

/** A season's list goes with its series, which was asked for shortly before it. */
function isOld(known: KnownDocuments, { request, series }: Wanted, oldBefore: number): boolean {
  if (series === null || !asksForSeason(request)) return known.isOlder(request, oldBefore);
  return known.isOlder(request, oldBefore + DAY_MS) && !known.isOlder(series, oldBefore);
}
