-- What is not served because something was set by hand in its place. Result: `merged_overruled`; and
-- `merged_further_rating`, in which a rating that is not shown takes its place.
--
-- Given: last_set, set_value, said_title, said_further_rating. Of a title that sources say is no film, nothing is set. A rating
-- set by hand is of the system `local`; of the ratings in whose place it stands, only another of that system is overruled.

create or replace temp table overruled_title as
select p.*, s.rating is not null as is_rated
from said_title as p
join set_value as s
  on s.key = p.key
where p.is_shared
  and p.is_film;

create or replace temp view local_rating as
select id as title_id, rating
from overruled_title
where rating_system = 'local'
union all
select title_id, rating
from said_further_rating
where system = 'local';

create or replace temp table merged_overruled as
select
  p.id as title_id,
  l.field,
  case l.field
    when 'title' then json_text(p.title)
    when 'originalTitle' then json_text(p.original_title)
    when 'kind' then json_text(p.kind)
    when 'year' then cast(p.year as varchar)
    when 'releaseDate' then json_text(cast(p.release_date as varchar))
    when 'runtimeMinutes' then cast(p.runtime_minutes as varchar)
    when 'genres' then json_names(p.genres)
    when 'rating' then json_number(r.rating)
    when 'certificate' then json_text(p.certificate)
    when 'posterUrl' then json_text(p.poster_url)
  end as value
from last_set as l
join overruled_title as p
  on p.key = l.key
left join local_rating as r
  on r.title_id = p.id;

create or replace temp table merged_further_rating as
select f.title_id, f.system, f.rating, f.votes
from said_further_rating as f
left join overruled_title as p
  on p.id = f.title_id and p.is_rated
where p.id is null
  or f.system <> 'local'
union all
select id, rating_system, rating, votes
from overruled_title
where is_rated
  and rating_system <> 'local';
