import { isObject } from '../../lib/is-object.ts';
import { shownText } from '../../lib/shown-text.ts';
import type { Fault } from '../../model/fault.ts';
import type { Kind } from '../../model/kinds.ts';
import { parseExactJson } from './exact-json.ts';
import { parsePrice } from './price.ts';

/** What a seller says of something that it sells, in our words. Null: it does not say, or nothing that can be read. */
export interface Description {
  readonly title: string | null;
  readonly year: number | null;
  readonly kind: Kind | null;
  readonly runtimeMinutes: number | null;
  readonly genres: string | null;
  readonly certificate: string | null;
  readonly posterUrl: string | null;
}

export interface ListEntry {
  /** The seller's id of it. */
  readonly listing: string;
  readonly description: Description;
}

/** An entry of a list that cannot be taken, as it came. */
export interface FaultyEntry extends Fault {
  readonly raw: string;
}

export interface ReadList {
  readonly entries: readonly ListEntry[];
  readonly faulty: readonly FaultyEntry[];
}

type Fields = Readonly<Record<string, unknown>>;

/** A list as a seller sent it: an array, or an object with the array as `Movies`. */
export function readList(text: string): ReadList | Fault {
  return readAnswer(() => listIn(parseExactJson(text)));
}

function listIn(json: unknown): ReadList | Fault {
  const list = Array.isArray(json) ? json : isObject(json) ? json.Movies : null;
  if (!Array.isArray(list)) return { reason: 'list_invalid', detail: 'neither an array nor {"Movies": […]}' };
  const entries = new Map<string, ListEntry>();
  const faulty: FaultyEntry[] = [];
  for (const record of list as unknown[]) {
    const entry = readEntry(record);
    if ('reason' in entry) faulty.push({ ...entry, raw: jsonOf(record) });
    else if (!entries.has(entry.listing)) entries.set(entry.listing, entry);
    else
      faulty.push({
        reason: 'duplicate_key',
        detail: `ID is '${shownText(entry.listing, SHOWN)}' in an earlier record too`,
        raw: jsonOf(record),
      });
  }
  return { entries: [...entries.values()], faulty };
}

/** An offer as a seller sent it; `price` in plain digits. */
export interface Detail {
  readonly price: string;
  readonly description: Description;
}

/** What a seller sent when it was asked for `listing`. */
export function readDetail(text: string, listing: string): Detail | Fault {
  return readAnswer(() => detailIn(parseExactJson(text), listing));
}

function detailIn(json: unknown, listing: string): Detail | Fault {
  if (!isObject(json)) return { reason: 'document_invalid', detail: 'the answer is no object' };
  const id = textOf(json.ID);
  if (id !== null && id !== listing)
    return {
      reason: 'listing_mismatch',
      detail: `'${shownText(listing, SHOWN)}' was asked for, and '${shownText(id, SHOWN)}' answered`,
    };
  const control = controlledField(json);
  if (control !== null) return control;
  const written = json.Price;
  if (written === undefined || written === null)
    return { reason: 'price_missing', detail: 'Price is missing' };
  const price = typeof written === 'string' ? parsePrice(written) : null;
  if (price === null)
    return { reason: 'price_invalid', detail: `Price is '${shownText(jsonOf(written), SHOWN)}'` };
  return { price, description: describe(json) };
}

/** What cannot be read of an entry is not said; but its id. */
function readEntry(record: unknown): ListEntry | Fault {
  if (!isObject(record)) return { reason: 'record_invalid', detail: 'the record is no object' };
  const listing = textOf(record.ID);
  if (listing === null) return { reason: 'id_missing', detail: 'ID is missing' };
  if (listing.length > MOST_OF_ID || /^\.{1,2}$/.test(listing) || UNWRITABLE.test(listing))
    return { reason: 'id_invalid', detail: `ID is '${shownText(listing, SHOWN)}'` };
  return { listing, description: describe(record) };
}

/** Characters of an id at most. */
const MOST_OF_ID = 200;

/** Characters of a word at most: what is longer is none, and fits no index. */
const MOST_OF_WORD = 500;

const UNWRITABLE = /\p{Cc}|\p{Surrogate}/u;

/** Characters of a value that a fault shows. */
const SHOWN = 100;

/** The words that we read; others may hold anything. */
const READ_FIELDS = ['ID', 'Title', 'Year', 'Type', 'Runtime', 'Genre', 'Rated', 'Poster'];

function controlledField(fields: Fields): Fault | null {
  const name = READ_FIELDS.find((field) => {
    const value = fields[field];
    return typeof value === 'string' && UNWRITABLE.test(value.trim());
  });
  return name === undefined
    ? null
    : { reason: 'text_invalid', detail: `${name} holds a control character or half a character` };
}

const KINDS: Readonly<Record<string, Kind>> = {
  movie: 'movie',
  series: 'tvSeries',
  episode: 'tvEpisode',
  game: 'videoGame',
};

/** A record without a type is a film: it stands in a list of films. */
function describe(fields: Fields): Description {
  const type = wordOf(fields.Type)?.toLowerCase() ?? 'movie';
  const runtime = /^(\d{1,4}) min$/.exec(wordOf(fields.Runtime) ?? '')?.[1];
  const poster = wordOf(fields.Poster);
  return {
    title: wordOf(fields.Title),
    year: yearOf(wordOf(fields.Year)),
    kind: Object.hasOwn(KINDS, type) ? (KINDS[type] ?? null) : null,
    runtimeMinutes: runtime === undefined || Number(runtime) === 0 ? null : Number(runtime),
    genres: namesIn(wordOf(fields.Genre)),
    certificate: wordOf(fields.Rated),
    posterUrl: poster !== null && /^https?:\/\/\S+$/i.test(poster) ? poster : null,
  };
}

/** Between the first film and what is being planned. */
function yearOf(text: string | null): number | null {
  const year = /^\d{4}/.exec(text ?? '')?.[0];
  return year !== undefined && Number(year) >= 1870 && Number(year) <= 2150 ? Number(year) : null;
}

function namesIn(text: string | null): string | null {
  const names = (text ?? '').split(',').map((name) => name.trim());
  return names.filter((name) => name !== '').join(',') || null;
}

/** Text that can be kept and shown; null also where it cannot. */
function wordOf(value: unknown): string | null {
  const text = textOf(value);
  return text === null || text.length > MOST_OF_WORD || UNWRITABLE.test(text) ? null : text;
}

/** Text, or the text of a number, without what sellers write for nothing. */
function textOf(value: unknown): string | null {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' || text === 'N/A' ? null : text;
}

/** The value as JSON; what is nested too deep for that is said to be so. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return '(nested too deep to be shown)';
    throw error;
  }
}

/** Whatever an answer does to its reading is that answer's failure alone. */
function readAnswer<T>(read: () => T): T | Fault {
  try {
    return read();
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError || error instanceof URIError)
      return { reason: 'document_invalid', detail: 'the answer cannot be read as JSON' };
    throw error;
  }
}
