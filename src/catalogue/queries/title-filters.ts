import sql, { empty, join, raw, type Sql } from 'sql-template-tag';

import type { Kind, Section } from '../../model/kinds.ts';
import {
  languageCondition,
  languageConditions,
  linkConditions,
  narrowsToFew,
  type TitleLinks,
} from './title-links.ts';
import { IN_SECTION } from './title-section.ts';

/** Bounds of a number; an unknown value is within none. */
export interface Bounds {
  readonly gt?: number | undefined;
  readonly gte?: number | undefined;
  readonly lt?: number | undefined;
  readonly lte?: number | undefined;
  readonly eq?: number | undefined;
}

/** What a list of titles is narrowed to: a title passes all of them. An empty list narrows nothing. */
export interface TitleFilters extends TitleLinks {
  readonly section: Section;
  /** Has any of these genres. Genre names in whatever case. */
  readonly genre: readonly string[];
  /** Has all of these genres. */
  readonly genreAll: readonly string[];
  /** Has none of these genres. */
  readonly genreNot: readonly string[];
  readonly kind: readonly Kind[];
  /** Is described by any of these sources. */
  readonly source: readonly string[];
  readonly rating: Bounds;
  readonly year: Bounds;
  readonly runtime: Bounds;
  readonly votes: Bounds;
  /** Is an episode of this series: its own UUID. Null narrows nothing. */
  readonly series: string | null;
  /** Is an episode of any of these seasons of its series. */
  readonly season: readonly number[];
}

/** Filters that every film passes. */
export const NO_FILTERS: TitleFilters = {
  section: 'films',
  genre: [],
  genreAll: [],
  genreNot: [],
  kind: [],
  source: [],
  rating: {},
  year: {},
  runtime: {},
  votes: {},
  series: null,
  season: [],
  language: [],
  country: [],
  company: [],
  person: [],
  keyword: [],
  collection: [],
};

const BOUND_COLUMNS = {
  rating: 'rating',
  year: 'year',
  runtime: 'runtime_minutes',
  votes: 'votes',
} as const;

const OPERATORS = { gt: '>', gte: '>=', lt: '<', lte: '<=', eq: '=' } as const;

/** Where titles are read from: a relation, the alias that has the sort columns and the id, what must hold. */
export interface TitleSelection {
  /** `with …` of the statement, where `from` names more than tables. */
  readonly given?: Sql;
  readonly from: Sql;
  /** `t` for title, `g` for title_genre. The title's own row is `t` in either; within a series `e` is its row of episode. */
  readonly alias: Sql;
  readonly id: Sql;
  readonly where: Sql;
  /** Conditions of which any must hold besides. */
  readonly anyOf: readonly [Sql, ...Sql[]];
  /** All of it as one condition. */
  readonly whole: Sql;
}

/**
 * The titles that pass `filters`. Films with one genre that all must have are read from `title_genre`, whose
 * indexes hold them in order within that genre; else from `title`, and so where they are linked to what mostly has
 * few films, or described by a small source: whether those have the genre is seen in their rows. With `matches`, a select of
 * titles by `id`, they are among these, which `from` names as `search_match`.
 */
export function selectTitles(filters: TitleFilters, matches: Sql | null = null): TitleSelection {
  if (matches !== null) return amongMatches(filters, matches);
  if (filters.series !== null) return fromSeries(filters.series, filters);
  const genre = filters.section === 'films' && filters.genre.length === 1 ? filters.genre[0] : undefined;
  return genre === undefined || narrowsToFew(filters) || isOfSmallSource(filters)
    ? fromTitle(filters)
    : fromGenre(genre, { ...filters, genre: [] });
}

function amongMatches(filters: TitleFilters, matches: Sql): TitleSelection {
  const all = filters.series === null ? fromTitle(filters) : fromSeries(filters.series, filters);
  return {
    ...all,
    given: sql`with search_match as materialized (${matches})`,
    from: sql`${all.from} join search_match on search_match.id = ${all.id}`,
  };
}

function fromTitle(filters: TitleFilters): TitleSelection {
  const ofSeason = sql`t.id in (select title_id from episode where ${isOfSeason(filters)})`;
  return selection(filters, { from: sql`title t`, alias: raw('t'), id: sql`t.id` }, [
    IN_SECTION[filters.section],
    ...(filters.season.length > 0 ? [ofSeason] : []),
  ]);
}

/**
 * Whatever is of a series is an episode. That it is one is not said again, or the planner might walk through the episodes of
 * all series in order and look for those of this one.
 */
function fromSeries(series: string, filters: TitleFilters): TitleSelection {
  const from = sql`episode e join title t on t.id = e.title_id`;
  return selection(filters, { from, alias: raw('t'), id: sql`e.title_id` }, [
    sql`e.series_id = ${series}`,
    ...(filters.season.length > 0 ? [isOfSeason(filters)] : []),
  ]);
}

/** What must hold of a row of `episode`. */
function isOfSeason({ season }: Pick<TitleFilters, 'season'>): Sql {
  return sql`season_number = any(${season}::integer[])`;
}

function fromGenre(genre: string, filters: TitleFilters): TitleSelection {
  const isGenre = sql`g.genre_id = (select id from genre where lower(name) = lower(${genre}::text collate "C"))`;
  const from = sql`title_genre g join title t on t.id = g.title_id`;
  return selection(filters, { from, alias: raw('g'), id: sql`g.title_id` }, [isGenre]);
}

function selection(
  filters: TitleFilters,
  read: Pick<TitleSelection, 'from' | 'alias' | 'id'>,
  first: readonly Sql[],
): TitleSelection {
  const { alias, id } = read;
  const conditions = [
    ...first,
    ...bounds(filters, alias),
    ...propertyConditions(filters),
    ...linkConditions(filters, id),
  ];
  return {
    ...read,
    where: join(conditions, '\nand '),
    anyOf: languageConditions(filters, id),
    whole: join([...conditions, languageCondition(filters, id)], '\nand '),
  };
}

function bounds(filters: TitleFilters, alias: Sql): Sql[] {
  return Object.entries(BOUND_COLUMNS).flatMap(([name, column]) =>
    withinBounds(sql`${alias}.${raw(column)}`, filters[name as keyof typeof BOUND_COLUMNS]),
  );
}

/** What must hold of `value` to be within the bounds; nothing where there are none. */
export function withinBounds(value: Sql, bounds: Bounds): Sql[] {
  return Object.entries(OPERATORS).flatMap(([bound, operator]) => {
    const limit = bounds[bound as keyof Bounds];
    return limit === undefined ? [] : [sql`${value} ${raw(operator)} ${limit}`];
  });
}

/** What must hold of genres, kind and sources of the row `t`. */
export function propertyConditions(filters: TitleFilters): Sql[] {
  const { genre, genreAll, genreNot, kind, source } = filters;
  return [
    genre.length > 0 ? sql`t.genres && ${genreNames(genre)}` : empty,
    genreAll.length > 0 ? sql`t.genres @> ${genreNames(genreAll)}` : empty,
    genreNot.length > 0 ? sql`not t.genres && ${genreNames(genreNot)}` : empty,
    kind.length > 0 ? sql`t.kind = any(${kind}::text[])` : empty,
    source.length > 0 ? sql`t.sources && ${source}::text[]` : empty,
    isOfSmallSource(filters) ? OF_SMALL_SOURCE : empty,
  ].filter((condition) => condition !== empty);
}

/** What the index of sources holds: not the films that only the largest source describes, which are nearly all. */
const OF_SMALL_SOURCE = sql`t.sources <> '{imdb}'`;

/** Whether the films are of sources that mostly describe few. Films that only imdb describes are then none of them. */
function isOfSmallSource({ source }: TitleFilters): boolean {
  return source.length > 0 && !source.includes('imdb');
}

/** The names as the catalogue writes them; one that it does not have stays as it is, and matches nothing. */
export function genreNames(names: readonly string[]): Sql {
  return sql`array(
    select coalesce(genre.name, asked.name)
    from unnest(${names}::text[]) as asked (name)
    left join genre on lower(genre.name) = lower(asked.name collate "C")
  )`;
}
