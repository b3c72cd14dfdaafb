-- The rows of titles, each with its fingerprint. Result: `merged_title`.
--
-- Given: said_title, set_value; `beside_row`, the fingerprint of each row that belongs to a title in another table.

create or replace temp table beside as
select title_id, rows_hash(fingerprint) as fingerprint
from beside_row
group by title_id;

create or replace temp view merged_title as
select t.*, hash_beside(row_hash(t), b.fingerprint) as row_hash
from (
  select
    p.id,
    p.key,
    p.imdb_id,
    coalesce(s.kind, p.kind) as kind,
    p.is_film,
    coalesce(s.title, p.title) as title,
    coalesce(s.original_title, p.original_title) as original_title,
    title_sort(coalesce(s.title, p.title)) as title_sort,
    coalesce(s.year, p.year) as year,
    p.end_year,
    coalesce(s.release_date, p.release_date) as release_date,
    coalesce(s.runtime_minutes, p.runtime_minutes) as runtime_minutes,
    p.is_adult,
    coalesce(s.genres, p.genres) as genres,
    coalesce(s.certificate, p.certificate) as certificate,
    coalesce(s.poster_url, p.poster_url) as poster_url,
    coalesce(s.rating, p.rating) as rating,
    case when s.rating is null then p.votes end as votes,
    case when s.rating is null then p.rating_system else 'local' end as rating_system,
    case when s.rating is null then weighted_rating(p.rating, p.votes) end as weighted_rating,
    p.popularity,
    p.sources
  from said_title as p
  left join set_value as s
    on s.key = p.key and p.is_film
) as t
left join beside as b
  on b.title_id = t.id;
