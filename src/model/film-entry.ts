import type { FILM_KINDS } from './kinds.ts';
import type { ImdbId } from './title-key.ts';

/** A film as a person enters it, checked. Null: not known. */
export interface FilmEntry {
  /** 1 to 300 characters, trimmed. */
  readonly title: string;
  readonly originalTitle: string | null;
  readonly kind: (typeof FILM_KINDS)[number];
  readonly year: number | null;
  /** ISO 8601: 1999-03-31. */
  readonly releaseDate: string | null;
  readonly runtimeMinutes: number | null;
  /** At most 20, no two alike but for case, in the order given. */
  readonly genres: readonly string[];
  /** 0 to 10, at most one decimal. */
  readonly rating: number | null;
  readonly certificate: string | null;
  /** An https address. */
  readonly posterUrl: string | null;
  readonly imdbId: ImdbId | null;
}

/** Makes a UUID that nothing has: what people enter is keyed by one. */
export type NewId = () => string;

/** Who holds an API key, and what it may do; `admin` may do whatever `write` may. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly role: 'write' | 'admin';
}

/**
 * Enters a film that no source has, and gives its public id once it is served. Throws `title_exists` when its IMDb
 * id is one of a title served.
 */
export type EnterFilm = (entry: FilmEntry, apiKeyId: string) => Promise<{ readonly id: string }>;

/** Whose key this is; null if there is none or it is revoked. */
export type FindApiKey = (key: string) => Promise<ApiKey | null>;
