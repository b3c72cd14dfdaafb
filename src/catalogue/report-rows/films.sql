-- The films and their figures, their companies and genres. Results: `film`, `film_company`, `film_genre`,
-- `company_name`.
--
-- Given: views of the catalogue's tables, reported_title, reported_title_detail, …

create or replace temp table film as
select
  t.id as title_id,
  t.year,
  t.genres,
  -- In cents.
  d.budget * 100 as budget,
  d.revenue * 100 as revenue,
  (d.revenue - d.budget) * 100 as profit,
  -- In millionths.
  cast(round(t.popularity * 1000000) as bigint) as popularity,
  cast(t.votes as bigint) * 1000000 as votes,
  cast(round(t.weighted_rating * 1000000) as bigint) as weighted,
  cast(round(coalesce(m.rating, case when t.rating_system = 'movielens' then t.rating end) * 1000000) as bigint)
    as movielens
from reported_title as t
left join reported_title_detail as d
  on d.title_id = t.id
left join reported_further_rating as m
  on m.title_id = t.id and m.system = 'movielens'
where t.is_film;

-- `place` counts a film's companies, of which there are `companies`, from 1.
create or replace temp table film_company as
select
  title_id,
  company_id,
  row_number() over (partition by title_id order by ordering, company_id) as place,
  count(*) over (partition by title_id) as companies
from (
  select title_id, company_id, min(ordering) as ordering
  from reported_title_company
  group by title_id, company_id
) as taking_part;

-- Genres are joined by commas, and told by their names in lower case.
create or replace temp table film_genre as
with recursive most as materialized (
  select max(length(genres) - length(replace(genres, ',', ''))) as commas
  from film
),
place (n) as (
  select 1
  union all
  select n + 1
  from place
  where n <= (select commas from most)
),
named as (
  select film.title_id, split_part(film.genres, ',', place.n) as name
  from film
  join place
    on place.n <= 1 + length(film.genres) - length(replace(film.genres, ',', ''))
),
spelling as (
  select lower(name) as lower_name, min(name) as genre
  from named
  group by lower(name)
)
select distinct named.title_id, spelling.genre
from named
join spelling
  on spelling.lower_name = lower(named.name);

create or replace temp table company_name as
select id as company_id, name, title_sort(name) as name_sort
from reported_company;
