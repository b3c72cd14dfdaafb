-- What each source says of a title that several describe, by the names of the API. Result: `merged_title_claim`. A title of one
-- source needs no row: all that is served of it is that source's word.
--
-- Given: told_title, shared_claim, rating_claim, external_id_claim, title_of, said_credit, listed_word, placed_episode,
-- merged_collection.

create or replace temp table told_claim as
select t.title_id, c.*
from shared_claim as c
join told_title as t
  on t.key = c.key;

create or replace temp view told_rating as
select
  c.title_id,
  c.source,
  c.title_key,
  object_of(
    r.system,
    case
      when r.votes is null then json_object('rating', r.rating)
      else json_object('rating', r.rating, 'votes', r.votes)
    end
  ) as ratings
from told_claim as c
join rating_claim as r
  on r.source = c.source and r.title_key = c.title_key
where r.rating is not null
group by c.title_id, c.source, c.title_key;

create or replace temp view told_id as
select title_id, source, title_key, object_of(system, value) as ids
from (
  select c.title_id, c.source, c.title_key, e.system, min(e.value) as value
  from told_claim as c
  join external_id_claim as e
    on e.source = c.source and e.title_key = c.title_key
  where e.system <> 'imdb'
  group by c.title_id, c.source, c.title_key, e.system
) as one_of_each
group by title_id, source, title_key;

create or replace temp view told_list as
select title_id, source, object_of(list, word) as lists
from (
  select title_id, source, list, word
  from listed_word
  union all
  select s.title_id, s.source, s.part, number_of_rows()
  from said_credit as s
  semi join told_title as t
    on t.title_id = s.title_id
  group by s.title_id, s.source, s.part
) as listed
group by title_id, source;

create or replace temp table merged_title_claim as
select
  c.title_id,
  c.source,
  c.title_key as source_key,
  object_with(concat_ws(',',
    member('imdbId', c.imdb_id),
    member('title', c.title),
    member('originalTitle', c.original_title),
    member('kind', c.kind),
    member('year', c.year),
    member('endYear', c.end_year),
    member('releaseDate', c.release_date),
    member('runtimeMinutes', c.runtime_minutes),
    member('isAdult', c.is_adult),
    member('genres', names_array(c.genres)),
    member('certificate', c.certificate),
    member('posterUrl', c.poster_url),
    member('popularity', c.popularity),
    member('status', c.status),
    member('originalLanguage', c.original_language),
    member('budget', c.budget),
    member('revenue', c.revenue),
    member('tagline', c.tagline),
    member('overview', c.overview),
    member('homepage', c.homepage),
    member('collection', collection_of(c.source, c.collection_key, coalesce(m.name, short_name(c.collection_name)))),
    member('ratings', r.ratings),
    member('externalIds', i.ids),
    member('countries', member_of(l.lists, 'title_country')),
    member('languages', member_of(l.lists, 'title_language')),
    member('companies', member_of(l.lists, 'title_company')),
    member('keywords', member_of(l.lists, 'title_keyword')),
    member('cast', member_of(l.lists, 'cast')),
    member('crew', member_of(l.lists, 'crew')),
    member('characters', member_of(l.lists, 'characters')),
    member('series', e.series_id),
    member('seasonNumber', e.season_number),
    member('episodeNumber', e.episode_number)
  )) as document
from told_claim as c
left join merged_collection as m
  on c.collection_key is not null and m.key = concat(c.source, ':', c.collection_key)
left join told_rating as r
  on r.title_id = c.title_id and r.source = c.source and r.title_key = c.title_key
left join told_id as i
  on i.title_id = c.title_id and i.source = c.source and i.title_key = c.title_key
left join told_list as l
  on l.title_id = c.title_id and l.source = c.source
left join placed_episode as e
  on e.is_shared and e.title_id = c.title_id and e.source = c.source;
