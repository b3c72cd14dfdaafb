import sql from 'sql-template-tag';

import { countFacets } from '../src/catalogue/queries/count-facets.ts';
import { FACETS } from '../src/catalogue/queries/facet-filters.ts';
import { NO_FILTERS } from '../src/catalogue/queries/title-filters.ts';
import type { Database } from '../src/db/database.ts';

/** How many titles have what, by cells and by bits, with what has changed since these were made. */
export async function countedBy(db: Database) {
  const cells = await db.query(sql`
    select kind, is_film, genres, year, rating, languages, countries, sum(n)::integer as titles
    from (
      select kind, is_film, genres, year, rating, languages, countries, titles as n
      from facet_cell
      union all
      select kind, is_film, genres, year, floor(rating)::smallint, languages, countries, n
      from facet_changed
    ) as c
    group by kind, is_film, genres, year, rating, languages, countries
    having sum(n) <> 0
    order by kind, is_film, genres, year, rating, languages, countries`);
  const bits = [];
  for (const filters of [
    NO_FILTERS,
    { ...NO_FILTERS, section: 'series' as const },
    { ...NO_FILTERS, votes: { gte: 5 }, year: { lt: 2000 }, rating: { gt: 3.5 } },
    { ...NO_FILTERS, source: ['imdb'], runtime: { gt: 60 } },
  ])
    bits.push((await countFacets(db, filters, FACETS)).facets);
  return { cells, bits };
}
