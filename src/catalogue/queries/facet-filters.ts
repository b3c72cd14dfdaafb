import sql, { join, type Sql } from 'sql-template-tag';

import {
  NO_FILTERS,
  propertyConditions,
  withinBounds,
  type Bounds,
  type TitleFilters,
} from './title-filters.ts';
import { narrowsToFew } from './title-links.ts';

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

/** The filters that are no facet's. */
export function ofNoFacet(filters: TitleFilters): TitleFilters {
  return FACETS.reduce(withoutOwn, filters);
}

/** What must hold of a row `t`, with codes of languages and countries in lists, for the filters of one facet. */
export interface FacetCondition {
  readonly facet: Facet;
  readonly holds: Sql;
}

/** The conditions of the facets whose filters narrow. */
export function facetConditions(filters: TitleFilters): FacetCondition[] {
  const { genre, genreAll, genreNot, kind, language, country, year, rating } = filters;
  const conditions: [Facet, Sql[]][] = [
    ['genre', propertyConditions({ ...NO_FILTERS, genre, genreAll, genreNot })],
    ['decade', withinBounds(sql`t.year`, year)],
    ['kind', propertyConditions({ ...NO_FILTERS, kind })],
    ['language', language.length > 0 ? [sql`t.languages && ${language}::text[]`] : []],
    ['country', country.length > 0 ? [sql`t.countries && ${country}::text[]`] : []],
    ['rating', withinBounds(sql`t.rating`, rating)],
  ];
  return conditions.flatMap(([facet, all]) =>
    all.length > 0 ? [{ facet, holds: sql`coalesce(${join(all, ' and ')}, false)` }] : [],
  );
}

/** What must hold of a row `t` for votes, runtime and sources. */
export function restConditions({ votes, runtime, source }: TitleFilters): Sql[] {
  return [
    ...withinBounds(sql`t.votes`, votes),
    ...withinBounds(sql`t.runtime_minutes`, runtime),
    ...(source.length > 0 ? [sql`t.sources && ${source}::text[]`] : []),
  ];
}

/** Whether bits tell which titles pass, without a look at what these are linked to. */
export function areBitsEnough(filters: TitleFilters): boolean {
  return !narrowsToFew(filters) && filters.series === null && filters.season.length === 0;
}

/** Whether cells tell. */
export function areCellsEnough(filters: TitleFilters): boolean {
  return areBitsEnough(filters) && restConditions(filters).length === 0 && isWhole(filters.rating);
}

/** Whether the bounds of a rating lie between whole points, so that the whole points of a title tell. */
function isWhole({ gt, lte, eq, gte, lt }: Bounds): boolean {
  return (
    [gt, lte, eq].every((bound) => bound === undefined) &&
    [gte, lt].every((bound) => bound === undefined || Number.isInteger(bound))
  );
}
