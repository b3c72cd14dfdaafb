-- The films and their figures, their companies and genres. Results: `film`, `film_company`, `genre_of_list`,
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

-- The genres in each list of genres that a film has: there are few lists, and many films of each. In a list they are
-- joined by commas; they are told by their names in lower case.
create or replace temp table genre_of_list as
with recursive list as materialized (
  select distinct genres, length(genres) - length(replace(genres, ',', '')) as commas
  from film
),
place (n) as (
  select 1
  union all
  select n + 1
  from place
  where n <= (select max(commas) from list)
),
named as (
  select list.genres, split_part(list.genres, ',', place.n) as name
  from list
  join place
    on place.n <= 1 + list.commas
),
spelling as (
  select lower(name) as lower_name, min(name) as genre
  from named
  group by lower(name)
)
select distinct named.genres, spelling.genre
from named
join spelling
  on spelling.lower_name = lower(named.name);

create or replace temp table company_name as
select id as company_id, name, title_sort(name) as name_sort
from reported_company;
