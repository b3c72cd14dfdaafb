-- One row for each title, as sources say. Result: `said_title`; `title_of`, which title each claim is about; and `told_title`.
--
-- Given: title_claim, keyed_claim, rating_claim, set_value, source_of_rows, film_kind; the variable `bulk`, the source with the most
-- claims. A title that only that source describes, and of which nothing is set by hand (nearly all of them) takes its row as it
-- is, without being grouped.

create or replace temp table shared_key as
select key
from keyed_claim
where source <> getvariable('bulk')
union
select key
from set_value;

create or replace temp table shared_claim as
select c.*
from keyed_claim as c
semi join shared_key as s
  on s.key = c.key;

-- Titles that several claims describe.
create or replace temp table told_title as
select key, title_id(key) as title_id
from shared_claim
group by key
having count(*) > 1;

-- Sources that say more of titles than what they are, and how one system rates them.
create or replace temp table source_of_more as
select source from source_of_rows
union
select source
from title_claim
where coalesce(status, original_language, tagline, overview, homepage, collection_key) is not null
  or budget is not null
  or revenue is not null
union
select source
from (select distinct source, system from rating_claim) as rated
group by source
having count(*) > 1;

-- Which title each of their claims is about, and each other claim about a title that two sources describe.
create or replace temp table title_of as
select source, title_key, key, title_id(key) as title_id
from keyed_claim
where source in (select source from source_of_more)
  or key in (select key from shared_key);

-- For each claim about a title, its source's best rating.
create or replace temp view best_rating as
select source, title_key, system, rating, votes, system_rank
from (
  select
    source, title_key, system, rating, votes, system_rank,
    row_number() over (partition by source, title_key order by system_rank, system) as place
  from rating_claim
  where rating is not null
) as ranked
where place = 1;

create or replace temp table shared_rating as
select key, system, rating, votes
from (
  select
    c.key, r.system, r.rating, r.votes,
    row_number() over (partition by c.key order by r.system_rank, c.source_rank, r.system) as place
  from shared_claim as c
  join best_rating as r
    on r.source = c.source and r.title_key = c.title_key
) as ranked
where place = 1;

create or replace temp table shared_title as
select
  key,
  first_word(imdb_id, source_rank) as imdb_id,
  first_word(kind, source_rank) as kind,
  first_word(title, source_rank) as title,
  first_word(original_title, source_rank) as original_title,
  first_word(year, source_rank) as year,
  first_word(end_year, source_rank) as end_year,
  first_word(release_date, source_rank) as release_date,
  first_word(runtime_minutes, source_rank) as runtime_minutes,
  first_word(is_adult, source_rank) as is_adult,
  first_word(genres, source_rank) as genres,
  first_word(certificate, source_rank) as certificate,
  first_word(poster_url, source_rank) as poster_url,
  first_word(popularity, production_rank) as popularity,
  string_agg(source, ',' order by source_rank) as sources
from shared_claim
group by key;

create or replace temp view bulk_title as
select
  c.key, c.imdb_id, c.kind, c.title, c.original_title, c.year, c.end_year, c.release_date, c.runtime_minutes,
  c.is_adult, c.genres, c.certificate, c.poster_url, c.popularity, c.source as sources,
  r.system, r.rating, r.votes
from keyed_claim as c
anti join shared_key as s
  on s.key = c.key
left join (select title_key, system, rating, votes from best_rating where source = getvariable('bulk')) as r
  on r.title_key = c.title_key
where c.source = getvariable('bulk');

create or replace temp view described as
select
  key, imdb_id, kind, title, original_title, year, end_year, release_date, runtime_minutes,
  is_adult, genres, certificate, poster_url, popularity, sources, system, rating, votes, false as is_shared
from bulk_title
union all
select
  t.key, t.imdb_id, t.kind, t.title, t.original_title, t.year, t.end_year, t.release_date, t.runtime_minutes,
  t.is_adult, t.genres, t.certificate, t.poster_url, t.popularity, t.sources, r.system, r.rating, r.votes, true as is_shared
from shared_title as t
left join shared_rating as r
  on r.key = t.key;

create or replace temp view said_title as
select
  title_id(key) as id,
  key,
  imdb_id,
  coalesce(kind, 'movie') as kind,
  coalesce(kind, 'movie') in (select kind from film_kind) as is_film,
  coalesce(title, original_title) as title,
  coalesce(original_title, title) as original_title,
  year,
  end_year,
  release_date,
  runtime_minutes,
  is_adult,
  genres,
  certificate,
  poster_url,
  rating,
  votes,
  system as rating_system,
  popularity,
  sources,
  is_shared
from described;
