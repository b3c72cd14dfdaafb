import sql, { raw, type Sql } from 'sql-template-tag';

import type { Transaction } from '../../db/database.ts';
import { cellNumber, WHOLE_SAMPLE } from './cells.ts';

/**
 * Does `change`, which writes titles and what they are linked to, and keeps the counts of facets right: those of `ids` are taken
 * out as they were, and put in as they are then. Ids that no title has before or after count for nothing there.
 */
export async function recountTitles<T>(
  tx: Transaction,
  ids: readonly string[],
  change: () => Promise<T>,
): Promise<T> {
  await count(tx, ids, -1);
  await tx.query(sql`delete from facet_sample where title_id = any(${ids}::uuid[])`);
  const result = await change();
  await count(tx, ids, 1);
  await tx.query(sql`
    insert into facet_sample (title_id, cell, rating, votes, runtime_minutes)
    select id, cell, exact_rating, votes, runtime_minutes
    from (${cellsOf(ids)}) as t
    where ('x' || left(id::text, 5))::bit(20)::integer < coalesce((select bound from facet_scale), ${WHOLE_SAMPLE})`);
  return result;
}

/** In the order of cells, so that no two writers wait for each other. */
async function count(tx: Transaction, ids: readonly string[], titles: 1 | -1): Promise<void> {
  await tx.query(sql`
    insert into facet_cell (cell, kind, is_film, genres, year, rating, languages, countries, titles)
    select cell, min(kind), bool_or(is_film), min(genres), min(year), min(rating), min(languages), min(countries), count(*) * ${titles}::integer
    from (${cellsOf(ids)}) as t
    group by cell
    order by cell
    on conflict (cell) do update
    set titles = facet_cell.titles + excluded.titles`);
}

/** The number of the cell of a row of `cellsOf`. */
const CELL = cellNumber(
  {
    kind: 'v.kind',
    genres: `array_to_string(v.genres, ',')`,
    year: 'v.year',
    rating: 'v.rating',
    languages: `array_to_string(v.languages, ',')`,
    countries: `array_to_string(v.countries, ',')`,
  },
  (text) => `('x' || ${text})::bit(60)::bigint`,
);

/** The titles with their cells. */
function cellsOf(ids: readonly string[]): Sql {
  return sql`
  select v.*, ${raw(CELL)} as cell
  from (
    select
      t.id, t.kind, t.is_film, t.genres, t.year, t.votes, t.runtime_minutes,
      t.rating as exact_rating,
      floor(t.rating)::smallint as rating,
      array(
        select language_code from title_language where title_id = t.id
        union
        select original_language from title_detail where title_id = t.id and original_language is not null
        order by 1
      ) as languages,
      array(select distinct country_code from title_country where title_id = t.id order by 1) as countries
    from title as t
    where t.id = any(${ids}::uuid[])
  ) as v`;
}
