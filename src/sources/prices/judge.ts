import { shownText } from '../../lib/shown-text.ts';
import type { FileCounts } from '../../model/source.ts';
import { DOCUMENT_FILES, keyOf, knownListings } from './documents.ts';
import type { AskError, Asked, DetailDocument, Documents, KnownListing, ListDocument } from './documents.ts';
import { filmKeys, imdbIdIn } from './film-keys.ts';
import { readListAnswer } from './list-answer.ts';
import { readDetail } from './listing.ts';
import type { Fault } from '../../model/fault.ts';
import type { PricesSettings, SellerTerms } from './settings.ts';
import { titleClaims } from './title-claims.ts';
import type { KeyedFilm, TitleClaim } from './title-claims.ts';

/** A row of the claim table `offer`; the price is plain digits. */
interface OfferClaim {
  readonly title_key: string;
  readonly seller: string;
  readonly listing_key: string;
  readonly title: string | null;
  readonly year: number | null;
  readonly price: string;
  readonly currency: string;
  readonly observed_at: string;
}

/** A row of the claim table `poll`. */
interface PollClaim {
  readonly seller: string;
  readonly listing_key: string | null;
  readonly title_key: string | null;
  readonly polled_at: string;
  readonly error_code: string | null;
  readonly error_message: string | null;
}

export interface Reject extends Fault {
  readonly file: string;
  readonly line: number;
  readonly raw: string;
}

/** What a run's documents say. */
export interface Judged {
  readonly titles: readonly TitleClaim[];
  readonly offers: readonly OfferClaim[];
  readonly polls: readonly PollClaim[];
  readonly rejects: readonly Reject[];
  readonly counts: readonly FileCounts[];
}

/** Characters of a record that are kept for rejects. */
const RAW_CHARACTERS = 2_000;

/** Characters of an error that are kept. */
const MESSAGE_CHARACTERS = 1_000;

/** Titles beyond `limit` are outside; what was observed is claimed all the same. */
export function judgeDocuments(documents: Documents, settings: PricesSettings, limit: number | null): Judged {
  const terms = termsOf(documents, settings);
  const films = keyedFilms([...knownListings(documents).values()], terms);
  const titles = titleClaims(films);
  const taken = new Set(titles.slice(0, limit ?? undefined).map(({ title_key }) => title_key));
  const keys = new Map(films.map((film) => [keyOf(film.seller, film.listing), film]));
  const asked = new Set(documents.details.map(({ seller }) => seller));
  const lists = documents.lists.map((list, at) => judgeList(list, at + 1, asked.has(list.seller.name)));
  const details = documents.details.map((detail, at) => judgeDetail(detail, at + 1, keys, terms));
  const isOutside = ({ seller, listing }: { seller: string; listing: string }) =>
    !taken.has(keys.get(keyOf(seller, listing))?.key ?? '');
  const listed = lists.flatMap(({ entries }) => entries);
  const rejects = [...lists, ...details].flatMap((one) => one.rejects);
  const count = (part: keyof Documents, more: Pick<FileCounts, 'read' | 'unchanged' | 'outside'>) =>
    counted(DOCUMENT_FILES[part], more, rejects);
  return {
    titles: titles.filter(({ title_key }) => taken.has(title_key)),
    offers: details.flatMap(({ offers }) => offers),
    polls: [...lists, ...details].flatMap(({ polls }) => polls),
    rejects,
    counts: [
      count('lists', {
        read: lists.reduce((sum, { read }) => sum + read, 0),
        unchanged: 0,
        outside: listed.filter(isOutside).length,
      }),
      count('details', { read: details.length, unchanged: 0, outside: 0 }),
      count('kept', { read: documents.kept.length, unchanged: documents.kept.length, outside: 0 }),
    ],
  };
}

/** What is neither unchanged, outside nor rejected is claimed, as an offer, a title or a poll. */
function counted(
  file: string,
  { read, unchanged, outside }: Pick<FileCounts, 'read' | 'unchanged' | 'outside'>,
  all: readonly Reject[],
): FileCounts {
  const rejects = all.filter((reject) => reject.file === file);
  const reasons: Record<string, number> = {};
  for (const { reason } of rejects) reasons[reason] = (reasons[reason] ?? 0) + 1;
  const rejected = rejects.length;
  return {
    file,
    read,
    claimed: read - unchanged - outside - rejected,
    unchanged,
    outside,
    rejected,
    reasons,
  };
}

/** The settings' word, else that of the run in which the seller was asked. */
function termsOf(
  { lists, details, kept }: Documents,
  { sellers }: PricesSettings,
): (seller: string) => SellerTerms {
  const terms = new Map<string, SellerTerms>(lists.map(({ seller }) => [seller.name, seller]));
  for (const seller of sellers) terms.set(seller.name, seller);
  return (name) => {
    const found = terms.get(name);
    if (found === undefined)
      throw new Error(`${name} has no list among ${details.length + kept.length} documents.`);
    return found;
  };
}

function keyedFilms(known: readonly KnownListing[], terms: (seller: string) => SellerTerms): KeyedFilm[] {
  const described = known.map((one) => {
    const { seller, listing, entry, detail } = one;
    const said = [detail?.description, entry?.description];
    const first = <K extends 'title' | 'year' | 'kind'>(field: K) =>
      said.find((words) => words && words[field] !== null)?.[field] ?? null;
    return {
      ...one,
      title: first('title'),
      year: first('year'),
      kind: first('kind'),
      imdbId: imdbIdIn(listing, terms(seller).idPattern),
    };
  });
  const keys = filmKeys(described);
  return described.map((film, at) => ({ ...film, key: keys[at] ?? film.listing }));
}

interface JudgedOne {
  readonly polls: readonly PollClaim[];
  readonly rejects: readonly Reject[];
}

/** A list counts as one record for the asking, and one for each entry. Without entries, whoever is asked for more was known. */
function judgeList({ seller, at, asked }: ListDocument, line: number, hadListings: boolean) {
  const { entries, faulty, fault, error } = readListAnswer(asked, hadListings);
  const whole = fault === null ? [] : [rejectOf('lists', line, fault, 'text' in asked ? asked.text : '')];
  const rejects = faulty.map(({ raw, ...entryFault }) => rejectOf('lists', line, entryFault, raw));
  const poll = { seller: seller.name, listing_key: null, title_key: null, polled_at: timestampOf(at) };
  return {
    polls: [{ ...poll, ...errorColumns(error) }],
    rejects: [...whole, ...rejects],
    entries: entries.map(({ listing }) => ({ seller: seller.name, listing })),
    read: 1 + entries.length + faulty.length,
  };
}

function judgeDetail(
  { seller, listing, at, asked }: DetailDocument,
  line: number,
  films: ReadonlyMap<string, KeyedFilm>,
  terms: (seller: string) => SellerTerms,
): JudgedOne & { readonly offers: readonly OfferClaim[] } {
  const film = films.get(keyOf(seller, listing));
  const title_key = film?.key ?? keyOf(seller, listing);
  const detail = 'text' in asked ? readDetail(asked.text, listing) : null;
  if (detail !== null && 'price' in detail) {
    const offer: OfferClaim = {
      title_key,
      seller,
      listing_key: listing,
      title: film?.title ?? null,
      year: film?.year ?? null,
      price: detail.price,
      currency: terms(seller).currency,
      observed_at: timestampOf(at),
    };
    return { offers: [offer], polls: [], rejects: [] };
  }
  const poll = { seller, listing_key: listing, title_key, polled_at: timestampOf(at) };
  return {
    offers: [],
    polls: [{ ...poll, ...errorOf(asked, detail) }],
    rejects: detail === null ? [] : [rejectOf('details', line, detail, 'text' in asked ? asked.text : '')],
  };
}

function errorOf(asked: Asked, fault: Fault | null): ErrorColumns {
  if ('error' in asked) return errorColumns(asked.error);
  return errorColumns(fault === null ? null : { code: fault.reason, message: `${fault.detail}.` });
}

type ErrorColumns = Pick<PollClaim, 'error_code' | 'error_message'>;

function errorColumns(error: AskError | null): ErrorColumns {
  if (error === null) return { error_code: null, error_message: null };
  return { error_code: error.code, error_message: shownText(error.message, MESSAGE_CHARACTERS) };
}

function rejectOf(part: keyof Documents, line: number, { reason, detail }: Fault, raw: string): Reject {
  return { file: DOCUMENT_FILES[part], line, reason, detail, raw: shownText(raw, RAW_CHARACTERS) };
}

/** DuckDB reads a timestamp without zone as it stands: in UTC. */
function timestampOf(at: string): string {
  return at.replace('T', ' ').replace('Z', '');
}
