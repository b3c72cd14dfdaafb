import sql, { empty, join, raw, type Sql } from 'sql-template-tag';

import type { FILM_KINDS } from '../../model/kinds.ts';
import {
  languageCondition,
  languageConditions,
  linkConditions,
  narrowsToFew,
  type FilmLinks,
} from './film-links.ts';

/** Bounds of a number; an unknown value is within none. */
export interface Bounds {
  readonly gt?: number | undefined;
  readonly gte?: number | undefined;
  readonly lt?: number | undefined;
  readonly lte?: number | undefined;
  readonly eq?: number | undefined;
}

/** What a list of films is narrowed to: a film passes all of them. An empty list narrows nothing. */
export interface FilmFilters extends FilmLinks {
  /** Has any of these genres. Genre names in whatever case. */
  readonly genre: readonly string[];
  /** Has all of these genres. */
  readonly genreAll: readonly string[];
  /** Has none of these genres. */
  readonly genreNot: readonly string[];
  readonly kind: readonly (typeof FILM_KINDS)[number][];
  /** Is described by any of these sources. */
  readonly source: readonly string[];
  readonly rating: Bounds;
  readonly year: Bounds;
  readonly runtime: Bounds;
  readonly votes: Bounds;
}

/** Filters that every film passes. */
export const NO_FILTERS: FilmFilters = {
  genre: [],
  genreAll: [],
  genreNot: [],
  kind: [],
  source: [],
  rating: {},
  year: {},
  runtime: {},
  votes: {},
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

/** Where films are read from: a relation, the alias that has the sort columns and the id, what must hold. */
export interface FilmSelection {
  /** `with …` of the statement, where `from` names more than tables. */
  readonly given?: Sql;
  readonly from: Sql;
  /** `t` for title, `g` for title_genre. */
  readonly alias: Sql;
  readonly id: Sql;
  readonly where: Sql;
  /** Conditions of which any must hold besides. */
  readonly anyOf: readonly [Sql, ...Sql[]];
  /** All of it as one condition. */
  readonly whole: Sql;
}

/**
 * The films that pass `filters`. With one genre that all must have they are read from `title_genre`, whose
 * indexes hold them in order within that genre; else from `title`, and so where they are linked to what mostly has
 * few films, or described by a small source: whether those have the genre is seen in their rows. With `matches`, a select of
 * titles by `id`, they are among these.
 */
export function selectFilms(filters: FilmFilters, matches: Sql | null = null): FilmSelection {
  if (matches !== null) return fromMatches(filters, matches);
  const genre = filters.genre.length === 1 ? filters.genre[0] : undefined;
  return genre === undefined || narrowsToFew(filters) || isOfSmallSource(filters)
    ? fromTitle(filters)
    : fromGenre(genre, { ...filters, genre: [] });
}

function fromTitle(filters: FilmFilters): FilmSelection {
  return selection(filters, { from: sql`title t`, alias: raw('t'), id: sql`t.id` }, sql`t.is_film`);
}

function fromMatches(filters: FilmFilters, matches: Sql): FilmSelection {
  const from = sql`search_match join title t on t.id = search_match.id`;
  return {
    ...selection(filters, { from, alias: raw('t'), id: sql`t.id` }, sql`t.is_film`),
    given: sql`with search_match as materialized (${matches})`,
  };
}

function fromGenre(genre: string, filters: FilmFilters): FilmSelection {
  const isGenre = sql`g.genre_id = (select id from genre where lower(name) = lower(${genre}::text collate "C"))`;
  const from = sql`title_genre g join title t on t.id = g.title_id`;
  return selection(filters, { from, alias: raw('g'), id: sql`g.title_id` }, isGenre);
}

function selection(
  filters: FilmFilters,
  read: Pick<FilmSelection, 'from' | 'alias' | 'id'>,
  first: Sql,
): FilmSelection {
  const { alias, id } = read;
  const conditions = [
    first,
    ...bounds(filters, alias),
    ...properties(filters),
    ...linkConditions(filters, id),
  ];
  return {
    ...read,
    where: join(conditions, '\nand '),
    anyOf: languageConditions(filters, id),
    whole: join([...conditions, languageCondition(filters, id)], '\nand '),
  };
}

function bounds(filters: FilmFilters, alias: Sql): Sql[] {
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

function properties(filters: FilmFilters): Sql[] {
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
function isOfSmallSource({ source }: FilmFilters): boolean {
  return source.length > 0 && !source.includes('imdb');
}

/** The names as the catalogue writes them; one that it does not have stays as it is, and matches nothing. */
function genreNames(names: readonly string[]): Sql {
  return sql`array(
    select coalesce(genre.name, asked.name)
    from unnest(${names}::text[]) as asked (name)
    left join genre on lower(genre.name) = lower(asked.name collate "C")
  )`;
}
