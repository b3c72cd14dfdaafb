-- Ratings besides the one shown, ratings by year, and ids at other systems. Result: `said_further_rating`,
-- `merged_rating_year`, `merged_external_id`.
--
-- Given: rating_claim, rating_year_claim, external_id_claim, title_of. A system's figure is taken from the first source that
-- tells it.

create or replace temp table said_further_rating as
select title_id, system, rating, votes
from (
  select
    title_id, system, rating, votes,
    row_number() over (partition by title_id order by system_rank, system) as place
  from (
    select
      t.title_id, r.system, r.system_rank, r.rating, r.votes,
      row_number() over (partition by t.title_id, r.system order by r.source_rank, r.source) as source_place
    from rating_claim as r
    join title_of as t
      on t.source = r.source and t.title_key = r.title_key
    where r.rating is not null
  ) as of_system
  where source_place = 1
) as ranked
where place > 1;

create or replace temp table merged_rating_year as
select title_id, system, year, rating, votes
from (
  select
    t.title_id, r.system, r.year, r.rating, r.votes,
    row_number() over (partition by t.title_id, r.system, r.year order by r.source_rank, r.source) as place
  from rating_year_claim as r
  join title_of as t
    on t.source = r.source and t.title_key = r.title_key
) as ranked
where place = 1;

create or replace temp table merged_external_id as
select title_id, system, value
from (
  select
    t.title_id, e.system, e.value,
    row_number() over (partition by t.title_id, e.system order by e.source_rank, e.source, e.value) as place
  from external_id_claim as e
  join title_of as t
    on t.source = e.source and t.title_key = e.title_key
  where e.system <> 'imdb'
) as ranked
where place = 1;
