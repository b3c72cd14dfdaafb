import { z } from 'zod';

import { distinctNames } from './distinct-names.ts';

import type { FilmFilters } from '../../catalogue/queries/film-filters.ts';
import {
  DEFAULT_FILM_ORDER,
  DEFAULT_MATCH_ORDER,
  FILM_SORTS,
  RELEVANCE,
  type FilmOrder,
  type FilmSort,
} from '../../catalogue/queries/film-sorts.ts';
import { FILM_KINDS } from '../../model/kinds.ts';
import { parameterInvalid } from './parameter-invalid.ts';
import { countryCode, idOrName, languageCode, uuid, wordList } from './link-parameters.ts';
import {
  decimalNumber,
  oneOf,
  pageParameters,
  repeatable,
  searchText,
  text,
  wholeNumber,
} from './query-parameters.ts';
import { sortParameter } from './sort-parameter.ts';
import { yearBounds, yearParameters } from './year-parameters.ts';

/** The largest value of a PostgreSQL integer. */
const MAX_INTEGER = 2_147_483_647;

const rating = decimalNumber(0, 10).optional();
const number = wholeNumber(0, MAX_INTEGER).optional();
const genre = repeatable(text(50));

export const filmListQuery = z.strictObject({
  genre: genre.describe('Films of any of these genres, in whatever case; may be repeated.'),
  genre_all: genre.describe('Films of all these genres.'),
  genre_not: genre.describe('Films of none of these genres.'),
  rating_gt: rating,
  rating_gte: rating,
  rating_lt: rating,
  rating_lte: rating,
  ...yearParameters,
  runtime_gt: number.describe('In minutes.'),
  runtime_gte: number,
  runtime_lt: number,
  runtime_lte: number,
  votes_gt: number,
  votes_gte: number,
  votes_lt: number,
  votes_lte: number,
  kind: repeatable(oneOf(FILM_KINDS)).describe('Films of any of these kinds.'),
  source: repeatable(text(100)).describe(
    'Films that any of these sources describes; the answer says how fresh they are.',
  ),
  language: repeatable(languageCode).describe(
    'Films whose original language is any of these, or in which one of them is spoken: codes such as en.',
  ),
  country: repeatable(countryCode).describe('Films of any of these countries: codes such as NZ.'),
  company: repeatable(idOrName).describe('Films by any of these companies: ids, or names in whatever case.'),
  person: repeatable(idOrName).describe(
    'Films with any of these people in cast, crew or story: ids, or names.',
  ),
  keyword: repeatable(idOrName).describe('Films with any of these keywords: ids, or names.'),
  collection: repeatable(uuid).describe('Films of any of these collections: ids.'),
  include: wordList(['credits']).describe('With `source`: `credits` adds those of each film.'),
  q: searchText
    .optional()
    .describe(
      'Films found by these words, which may be mistyped, of the title, the original or another one, or the year; at most the 10,000 most relevant.',
    ),
  sort: sortParameter(
    [...(Object.keys(FILM_SORTS) as FilmSort[]), RELEVANCE],
    'title; with `q`, relevance, the most relevant first',
  ),
  ...pageParameters,
  count: oneOf(['exact', 'estimated', 'none'])
    .optional()
    .default('none')
    .describe('Whether to count the films that pass the filters; `estimated` is exact where that is cheap.'),
});

export type FilmListQuery = z.output<typeof filmListQuery>;

export function filtersOf(query: FilmListQuery): FilmFilters {
  const { genre, genre_all, genre_not, kind, source } = query;
  return {
    genre: distinctNames(genre),
    genreAll: distinctNames(genre_all),
    genreNot: distinctNames(genre_not),
    kind: [...new Set(kind)],
    source: [...new Set(source)],
    language: [...new Set(query.language)],
    country: [...new Set(query.country)],
    company: distinctNames(query.company),
    person: distinctNames(query.person),
    keyword: distinctNames(query.keyword),
    collection: [...new Set(query.collection)],
    rating: bounds(query.rating_gt, query.rating_gte, query.rating_lt, query.rating_lte),
    year: yearBounds(query),
    runtime: bounds(query.runtime_gt, query.runtime_gte, query.runtime_lt, query.runtime_lte),
    votes: bounds(query.votes_gt, query.votes_gte, query.votes_lt, query.votes_lte),
  };
}

/** Throws `parameter_invalid` where films that match no text are to be sorted by how well they do. */
export function orderOf({ sort, q }: FilmListQuery): FilmOrder {
  if (q !== undefined) return sort ?? DEFAULT_MATCH_ORDER;
  if (sort?.some(({ by }) => by === RELEVANCE) === true) throw parameterInvalid('sort', 'has relevance only with q');
  return sort ?? DEFAULT_FILM_ORDER;
}

/** What makes two requests pages of one list. */
export function listIdentity(filters: FilmFilters, order: FilmOrder, text: string | null): unknown {
  return ['movies', filters, order, ...(text === null ? [] : [text])];
}

function bounds(gt?: number, gte?: number, lt?: number, lte?: number) {
  return { gt, gte, lt, lte };
}
