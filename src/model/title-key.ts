import { createHash } from 'node:crypto';

/** An IMDb title id as IMDb writes it: `tt` and seven or more digits. */
export type ImdbId = string & { readonly __brand: 'ImdbId' };

const IMDB_ID = /^tt(\d{7,10})$/;
const IMDB_URL = /^https?:\/\/(?:(?:www|m)\.)?imdb\.com\/(?:[a-z]{2}\/)?title\/(tt\d{7,10})(?:[/?#].*)?$/;
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
