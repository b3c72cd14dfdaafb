import { z } from 'zod';

import { distinctNames } from './distinct-names.ts';

import { FACETS } from '../../catalogue/queries/facet-filters.ts';
import type { TitleFilters } from '../../catalogue/queries/title-filters.ts';
import { TITLE_SORTS, type TitleOrder, type TitleSort } from '../../catalogue/queries/title-sorts.ts';
import { SECTION_KINDS, type Kind, type Section } from '../../model/kinds.ts';
import { countryCode, idOrName, languageCode, uuid, wordList } from './link-parameters.ts';
import { parameterInvalid } from './parameter-invalid.ts';
import {
  decimalNumber,
  oneOf,
  pageParameters,
  repeatable,
  searchText,
  text,
  wholeNumber,
} from './query-parameters.ts';
import { SECTION_WORDS, startOfSentence } from './sections.ts';
import { sortParameter } from './sort-parameter.ts';
import { yearBounds, yearParameters } from './year-parameters.ts';

/** The largest value of a PostgreSQL integer. */
const MAX_INTEGER = 2_147_483_647;

const rating = decimalNumber(0, 10).optional();
const number = wholeNumber(0, MAX_INTEGER).optional();
const genre = repeatable(text(50));

const SORTS = Object.keys(TITLE_SORTS) as [TitleSort, ...TitleSort[]];

export const filmListQuery = z.strictObject(parametersOf('films'));

export const seriesListQuery = z.strictObject(parametersOf('series'));

const season = repeatable(wholeNumber(0, MAX_INTEGER)).describe('Episodes of any of these seasons.');

export const episodeListQuery = z.strictObject({ ...parametersOf('episodes'), season });

/** Of the episodes of one series. */
export const seriesEpisodesQuery = z.strictObject({
  ...parametersOf('episodes', ['episode', ...SORTS]),
  season,
});

/** Of a list of titles, whatever the section. */
export type TitleListQuery = z.output<typeof filmListQuery> &
  Partial<Pick<z.output<typeof episodeListQuery>, 'season'>>;

/** The parameters of a list of the section's titles, in the order of the first of `sorts` where none is asked for. */
function parametersOf(section: Section, sorts: readonly [TitleSort, ...TitleSort[]] = SORTS) {
  const titles = startOfSentence(SECTION_WORDS[section].many);
  const kinds: readonly Kind[] = SECTION_KINDS[section];
  return {
    genre: genre.describe(`${titles} of any of these genres, in whatever case; may be repeated.`),
    genre_all: genre.describe(`${titles} of all these genres.`),
    genre_not: genre.describe(`${titles} of none of these genres.`),
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
    kind: repeatable(oneOf(kinds)).describe(`${titles} of any of these kinds.`),
    source: repeatable(text(100)).describe(
      `${titles} that any of these sources describes; the answer says how fresh they are.`,
    ),
    language: repeatable(languageCode).describe(
      `${titles} whose original language is any of these, or in which one of them is spoken: codes such as en.`,
    ),
    country: repeatable(countryCode).describe(`${titles} of any of these countries: codes such as NZ.`),
    company: repeatable(idOrName).describe(
      `${titles} by any of these companies: ids, or names in whatever case.`,
    ),
    person: repeatable(idOrName).describe(
      `${titles} with any of these people in cast, crew or story: ids, or names.`,
    ),
    keyword: repeatable(idOrName).describe(`${titles} with any of these keywords: ids, or names.`),
    collection: repeatable(uuid).describe(`${titles} of any of these collections: ids.`),
    q: searchText
      .optional()
      .describe(
        `${titles} found by these words of a title, the original or another one, or the year; they may be mistyped. At most the 10,000 most relevant.`,
      ),
    include: wordList(['credits']).describe('With `source`: `credits` adds those of each title.'),
    sort: sortParameter(
      [...sorts, 'relevance'],
      `${sorts[0]}; with \`q\`, relevance, the most relevant first`,
    ),
    facets: wordList(FACETS).describe(
      'What to count the titles by, joined by commas; each counted as if its own filters were off.',
    ),
    ...pageParameters,
    count: oneOf(['exact', 'estimated', 'none'])
      .optional()
      .default('none')
      .describe('Whether to count all that pass the filters; `estimated` is exact where that is cheap.'),
  };
}

/** What the query narrows the section to; `series`: to the episodes of that one. */
export function filtersOf(
  section: Section,
  query: TitleListQuery,
  series: string | null = null,
): TitleFilters {
  const { genre, genre_all, genre_not, kind, source } = query;
  return {
    section,
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
    series,
    season: [...new Set(query.season)],
  };
}

/**
 * The order that the query asks for; else by relevance where titles are found by a text, by title, or of one series by season
 * and number. Throws `parameter_invalid` where there is no relevance.
 */
export function orderOf({ sort, q }: TitleListQuery, { series }: TitleFilters): TitleOrder {
  if (q !== undefined) return sort ?? [{ by: 'relevance', descending: false }];
  if (sort?.some(({ by }) => by === 'relevance') === true)
    throw parameterInvalid('sort', 'can have relevance with q alone');
  return sort ?? [{ by: series === null ? 'title' : 'episode', descending: false }];
}

/** What makes two requests pages of one list. */
export function listIdentity(filters: TitleFilters, order: TitleOrder, text: string | null): unknown {
  return ['titles', filters, order, ...(text === null ? [] : [text])];
}

function bounds(gt?: number, gte?: number, lt?: number, lte?: number) {
  return { gt, gte, lt, lte };
}
