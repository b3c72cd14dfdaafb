import sql, { raw, type Sql } from 'sql-template-tag';

import { titleProperties } from './title-json.ts';

/** Most episodes that stand in the document of their series; of more, lists have pages. */
export const MOST_EPISODES_INCLUDED = 1000;

/** Where the episode `id` stands, as properties of it; null where no source says. */
export function episodeProperties(id: Sql): Sql {
  return sql`
    (
      select json_build_object('id', series.id, 'title', series.title)
      from episode
      join title as series on series.id = episode.series_id
      where episode.title_id = ${id}
    ) as series,
    (select season_number from episode where title_id = ${id}) as "seasonNumber",
    (select episode_number from episode where title_id = ${id}) as "episodeNumber"`;
}

/** The seasons of a series, a row of `title` named `t`, as JSON: in order, the episodes of an unknown season last. */
export const SEASONS = sql`(
  select coalesce(
    json_agg(json_build_object('season', season_number, 'episodes', episodes) order by season_number nulls last),
    '[]'
  )
  from (
    select season_number, count(*) as episodes
    from episode
    where series_id = t.id
    group by season_number
  ) as season
)`;

/** The episodes of a series, a row of `title` named `t`, as JSON in their order; null if there are too many. */
export const EPISODES = sql`(
  select case
    when count(*) <= ${raw(String(MOST_EPISODES_INCLUDED))} then coalesce(
      json_agg(row_to_json(item) order by e.season_number nulls last, e.episode_number nulls last, e.title_id),
      '[]'
    )
  end
  from (
    select title_id, season_number, episode_number
    from episode
    where series_id = t.id
    limit ${raw(String(MOST_EPISODES_INCLUDED + 1))}
  ) as e
  join title as one on one.id = e.title_id
  cross join lateral (select ${titleProperties('one')}, ${episodeProperties(sql`one.id`)}) as item
)`;
