import sql, { type Sql } from 'sql-template-tag';

import { linkedNames } from './title-json.ts';

/** Who worked on the title `id`, and its story's people, as JSON. */
export const titleCredits = (id: Sql) => sql`(
  select json_build_object(
    'cast', coalesce(
      json_agg(
        json_build_object(
          'person', json_build_object('id', person.id, 'name', person.name),
          'category', credit.category,
          'characters', coalesce(credit.characters, '[]'),
          'ordering', credit.ordering
        )
        order by credit.ordering
      ) filter (where credit.part = 'cast'),
      '[]'
    ),
    'crew', coalesce(
      json_agg(
        json_build_object(
          'person', json_build_object('id', person.id, 'name', person.name),
          'category', credit.category,
          'department', credit.department,
          'job', credit.job,
          'ordering', credit.ordering
        )
        order by credit.ordering
      ) filter (where credit.part = 'crew'),
      '[]'
    ),
    'characters', coalesce(
      json_agg(
        json_build_object(
          'person', json_build_object('id', person.id, 'name', person.name),
          'ordering', credit.ordering
        )
        order by credit.ordering
      ) filter (where credit.part = 'characters'),
      '[]'
    )
  )
  from credit
  join person on person.id = credit.person_id
  where credit.title_id = ${id}
)`;

/** What each system gives the title `t`, with its `place`: the rating that it is shown and sorted by comes first. */
export const GIVEN_RATINGS = sql`(
  select 1 as place, t.rating_system as system, t.rating, t.votes
  where t.rating is not null
  and t.rating_system is not null
  union all
  select 2, system, rating, votes
  from further_rating
  where title_id = t.id
)`;

const RATINGS = sql`(
  select coalesce(
    json_agg(
      json_build_object(
        'system', given.system,
        'rating', given.rating,
        'votes', given.votes,
        'byYear', (
          select coalesce(
            json_agg(
              json_build_object('year', by_year.year, 'rating', by_year.rating, 'votes', by_year.votes)
              order by by_year.year
            ),
            '[]'
          )
          from rating_year as by_year
          where by_year.title_id = t.id
          and by_year.system = given.system
        )
      )
      order by given.place, given.system
    ),
    '[]'
  )
  from ${GIVEN_RATINGS} as given
)`;

/** Larger parts of a title, each as JSON made of a row of `title` named `t`. */
export const TITLE_PARTS = {
  credits: titleCredits(sql`t.id`),
  ratings: RATINGS,
  companies: linkedNames('title_company', 'company', 'id'),
  keywords: linkedNames('title_keyword', 'keyword', 'id'),
} as const satisfies Record<string, Sql>;

export type TitlePart = keyof typeof TITLE_PARTS;
