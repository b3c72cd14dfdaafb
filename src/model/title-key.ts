import { createHash } from 'node:crypto';

/** An IMDb title id as IMDb writes it: `tt` and seven to ten digits, of which only the first seven may begin with 0. */
export type ImdbId = string & { readonly __brand: 'ImdbId' };

/** Seven digits, or more where seven do not hold the number: so an id and its number stand for each other. */
export const IMDB_DIGITS = '(?:\\d{7}|[1-9]\\d{7,9})';

const IMDB_ID = new RegExp(`^tt${IMDB_DIGITS}$`);
const IMDB_URL = /^https?:\/\/(?:(?:www|m)\.)?imdb\.com\/(?:[a-z]{2}\/)?title\/(tt\d+)(?:[/?#].*)?$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The IMDb id in `text`, which may be the id itself or the address of its page on imdb.com; null if it is neither. */
export function parseImdbId(text: string): ImdbId | null {
  const id = IMDB_URL.exec(text)?.[1] ?? text;
  return IMDB_ID.test(id) ? (id as ImdbId) : null;
}

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** A title's key: `<source>:<key there>`, such as `imdb:tt0133093` or `local:0f2c…`. */
export function imdbKey(id: ImdbId): string {
  return `imdb:${id}`;
}

/**
 * The public id of the title whose best key is `key`: a UUID of version 8 made of SHA-256 over the
 * installation's salt and the key. The merge computes the same in SQL (`title_id` in expressions.sql); a test holds
 * them together.
 */
export function titleId(idSalt: string, key: string): string {
  const hex = createHash('sha256').update(idSalt).update(key).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
