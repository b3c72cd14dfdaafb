import sql, { join, type Sql } from 'sql-template-tag';

import { OWN_DETAILS } from './own-details.ts';
import { TITLE_DETAIL_PROPERTIES } from './title-json.ts';
import { GIVEN_RATINGS, TITLE_PARTS, titleCredits } from './title-parts.ts';
import { SECTION_OF_TITLE } from './title-section.ts';

/**
 * Parts that are in a title's document by their fingerprint alone, being too large to be kept at each change: that they
 * changed is told, not what they said.
 */
export const FINGERPRINTED_PARTS = ['credits', 'ratingsByYear'] as const;

/** Parts of a title's document that a title alone is served without. */
export const BESIDE_THE_DETAIL = ['ratings', 'companies', 'keywords', ...FINGERPRINTED_PARTS] as const;

/**
 * What is served of a title as `jsonb`, by which changes are told: all that the API says of it but what hangs on the clock.
 * Made of a row of `title` named `t` and its row of `title_detail`, or none, named `d`.
 */
const TITLE_DOCUMENT = sql`(
  select to_jsonb(film)
  from (
    select
      ${TITLE_DETAIL_PROPERTIES},
      (
        select coalesce(
          json_agg(
            json_build_object('system', given.system, 'rating', given.rating, 'votes', given.votes)
            order by given.place, given.system
          ),
          '[]'
        )
        from ${GIVEN_RATINGS} as given
      ) as ratings,
      ${TITLE_PARTS.companies} as companies,
      ${TITLE_PARTS.keywords} as keywords,
      md5(${titleCredits(sql`t.id`)}::text) as credits,
      (
        select md5(coalesce(string_agg(concat_ws(' ', system, year, rating, votes), ',' order by system, year), ''))
        from rating_year
        where title_id = t.id
      ) as "ratingsByYear"
  ) as film
) || case ${SECTION_OF_TITLE}
  ${join(
    Object.entries(OWN_DETAILS).map(
      ([section, own]) => sql`when ${section}::text then (select to_jsonb(own) from (select ${own}) as own)`,
    ),
    '\n  ',
  )}
  else '{}'
end`;

/** The documents of the titles whose ids `ids` has, a row each: `id`, `key`, `document`. */
export function titleDocuments(ids: Sql): Sql {
  return sql`
    select t.id, t.key, ${TITLE_DOCUMENT} as document
    from title as t
    left join title_detail as d on d.title_id = t.id
    where t.id = any(${ids}::uuid[])`;
}
