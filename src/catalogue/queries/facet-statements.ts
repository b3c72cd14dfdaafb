import sql, { empty, join, raw, type Sql } from 'sql-template-tag';

import { COUNTRIES, LANGUAGES } from '../facet-index/recount-titles.ts';
import { facetBits, restBits } from './facet-bits.ts';
import { facetConditions, restConditions, type Facet, type FacetCondition } from './facet-filters.ts';
import { selectTitles, type TitleFilters } from './title-filters.ts';
import { IN_SECTION } from './title-section.ts';

/** How many titles have one value of a facet. */
export interface FacetRow {
  readonly version: number;
  readonly journal_seq: number;
  /** Null: nothing is counted. */
  readonly facet: Facet | null;
  /** Null: of all that are counted for the facet, whatever their value. */
  readonly value: string | null;
  /** Of a language or a country. */
  readonly name: string | null;
  readonly titles: number;
  /** Of 2^20 titles so many are in the sample. */
  readonly bound: number;
}

/** The value of each facet, of a row `c`, and where a title may have several, how they are had. */
const VALUES: Readonly<Record<Facet, { readonly from: string; readonly value: string }>> = {
  genre: { from: 'cross join lateral unnest(c.genres) as v (value)', value: 'v.value' },
  decade: { from: '', value: '(c.year / 10 * 10)::text' },
  kind: { from: '', value: 'c.kind' },
  language: { from: 'cross join lateral unnest(c.languages) as v (value)', value: 'v.value' },
  country: { from: 'cross join lateral unnest(c.countries) as v (value)', value: 'v.value' },
  rating: { from: '', value: 'floor(c.rating)::integer::text' },
};

/** The statement that counts the sampled titles by their bits, and what has changed since by rows. */
export function bitsStatement(filters: TitleFilters, facets: readonly Facet[]): Sql {
  const narrowing = facetBits(filters);
  const named = [...narrowing].map(([facet, bits]) => sql`, ${bits} as ${raw(facet)}`);
  const bases = facets.map((facet) => {
    const others = [...narrowing.keys()].filter((other) => other !== facet).map((other) => raw(`b.${other}`));
    return sql`select ${raw(`'${facet}'`)} as facet, ${join([raw('b.rest'), ...others], ' & ')} as bits from narrowed as b`;
  });
  const changed = raw('(select * from facet_changed where is_sampled)');
  return sql`
    with narrowed as materialized (
      select ${restBits(filters)} as rest ${named.length > 0 ? join(named, '') : empty}
      from (select bits as every, bits & ~ bits as none from facet_bits where facet = 'all') as w
    ),
    base as materialized (${join(bases, ' union all ')}),
    counted as materialized (${passing(changed, filters)})
    ${answer([
      sql`select facet, null as value, bit_count(bits) as titles from base`,
      sql`
      select v.facet, v.value, bit_count(v.bits & base.bits)
      from base
      join facet_bits as v
        on v.facet = base.facet`,
      ...countsOf(facets),
    ])}`;
}

/** The statement that counts all titles by cells, where these are enough. */
export function cellsStatement(filters: TitleFilters, facets: readonly Facet[]): Sql {
  const cells = raw(`(
    select kind, is_film, genres, year, rating, languages, countries, titles as n from facet_cell
    union all
    select kind, is_film, genres, year, floor(rating)::smallint, languages, countries, n from facet_changed
  )`);
  return sql`
    with counted as materialized (${passing(cells, filters)})
    ${answer(countsOf(facets))}`;
}

/** The rows of a relation of what titles have that pass, with `missed`, the one facet whose filters they do not pass, if any. */
function passing(relation: Sql, filters: TitleFilters): Sql {
  const conditions = facetConditions(filters);
  return sql`
    select t.*, ${missedBy(conditions)} as missed
    from ${relation} as t
    where ${join([IN_SECTION[filters.section], atMostOne(conditions), ...restConditions(filters)], ' and ')}`;
}

function missedBy(conditions: readonly FacetCondition[]): Sql {
  if (conditions.length === 0) return sql`null::text`;
  const cases = conditions.map(({ facet, holds }) => sql`when not ${holds} then ${raw(`'${facet}'`)}`);
  return sql`case ${join(cases, ' ')} end`;
}

function atMostOne(conditions: readonly FacetCondition[]): Sql {
  if (conditions.length < 2) return sql`true`;
  return sql`${join(
    conditions.map(({ holds }) => sql`(not ${holds})::integer`),
    ' + ',
  )} <= 1`;
}

/** Which titles are counted one by one. */
export interface CountedTitles {
  /** Those that pass these, and are among `matches`. */
  readonly among: TitleFilters;
  readonly matches: Sql | null;
  /** Of them, those that pass these, each facet's own off. */
  readonly filters: TitleFilters;
  /** So many at most; null: all that are in the sample. */
  readonly most: number | null;
}

/** The statement that counts titles one by one, up to one more than `most`. */
export function titlesStatement(
  { among, matches, filters, most }: CountedTitles,
  facets: readonly Facet[],
): Sql {
  const { given, from, whole } = selectTitles(among, matches);
  const isAsked = (facet: 'language' | 'country') => facets.includes(facet) || filters[facet].length > 0;
  return sql`
    ${given === undefined ? sql`with` : sql`${given},`} among as materialized (
      select
        t.kind, t.is_film, t.genres, t.sources, t.year, t.rating, t.votes, t.runtime_minutes,
        ${isAsked('language') ? LANGUAGES : NO_CODES} as languages,
        ${isAsked('country') ? COUNTRIES : NO_CODES} as countries,
        1 as n
      from ${from}
      where ${whole}
        ${most === null ? IS_SAMPLED : sql`limit ${raw(String(most + 1))}`}
    ),
    counted as materialized (${passing(sql`among`, filters)})
    ${answer([sql`select null::text as facet, null::text as value, count(*) as titles from among`, ...countsOf(facets)])}`;
}

const NO_CODES = sql`'{}'::text[]`;

const IS_SAMPLED = sql`and ('x' || left(t.id::text, 5))::bit(20)::integer < coalesce((select bound from facet_scale), 1048576)`;

/** Of each facet, of the rows `counted`, its values with their counts, and how many are counted at all. */
function countsOf(facets: readonly Facet[]): Sql[] {
  return facets.flatMap((facet) => {
    const { from, value } = VALUES[facet];
    const isCounted = sql`(c.missed is null or c.missed = ${facet})`;
    return [
      sql`
      select ${facet}::text as facet, null::text as value, sum(c.n)::bigint as titles
      from counted as c
      where ${isCounted}`,
      sql`
      select ${facet}::text, ${raw(value)}, sum(c.n)::bigint
      from counted as c
      ${raw(from)}
      where ${isCounted}
        and ${raw(value)} is not null
      group by 2`,
    ];
  });
}

/** The counts together, each value once, named where it has a name. */
function answer(counts: readonly Sql[]): Sql {
  return sql`
    select
      state.version,
      state.journal_seq,
      coalesce((select bound from facet_scale), 1048576) as bound,
      found.*,
      case found.facet
        when 'language' then (select name from language where code = found.value)
        when 'country' then (select name from country where code = found.value)
      end as name
    from catalogue_state as state
    left join (
      select facet, value, coalesce(sum(titles), 0)::bigint as titles
      from (${join(counts, '\n      union all')}) as counts
      group by facet, value
    ) as found on true
    order by found.facet, found.titles desc, found.value`;
}
