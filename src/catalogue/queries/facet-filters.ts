import sql, { join, raw, type Sql } from 'sql-template-tag';

import {
  isOfSeason,
  NO_FILTERS,
  propertyConditions,
  withinBounds,
  type Bounds,
  type TitleFilters,
} from './title-filters.ts';
import { linkConditions } from './title-links.ts';

/** What titles of a list can be counted by. */
export const FACETS = ['genre', 'decade', 'kind', 'language', 'country', 'rating'] as const;

export type Facet = (typeof FACETS)[number];

/** The filters of each facet, which are off where it is counted. */
const OWN = {
  genre: ['genre', 'genreAll', 'genreNot'],
  decade: ['year'],
  kind: ['kind'],
  language: ['language'],
  country: ['country'],
  rating: ['rating'],
} as const satisfies Record<Facet, readonly (keyof TitleFilters)[]>;

/** The filters without those of the facet. */
export function withoutOwn(filters: TitleFilters, facet: Facet): TitleFilters {
  return { ...filters, ...Object.fromEntries(OWN[facet].map((name) => [name, NO_FILTERS[name]])) };
}

/** What must hold for the filters of one facet: `of` a cell named `t`, or where cells are too coarse, of a sampled title `s`. */
export interface FacetCondition {
  readonly facet: Facet;
  readonly of: 'cell' | 'title';
  readonly holds: Sql;
}

/** The conditions of the facets whose filters narrow. */
export function facetConditions(filters: TitleFilters): FacetCondition[] {
  const { genre, genreAll, genreNot, kind, language, country, year, rating } = filters;
  const whole = isWhole(rating);
  const ofRating = withinBounds(whole ? sql`t.rating` : sql`s.rating`, rating);
  const conditions: [Facet, FacetCondition['of'], Sql[]][] = [
    ['genre', 'cell', propertyConditions({ ...NO_FILTERS, genre, genreAll, genreNot })],
    ['decade', 'cell', withinBounds(sql`t.year`, year)],
    ['kind', 'cell', propertyConditions({ ...NO_FILTERS, kind })],
    ['language', 'cell', language.length > 0 ? [sql`t.languages && ${language}::text[]`] : []],
    ['country', 'cell', country.length > 0 ? [sql`t.countries && ${country}::text[]`] : []],
    ['rating', whole ? 'cell' : 'title', ofRating],
  ];
  return conditions.flatMap(([facet, of, all]) =>
    all.length > 0 ? [{ facet, of, holds: sql`coalesce(${join(all, ' and ')}, false)` }] : [],
  );
}

/** What must hold of a sampled title `s` besides, for the filters that are no facet's; with `isFound`, it is in `search_match`. */
export function otherConditions(filters: TitleFilters, isFound: boolean): Sql[] {
  const { votes, runtime, source, series, season } = filters;
  const ofSource = propertyConditions({ ...NO_FILTERS, source });
  const ofEpisode = [
    ...(series === null ? [] : [sql`series_id = ${series}`]),
    ...(season.length > 0 ? [isOfSeason(filters)] : []),
  ];
  return [
    ...withinBounds(sql`s.votes`, votes),
    ...withinBounds(sql`s.runtime_minutes`, runtime),
    ...linkConditions({ ...filters, country: [] }, sql`s.title_id`),
    ...amongTitles('select t.id from title as t', ofSource),
    ...amongTitles('select title_id from episode', ofEpisode),
    ...(isFound ? [sql`s.title_id in (select id from search_match)`] : []),
  ];
}

function amongTitles(select: string, conditions: readonly Sql[]): Sql[] {
  return conditions.length === 0
    ? []
    : [sql`s.title_id in (${raw(select)} where ${join(conditions, ' and ')})`];
}

/** Whether the bounds of a rating lie between whole points, so that the whole points of a title tell. */
function isWhole({ gt, lte, gte, lt }: Bounds): boolean {
  return (
    gt === undefined &&
    lte === undefined &&
    [gte, lt].every((bound) => bound === undefined || Number.isInteger(bound))
  );
}
