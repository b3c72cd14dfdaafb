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
select c.title_id, c.source, c.title_key, object_of(r.system, json_object('rating', r.rating, 'votes', r.votes)) as ratings
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
  said_text(json_object(
    'imdbId', c.imdb_id,
    'title', c.title,
    'originalTitle', c.original_title,
    'kind', c.kind,
    'year', c.year,
    'endYear', c.end_year,
    'releaseDate', c.release_date,
    'runtimeMinutes', c.runtime_minutes,
    'isAdult', c.is_adult,
    'genres', names_array(c.genres),
    'certificate', c.certificate,
    'posterUrl', c.poster_url,
    'popularity', c.popularity,
    'status', c.status,
    'originalLanguage', c.original_language,
    'budget', c.budget,
    'revenue', c.revenue,
    'tagline', c.tagline,
    'overview', c.overview,
    'homepage', c.homepage,
    'collection', collection_of(c.source, c.collection_key, coalesce(m.name, short_name(c.collection_name))),
    'ratings', r.ratings,
    'externalIds', i.ids,
    'countries', member_of(l.lists, 'title_country'),
    'languages', member_of(l.lists, 'title_language'),
    'companies', member_of(l.lists, 'title_company'),
    'keywords', member_of(l.lists, 'title_keyword'),
    'cast', member_of(l.lists, 'cast'),
    'crew', member_of(l.lists, 'crew'),
    'characters', member_of(l.lists, 'characters'),
    'series', e.series_id,
    'seasonNumber', e.season_number,
    'episodeNumber', e.episode_number
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
