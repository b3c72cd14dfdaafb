import sql, { empty, join, raw, type Sql } from 'sql-template-tag';

import { facetConditions, otherConditions, type Facet, type FacetCondition } from './facet-filters.ts';
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
  readonly name: string | null;
  readonly titles: number;
  /** Of 2^20 titles so many are in the sample. */
  readonly bound: number;
}

/** The values of each facet, of a row of `counted`: its value and, where a title may have several, how they are had. */
const VALUES: Readonly<
  Record<Facet, { readonly from: string; readonly value: string; readonly name?: string }>
> = {
  genre: { from: 'cross join lateral unnest(c.genres) as v (value)', value: 'v.value' },
  decade: { from: '', value: '(c.year / 10 * 10)::text' },
  kind: { from: '', value: 'c.kind' },
  language: {
    from: 'cross join lateral unnest(c.languages) as v (value)',
    value: 'v.value',
    name: 'language',
  },
  country: { from: 'cross join lateral unnest(c.countries) as v (value)', value: 'v.value', name: 'country' },
  rating: { from: '', value: 'c.rating::text' },
};

/** Whether cells alone tell what passes the filters, without a look at titles. */
export function areCellsEnough(filters: TitleFilters, isFound: boolean): boolean {
  return (
    otherConditions(filters, isFound).length === 0 &&
    facetConditions(filters).every(({ of }) => of === 'cell')
  );
}

/**
 * The statement that counts the facets by cells, and where these are not enough, by the sampled titles in them. With `matches`, only
 * titles among these are counted.
 */
export function sampledStatement(filters: TitleFilters, facets: readonly Facet[], matches: Sql | null): Sql {
  const conditions = facetConditions(filters);
  const ofCells = conditions.filter(({ of }) => of === 'cell');
  const counted = areCellsEnough(filters, matches !== null)
    ? sql`select c.*, c.titles as n from cell as c`
    : titlesOfCells(
        conditions.filter(({ of }) => of === 'title'),
        otherConditions(filters, matches !== null),
      );
  return sql`
    with ${matches === null ? empty : sql`search_match as materialized (${matches}),`}
    cell as materialized (
      select t.*, ${missedBy(ofCells)} as missed
      from facet_cell as t
      where t.titles > 0
        and ${IN_SECTION[filters.section]}
        and ${atMostOne(ofCells)}
    ),
    counted as materialized (${counted})
    ${facetSelects(facets, (facet) => sql`c.missed is null or c.missed = ${facet}`)}`;
}

/** Counts of the sampled titles in the cells; a title that misses a facet's filter is left where its cell misses another's. */
function titlesOfCells(ofTitles: readonly FacetCondition[], others: readonly Sql[]): Sql {
  const missed = ofTitles.length === 0 ? sql`c.missed` : sql`coalesce(c.missed, ${missedBy(ofTitles)})`;
  const once = ofTitles.length === 0 ? sql`true` : sql`(c.missed is null or ${missedBy(ofTitles)} is null)`;
  return sql`
    select c.kind, c.genres, c.year, c.rating, c.languages, c.countries, k.missed, k.n
    from (
      select s.cell, ${missed} as missed, count(*) as n
      from facet_sample as s
      join cell as c
        on c.cell = s.cell
      where ${join([once, ...others], ' and ')}
      group by s.cell, 2
    ) as k
    join cell as c
      on c.cell = k.cell`;
}

/** The facet whose filters do not hold; null where all do. */
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

/** The statement that counts one facet of the titles that pass the filters, if these are at most `most`; else it says that there are more. */
export function exactStatement(filters: TitleFilters, facet: Facet, matches: Sql | null, most: number): Sql {
  const { given, from, whole } = selectTitles(filters, matches);
  const before = given === undefined ? sql`with` : sql`${given},`;
  return sql`
    ${before} counted as materialized (
      select
        t.kind, t.genres, t.year, floor(t.rating)::smallint as rating,
        ${facet === 'language' ? LANGUAGES : sql`'{}'::text[]`} as languages,
        ${facet === 'country' ? COUNTRIES : sql`'{}'::text[]`} as countries,
        1 as n
      from ${from}
      where ${whole}
      limit ${raw(String(most + 1))}
    )
    ${facetSelects([facet], () => sql`true`)}`;
}

const LANGUAGES = sql`array(
  select language_code from title_language where title_id = t.id
  union
  select original_language from title_detail where title_id = t.id and original_language is not null
)`;

const COUNTRIES = sql`array(select distinct country_code from title_country where title_id = t.id)`;

/** Of each facet its values with their counts, and how many are counted at all. */
function facetSelects(facets: readonly Facet[], isCounted: (facet: Facet) => Sql): Sql {
  const selects = facets.flatMap((facet) => {
    const { from, value, name } = VALUES[facet];
    const called =
      name === undefined
        ? sql`null::text`
        : sql`(select name from ${raw(name)} where code = ${raw('counts.value')})`;
    return [
      sql`
      select ${facet}::text as facet, null::text as value, null::text as name, coalesce(sum(c.n), 0)::bigint as titles
      from counted as c
      where ${isCounted(facet)}`,
      sql`
      select ${facet}::text, counts.value, ${called}, counts.titles
      from (
        select ${raw(value)} as value, sum(c.n)::bigint as titles
        from counted as c
        ${raw(from)}
        where (${isCounted(facet)})
          and ${raw(value)} is not null
        group by 1
      ) as counts`,
    ];
  });
  return sql`
    select
      state.version,
      state.journal_seq,
      coalesce((select bound from facet_scale), 1048576) as bound,
      found.*
    from catalogue_state as state
    left join (${join(selects, '\n      union all')}) as found on true
    order by found.facet, found.titles desc, found.value`;
}
