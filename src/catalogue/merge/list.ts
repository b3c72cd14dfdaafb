import type { ClaimTable } from '../../model/claim-tables.ts';
import { literal } from '../../model/lake-engine.ts';
import type { TableOfThings } from '../served-columns.ts';

/** Titles have some of these things, in an order. */
interface List {
  readonly claims: Extract<ClaimTable, `title_${string}`>;
  readonly thing: Exclude<TableOfThings, 'collection' | 'person'>;
  /** Whether the thing is known by a code that every source knows; else by the key that its source has for it. */
  readonly coded: boolean;
}

const LISTS: readonly List[] = [
  { claims: 'title_company', thing: 'company', coded: false },
  { claims: 'title_country', thing: 'country', coded: true },
  { claims: 'title_language', thing: 'language', coded: true },
  { claims: 'title_keyword', thing: 'keyword', coded: false },
];

/**
 * The steps that merge what titles have in lists. Result of each: `merged_title_<thing>`, the whole list of the first
 * source that has one, `said_title_<thing>`, the list of each source, and `merged_<thing>`. Given: `title_<thing>_claim`,
 * title_of.
 */
export const LIST_STEPS = LISTS.map((list) => `${listStep(list)};\n\n${thingStep(list)}`);

/**
 * The step that gives `listed_word`: of each list of each source for a title of `told_title` the word that provenance has of
 * it, its codes, else how many it lists.
 */
export const LISTED_WORDS = `create or replace temp view listed_word as\n${LISTS.map(wordOfList).join('\nunion all\n')}`;

function listStep({ claims, thing, coded }: List): string {
  const id = coded ? `${thing}_code` : `thing_id('${thing}', key) as ${thing}_id`;
  return `create or replace temp table said_${claims} as
select
  title_id,
  source,
  source_place,
  ${id},
  row_number() over (partition by title_id, source order by ordering nulls last, key) as ordering
from (
  select
    t.title_id,
    c.source,
    ${keyOf({ thing, coded })} as key,
    ${coded ? `c.${thing}_code,` : ''}
    c.ordering,
    rank() over (partition by t.title_id order by c.production_rank, c.source) as source_place,
    row_number() over (partition by t.title_id, c.source, c.${thing}_${coded ? 'code' : 'key'} order by c.ordering) as saying
  from ${claims}_claim as c
  join title_of as t
    on t.source = c.source and t.title_key = c.title_key
) as placed
where saying = 1;

create or replace temp view merged_${claims} as
select title_id, ${thing}_${coded ? 'code' : 'id'}, ordering
from said_${claims}
where source_place = 1`;
}

function wordOfList({ claims, thing, coded }: List): string {
  const word = coded ? `codes_of(s.${thing}_code, s.ordering)` : 'number_of_rows()';
  return `select s.title_id, s.source, ${literal(claims)} as list, ${word} as word
from said_${claims} as s
semi join told_title as t
  on t.title_id = s.title_id
group by s.title_id, s.source`;
}

/** A language is also there for being a title's original one. */
function thingStep({ claims, thing, coded }: List): string {
  if (!coded)
    return `create or replace temp table merged_${thing} as
select thing_id('${thing}', key) as id, key, short_name(coalesce(min(name), key)) as name
from (select ${keyOf({ thing, coded })} as key, c.name from ${claims}_claim as c) as named
where thing_id('${thing}', key) in (select ${thing}_id from merged_${claims})
group by key`;
  const more = thing === 'language' ? 'union select original_language from merged_title_detail' : '';
  return `create or replace temp table merged_${thing} as
select used.code, short_name(coalesce(min(c.name), used.code)) as name
from (select distinct code from (select ${thing}_code as code from merged_${claims} ${more}) as listed) as used
left join (select distinct ${thing}_code, name from ${claims}_claim) as c
  on c.${thing}_code = used.code
where used.code is not null
group by used.code`;
}

function keyOf({ thing, coded }: Pick<List, 'thing' | 'coded'>): string {
  return coded ? `c.${thing}_code` : `concat(c.source, ':', c.${thing}_key)`;
}
