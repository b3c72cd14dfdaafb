-- What people have set by hand, by the title that it is about. Result: `last_set`, a row for each field of a title that is set;
-- `set_value`, a row for each title; and `about_key`, the title's best key for each key under which something was set.
--
-- Given: hand_set_claim, keyed_claim, given_up. A value is about whatever title has that key now, by a claim of a source, as its best, or
-- because a person said that what a source gives this IMDb id is that title.

create or replace temp table about as
select distinct
  about,
  split_part(about, ':', 1) as source,
  substr(about, strpos(about, ':') + 1) as title_key
from hand_set_claim;

create or replace temp table about_key as
select a.about, c.key
from about as a
join keyed_claim as c
  on c.source = a.source and c.title_key = a.title_key
union
select a.about, c.key
from about as a
join keyed_claim as c
  on a.source = 'imdb' and c.imdb_id = a.title_key
union
select a.about, g.key
from about as a
join given_up as g
  on a.source = 'imdb' and g.imdb_id = a.title_key;

-- Where titles have become one, what was done last to a field of any of them.
create or replace temp table last_set as
select key, field, value
from (
  select k.key, h.field, h.value, row_number() over (partition by k.key, h.field order by h.entry desc) as place
  from hand_set_claim as h
  join about_key as k
    on k.about = h.about
) as numbered
where place = 1
  and value is not null;

create or replace temp table set_value as
select
  key,
  max(case when field = 'title' then value end) as title,
  max(case when field = 'originalTitle' then value end) as original_title,
  max(case when field = 'kind' then value end) as kind,
  cast(max(case when field = 'year' then value end) as smallint) as year,
  cast(max(case when field = 'releaseDate' then value end) as date) as release_date,
  cast(max(case when field = 'runtimeMinutes' then value end) as integer) as runtime_minutes,
  max(case when field = 'genres' then value end) as genres,
  cast(max(case when field = 'rating' then value end) as double) as rating,
  max(case when field = 'certificate' then value end) as certificate,
  max(case when field = 'posterUrl' then value end) as poster_url
from last_set
group by key;
