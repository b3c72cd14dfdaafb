import { FilmbaseError } from '../../model/errors.ts';
import type { ReadRequest, ReadResult, SourceWorld } from '../../model/source.ts';
import { askFolder, sellersIn } from './ask-folder.ts';
import { askSeller, askingDeadline } from './ask-sellers.ts';
import type { Asking } from './ask-sellers.ts';
import { DOCUMENT_FILES, keyOf, knownListings, readDocuments, writeDocuments } from './documents.ts';
import type { DetailDocument, Documents, KeptDocument, KnownListing, ListDocument } from './documents.ts';
import { readListAnswer } from './list-answer.ts';
import { readDetail } from './listing.ts';
import type { PricesSettings, SellerTerms } from './settings.ts';

/**
 * Asks every seller for its list, then for each listing; where a list fails, wholly or in part, for those that are known
 * as well. Each reading is a `read`, also where nobody answered: that, too, was observed. What this run could not get of a
 * listing that is still listed is carried forward. `partial` where anything failed.
 *
 * Errors: `file_missing` (`--from`), `setting_invalid` (no seller), `cancelled`.
 */
export async function readPrices(
  request: ReadRequest<PricesSettings>,
  world: SourceWorld,
): Promise<ReadResult> {
  const known = await knownBefore(request);
  try {
    const asked = await Promise.all(
      (await sellersAsked(request, world)).map(({ seller, asking }) =>
        readSeller(
          seller,
          asking,
          [...known.values()].filter((one) => one.seller === seller.name),
          world,
        ),
      ),
    );
    const documents: Documents = {
      lists: asked.flatMap(({ lists }) => lists),
      details: asked.flatMap(({ details }) => details),
      kept: asked.flatMap(({ kept }) => kept),
    };
    const from = request.from ?? request.settings.sellers.map(({ baseUrl }) => baseUrl).join(' ');
    const files = await writeDocuments(request.into, documents, from);
    const partial = whoFailed(documents);
    return { state: 'read', files, ...(partial !== null && { partial }) };
  } catch (error) {
    if (!world.signal.aborted || error instanceof FilmbaseError) throw error;
    throw new FilmbaseError('cancelled', 'Asking the sellers was stopped.', { cause: error });
  }
}

async function knownBefore({
  before,
  beforeFolder,
}: ReadRequest<PricesSettings>): Promise<ReadonlyMap<string, KnownListing>> {
  const names = before.map(({ name }) => name);
  if (beforeFolder === null || !Object.values(DOCUMENT_FILES).every((name) => names.includes(name)))
    return new Map();
  return knownListings(await readDocuments(beforeFolder));
}

interface AskedSeller {
  readonly seller: SellerTerms;
  readonly asking: Asking;
}

async function sellersAsked(
  request: ReadRequest<PricesSettings>,
  world: SourceWorld,
): Promise<AskedSeller[]> {
  const { from, settings } = request;
  if (from !== null)
    return (await sellersIn(from, settings)).map((seller) => ({ seller, asking: askFolder(from, seller) }));
  if (settings.sellers.length === 0)
    throw new FilmbaseError(
      'setting_invalid',
      'No seller is named: set sources.prices.sellers in filmbase.yaml, or give --from a folder.',
    );
  const deadline = askingDeadline();
  return settings.sellers.map((seller) => ({ seller, asking: askSeller(seller, request, world, deadline) }));
}

async function readSeller(
  { name, currency, idPattern }: SellerTerms,
  asking: Asking,
  known: readonly KnownListing[],
  world: SourceWorld,
): Promise<Documents> {
  const asked = await asking.list();
  const lists: ListDocument[] = [
    { seller: { name, currency, idPattern }, at: world.now().toISOString(), asked },
  ];
  const { entries, error } = readListAnswer(asked, known.length > 0);
  const listed = new Set(entries.map(({ listing }) => listing));
  const missed = error === null ? [] : known.map(({ listing }) => listing);
  const details = await Promise.all(
    [...new Set([...listed, ...missed])].map(async (listing): Promise<DetailDocument> => {
      const answer = await asking.detail(listing);
      return { seller: name, listing, at: world.now().toISOString(), asked: answer };
    }),
  );
  return { lists, details, kept: keep(name, known, details, listed) };
}

/** Of the listings that are still listed, what this run could not get. */
function keep(
  seller: string,
  known: readonly KnownListing[],
  details: readonly DetailDocument[],
  listed: ReadonlySet<string>,
): KeptDocument[] {
  const byListing = new Map(known.map((one) => [keyOf(seller, one.listing), one]));
  return details.flatMap(({ listing, asked }) => {
    const before = byListing.get(keyOf(seller, listing));
    if (before === undefined) return [];
    const isGood = 'text' in asked && 'price' in readDetail(asked.text, listing);
    const entry = listed.has(listing) ? null : before.entry;
    const detail =
      isGood || before.detail === null ? null : { at: before.detail.at, text: before.detail.text };
    return entry === null && detail === null ? [] : [{ seller, listing, entry, detail }];
  });
}

function whoFailed({ lists, details }: Documents): { code: 'sellers_failed'; message: string } | null {
  const words = lists.flatMap(({ seller, asked }) => {
    const about = details.filter((detail) => detail.seller === seller.name);
    const { error } = readListAnswer(asked, about.length > 0);
    const failures = about.filter(
      (one) => !('text' in one.asked) || !('price' in readDetail(one.asked.text, one.listing)),
    );
    const parts = [
      ...(error === null ? [] : [`its list failed with ${error.code}`]),
      ...(failures.length === 0 ? [] : [`${failures.length} of ${about.length} listings failed`]),
    ];
    return parts.length === 0 ? [] : [`${seller.name} (${parts.join(', ')})`];
  });
  if (words.length === 0) return null;
  return { code: 'sellers_failed', message: `Not all could be read of: ${words.join('; ')}.` };
}
