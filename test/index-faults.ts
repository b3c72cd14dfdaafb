import sql, { raw, type Sql } from 'sql-template-tag';

import { COUNTRIES, LANGUAGES } from '../src/catalogue/facet-index/recount-titles.ts';
import { countFacets } from '../src/catalogue/queries/count-facets.ts';
import { FACETS, type Facet } from '../src/catalogue/queries/facet-filters.ts';
import { NO_FILTERS } from '../src/catalogue/queries/title-filters.ts';
import { TITLE_NUMBER } from '../src/catalogue/queries/title-number.ts';
import { IN_SECTION } from '../src/catalogue/queries/title-section.ts';
import type { Queryable } from '../src/db/database.ts';
import type { Section } from '../src/model/kinds.ts';
import { searchNames } from '../src/model/search-names.ts';

/** What is wrong in what titles are found and counted by, held against the titles that are served: nothing should be. */
export async function indexFaults(db: Queryable): Promise<string[]> {
  const faults = [...(await wordFaults(db)), ...(await nameFaults(db))];
  for (const section of Object.keys(IN_SECTION) as Section[])
    faults.push(...(await facetFaults(db, section)));
  return faults;
}

/** Titles that the lists of their words do not have, and words that no stretches of letters lead to. */
async function wordFaults(db: Queryable): Promise<string[]> {
  const unlisted = await db.query<{ title: string; word: string }>(sql`
    with listed as materialized (
      select distinct word, unnest(numbers) as number
      from search_word
    )
    select t.title, w.word
    from title as t
    cross join lateral (
      select string_to_table(t.title_sort, ' ') as word
      union
      select string_to_table(name, ' ') from title_name where title_id = t.id
      union
      select t.year::text
    ) as w
    where w.word <> ''
      and not exists (select from listed where listed.word = w.word and listed.number = ${TITLE_NUMBER})`);
  const strange = await db.query<{ word: string }>(sql`
    with known as materialized (
      select distinct gram, unnest(words) as word
      from search_gram
    )
    select distinct word
    from search_word
    where length(word) between 3 and 40
      and not exists (
        select
        from known
        where known.word = search_word.word
          and known.gram = substr('^' || search_word.word, 1, case when length(search_word.word) < 6 then 2 else 3 end)
      )`);
  return [
    ...unlisted.map(({ title, word }) => `${title} is not listed under ${word}`),
    ...strange.map(({ word }) => `${word} has no stretches of letters`),
  ];
}

/** Titles whose names are not those that they are to be found by. */
async function nameFaults(db: Queryable): Promise<string[]> {
  const titles = await db.query<{ title: string; originalTitle: string; names: string[] }>(sql`
    select
      title,
      original_title as "originalTitle",
      array(select name from title_name where title_id = t.id and not is_aka order by name) as names
    from title as t`);
  return titles.flatMap(({ title, originalTitle, names }) => {
    const due = searchNames(title, originalTitle).sort();
    return names.join('|') === due.join('|') ? [] : [`${title} is found by ${names.join('|')}`];
  });
}

/** The values of each facet, of a title `t`. */
const VALUES: Readonly<Record<Facet, Sql>> = {
  genre: sql`unnest(t.genres)`,
  decade: sql`(t.year / 10 * 10)::text`,
  kind: sql`t.kind`,
  language: sql`unnest(${LANGUAGES})`,
  country: sql`unnest(${COUNTRIES})`,
  rating: sql`floor(t.rating)::integer::text`,
};

/** Counts that are not those of the titles of the section. */
async function facetFaults(db: Queryable, section: Section): Promise<string[]> {
  const { facets } = await countFacets(db, { ...NO_FILTERS, section }, FACETS);
  const faults: string[] = [];
  for (const facet of FACETS) {
    const due = await db.query<{ value: string; count: number }>(sql`
      select value, count(*) as count
      from (select ${VALUES[facet]} as value from title as t where ${IN_SECTION[section]}) as had
      where value is not null
      group by value
      order by count desc, value collate ${raw('"C"')}`);
    const [is, should] = [facets[facet]?.values ?? [], due].map((counts) =>
      counts.map(({ value, count }) => `${value} ${count}`).join(', '),
    );
    if (is !== should) faults.push(`${facet} of ${section}: ${is}, not ${should}`);
  }
  return faults;
}
