import sql, { join, raw, type Sql } from 'sql-template-tag';

import { RATING_STEPS, SLICED, type Sliced } from '../facet-index/slices.ts';
import { EPISODE_KINDS, SERIES_KINDS } from '../../model/kinds.ts';
import type { Facet } from './facet-filters.ts';
import { genreNames, type Bounds, type TitleFilters } from './title-filters.ts';

/**
 * Which titles pass the filters of each facet that narrow, as expressions of bits, over a row `w` that has `every`, a bit for each
 * title, and `none`.
 */
export function facetBits(filters: TitleFilters): ReadonlyMap<Facet, Sql> {
  const { genre, genreAll, genreNot, kind, language, country, year, rating } = filters;
  const passing: [Facet, Sql[]][] = [
    [
      'genre',
      [
        ...anyOfGenres(genre),
        ...genreAll.flatMap((one) => anyOfGenres([one])),
        ...anyOfGenres(genreNot).map((bits) => sql`~ ${bits}`),
      ],
    ],
    ['decade', within('year', year)],
    ['kind', anyOf('kind', kind)],
    ['language', anyOf('language', language)],
    ['country', anyOf('country', country)],
    ['rating', within('rating', rating)],
  ];
  return new Map(passing.flatMap(([facet, all]) => (all.length > 0 ? [[facet, inAll(all)] as const] : [])));
}

/** Which titles of the section pass the filters that are no facet's. */
export function restBits({ section, votes, runtime, source }: TitleFilters): Sql {
  const kinds = { films: [], series: SERIES_KINDS, episodes: EPISODE_KINDS }[section];
  return inAll([
    ...(section === 'films' ? [one('film', '')] : anyOf('kind', kinds)),
    ...within('votes', votes),
    ...within('runtime', runtime),
    ...anyOf('source', source),
  ]);
}

function inAll(bits: readonly Sql[]): Sql {
  return sql`(${join(bits, ' & ')})`;
}

/** Of no title where none has the value. */
function one(facet: string, value: string): Sql {
  return sql`coalesce((select bits from facet_bits where facet = ${raw(`'${facet}'`)} and value = ${value}), w.none)`;
}

function anyOf(facet: string, values: readonly string[]): Sql[] {
  return values.length === 0 ? [] : [any(facet, sql`${values}::text[]`)];
}

function anyOfGenres(names: readonly string[]): Sql[] {
  return names.length === 0 ? [] : [any('genre', genreNames(names))];
}

function any(facet: string, values: Sql): Sql {
  return sql`coalesce((select bit_or(bits)::bit varying from facet_bits where facet = ${raw(`'${facet}'`)} and value = any(${values})), w.none)`;
}

/** Which titles have the number within the bounds. */
function within(number: Sliced, bounds: Bounds): Sql[] {
  const { gt, gte, lt, lte, eq } = bounds;
  const less = (bound: number) => sql`${one('known', number)} & ~ ${atLeast(number, bound)}`;
  return [
    ...(gt === undefined ? [] : [atLeast(number, above(number, gt))]),
    ...(gte === undefined ? [] : [atLeast(number, from(number, gte))]),
    ...(lt === undefined ? [] : [less(from(number, lt))]),
    ...(lte === undefined ? [] : [less(above(number, lte))]),
    ...(eq === undefined ? [] : [atLeast(number, from(number, eq)), less(above(number, eq))]),
  ];
}

/** The least of the steps that a number is kept in, that is not below the bound. */
function from(number: Sliced, bound: number): number {
  return Math.ceil(steps(number, bound));
}

/** The least that is above it. */
function above(number: Sliced, bound: number): number {
  return Math.floor(steps(number, bound)) + 1;
}

/** Whole where the bound is as exact as numbers are kept, whatever its fractions in base two. */
function steps(number: Sliced, bound: number): number {
  if (number !== 'rating') return bound;
  const near = Math.round(bound * RATING_STEPS);
  return Math.abs(bound * RATING_STEPS - near) < 0.001 ? near : bound * RATING_STEPS;
}

/**
 * Which titles have the number at `least` or above. From the lowest digit on: with a digit that `least` has, a number needs it and
 * enough below; with one that it has not, either will do.
 */
function atLeast(number: Sliced, least: number): Sql {
  if (least <= 0) return one('known', number);
  if (least >= 2 ** SLICED[number]) return sql`w.none`;
  let passing = sql`w.every`;
  let isEvery = true;
  for (let digit = 0; digit < SLICED[number]; digit += 1) {
    const isSet = Math.floor(least / 2 ** digit) % 2 === 1;
    if (isEvery && !isSet) continue;
    const having = one(`digit_${number}`, String(digit));
    passing = isSet ? sql`(${having} & ${passing})` : sql`(${having} | ${passing})`;
    isEvery = false;
  }
  return passing;
}
