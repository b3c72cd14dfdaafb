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
