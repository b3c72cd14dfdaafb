import type { FilmEntry } from './film-entry.ts';

/** The values of a film that a person may set by hand, as the API names and orders them. */
export const SETTABLE_FIELDS = [
  'title',
  'originalTitle',
  'kind',
  'year',
  'releaseDate',
  'runtimeMinutes',
  'genres',
  'rating',
  'certificate',
  'posterUrl',
] as const satisfies readonly (keyof FilmEntry)[];

export type SettableField = (typeof SETTABLE_FIELDS)[number];

/**
 * Values that a person sets, each as in a film that is entered, but for `genres`, of which there is one at least. Null
 * withdraws what was set by hand; what is left out stays.
 */
export type FilmValues = { readonly [F in SettableField]?: NonNullable<FilmEntry[F]> | null };
