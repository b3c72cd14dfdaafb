-- The rows of titles, each with its fingerprint. Result: `merged_title`.
--
-- Given: described, film_kind; `beside_row`, the fingerprint of each row that belongs to a title in another table.

create or replace temp table beside as
select title_id, rows_hash(fingerprint) as fingerprint
from beside_row
group by title_id;

create or replace temp view merged_title as
select t.*, hash_beside(row_hash(t), b.fingerprint) as row_hash
from (
  select
    title_id(key) as id,
    key,
    imdb_id,
    coalesce(kind, 'movie') as kind,
    coalesce(kind, 'movie') in (select kind from film_kind) as is_film,
    coalesce(title, original_title) as title,
    coalesce(original_title, title) as original_title,
    title_sort(coalesce(title, original_title)) as title_sort,
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
    weighted_rating(rating, votes) as weighted_rating,
    popularity,
    sources
  from described
) as t
left join beside as b
  on b.title_id = t.id;
