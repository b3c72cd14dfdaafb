import {
  CREDIT_PRECEDENCE,
  PRODUCTION_PRECEDENCE,
  RATING_PRECEDENCE,
  SOURCE_PRECEDENCE,
} from './precedence.ts';

/** The orders in which sources are asked. */
const ORDERS = {
  source: SOURCE_PRECEDENCE,
  production: PRODUCTION_PRECEDENCE,
  credit: CREDIT_PRECEDENCE,
} as const satisfies Record<string, readonly string[]>;

export type OriginOrder = keyof typeof ORDERS;

/** By which order the sources of a field are asked; `rating`: by system first. */
type OriginRule =
  { by: OriginOrder | 'rating'; orElse?: string; within?: readonly string[] } | { madeOf: string };

/**
 * The fields of a title of which it is told who says them, by the names of the API, and whose word wins. The merge picks by the
 * same orders in SQL; a test holds them together. `madeOf`: the field whose word it is made of. `orElse`: the field that
 * stands in where nobody says it. `within`: a source that says another of these is not asked, and one that says none is.
 */
export const ORIGIN_FIELDS = {
  imdbId: { by: 'source' },
  imdbUrl: { madeOf: 'imdbId' },
  title: { by: 'source', orElse: 'originalTitle' },
  originalTitle: { by: 'source', orElse: 'title' },
  kind: { by: 'source' },
  year: { by: 'source' },
  endYear: { by: 'source' },
  releaseDate: { by: 'source' },
  runtimeMinutes: { by: 'source' },
  isAdult: { by: 'source' },
  genres: { by: 'source' },
  rating: { by: 'rating' },
  votes: { by: 'rating' },
  ratingSystem: { madeOf: 'rating' },
  weightedRating: { madeOf: 'rating' },
  certificate: { by: 'source' },
  posterUrl: { by: 'source' },
  popularity: { by: 'production' },
  status: { by: 'source' },
  originalLanguage: { by: 'production' },
  budget: { by: 'production' },
  revenue: { by: 'production' },
  tagline: { by: 'source' },
  overview: { by: 'source' },
  homepage: { by: 'source' },
  collection: { by: 'production' },
  countries: { by: 'production' },
  languages: { by: 'production' },
  companies: { by: 'production' },
  keywords: { by: 'production' },
  cast: { by: 'credit' },
  crew: { by: 'credit' },
  characters: { by: 'credit' },
  series: { by: 'source' },
  seasonNumber: { by: 'source', within: ['series'] },
  episodeNumber: { by: 'source', within: ['series', 'seasonNumber'] },
} as const satisfies Record<string, OriginRule>;

export type OriginField = keyof typeof ORIGIN_FIELDS;

/** The rule of a field; ids at other systems and ratings of each system, `ratings.tmdb`, are of the first source, too. */
export function originRule(field: string): OriginRule {
  return Object.hasOwn(ORIGIN_FIELDS, field) ? ORIGIN_FIELDS[field as OriginField] : { by: 'source' };
}

/** What only episodes have. */
export const EPISODE_FIELDS: readonly string[] = [
  'series',
  'seasonNumber',
  'episodeNumber',
] satisfies OriginField[];

/** Lists of which it is told how many they have, the others being told as they are. */
export const COUNTED_FIELDS: readonly string[] = [
  'companies',
  'keywords',
  'cast',
  'crew',
  'characters',
] satisfies OriginField[];

/** The place of a source in an order, from 0; one that is not in it comes last. */
export function placeOfSource(order: OriginOrder, source: string): number {
  return placeIn(ORDERS[order], source);
}

/** The place of a rating system, from 0. */
export function placeOfSystem(system: string): number {
  return placeIn(RATING_PRECEDENCE, system);
}

function placeIn(order: readonly string[], name: string): number {
  const place = order.indexOf(name);
  return place < 0 ? order.length : place;
}
