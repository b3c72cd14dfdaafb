import { parseImdbId } from '../../model/title-key.ts';
import { titleSort } from '../../model/title-sort.ts';

/** What tells which film a listing is of. */
export interface KeyedListing {
  readonly seller: string;
  readonly listing: string;
  readonly title: string | null;
  readonly year: number | null;
  readonly kind: string | null;
  /** Found in the seller's id. */
  readonly imdbId: string | null;
}

/** The IMDb id whose digits stand in a seller's id, by the group `imdb` of `pattern`; null if there is none. */
export function imdbIdIn(listing: string, pattern: string | null): string | null {
  const digits = pattern === null ? undefined : new RegExp(pattern).exec(listing)?.groups?.imdb;
  if (digits === undefined || !/^\d+$/.test(digits)) return null;
  return parseImdbId(`tt${digits.replace(/^0+/, '').padStart(7, '0')}`);
}

/**
 * The key of each listing's film, in the order of `listings`: the IMDb id in the seller's id; else that of the listings
 * of the same name, year and kind, if they all have the same; else name and year, if no seller has them twice; else the listing
 * itself. A name and year stay the same whoever lists the film, and whoever stops.
 */
export function filmKeys(listings: readonly KeyedListing[]): string[] {
  const groups = byName(listings);
  return listings.map((one) => {
    if (one.imdbId !== null) return one.imdbId;
    const name = nameOf(one);
    const alone = `${one.seller}/${one.listing}`;
    if (name === null) return alone;
    const group = groups.get(name) ?? [];
    const ids = new Set(group.flatMap(({ imdbId }) => imdbId ?? []));
    const unnamed = group.filter(({ imdbId }) => imdbId === null);
    const sellers = new Set(unnamed.map(({ seller }) => seller));
    const sellersOfId = new Set(group.filter(({ imdbId }) => imdbId !== null).map(({ seller }) => seller));
    // A seller that has the film twice, by id or without, may mean two films.
    if (sellers.size < unnamed.length || ids.size > 1 || sellersOfId.has(one.seller)) return alone;
    const [id] = ids;
    return id ?? name;
  });
}

function byName(listings: readonly KeyedListing[]): Map<string, KeyedListing[]> {
  const groups = new Map<string, KeyedListing[]>();
  for (const listing of listings) {
    const name = nameOf(listing);
    if (name !== null) groups.set(name, [...(groups.get(name) ?? []), listing]);
  }
  return groups;
}

/** Name, year and, where it is no film, kind; null where they are not known. */
function nameOf({ title, year, kind }: KeyedListing): string | null {
  if (title === null || year === null) return null;
  return `${titleSort(title)} (${year})${kind === 'movie' ? '' : ` ${kind ?? 'unknown'}`}`;
}
