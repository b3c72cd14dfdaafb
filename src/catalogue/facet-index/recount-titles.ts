import sql, { type Sql } from 'sql-template-tag';

import type { Transaction } from '../../db/database.ts';
import { WHOLE_SAMPLE } from './slices.ts';

/**
 * Does `change`, which writes titles and what they are linked to, and keeps the counts of facets right: of each of `ids`, what it was
 * when it was counted is taken away, and what it is then is added. Ids that no title has before or after count for nothing there.
 */
export async function recountTitles<T>(
  tx: Transaction,
  ids: readonly string[],
  change: () => Promise<T>,
): Promise<T> {
  await tx.query(sql`
    with added as (
      delete from facet_changed
      where title_id = any(${ids}::uuid[])
        and n = 1
      returning title_id
    )
    ${insertTitles(ids, -1, sql`not exists (select from added where added.title_id = t.id)`)}`);
  const result = await change();
  await tx.query(insertTitles(ids, 1, sql`true`));
  return result;
}

/** Of two writers that enter the same title at once, the first counts it. */
function insertTitles(ids: readonly string[], n: 1 | -1, condition: Sql): Sql {
  return sql`
    insert into facet_changed (
      title_id, n, is_sampled, kind, is_film, genres, sources, year, rating, votes, runtime_minutes, languages, countries
    )
    select
      t.id, ${n}::smallint, ('x' || left(t.id::text, 5))::bit(20)::integer < coalesce((select bound from facet_scale), ${WHOLE_SAMPLE}),
      t.kind, t.is_film, t.genres, t.sources, t.year, t.rating, t.votes, t.runtime_minutes, ${LANGUAGES}, ${COUNTRIES}
    from title as t
    where t.id = any(${ids}::uuid[])
      and ${condition}
    on conflict (title_id, n) do nothing`;
}

/** The codes of the languages of the title `t`, the original one and those spoken, each once. */
export const LANGUAGES = sql`array(
  select language_code from title_language where title_id = t.id
  union
  select original_language from title_detail where title_id = t.id and original_language is not null
)`;

/** The codes of the countries of the title `t`, each once. */
export const COUNTRIES = sql`array(select distinct country_code from title_country where title_id = t.id)`;
