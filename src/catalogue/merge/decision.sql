-- What people decided of claims. Result: `decided_claim`, the claims of titles with the IMDb id that each has then; `placed`, the claims
-- that were said to be of a title, by its key; and `parted`, those that were said not to be.
--
-- Given: title_claim, match_claim. A decision wins over the id that a source gives and over whatever is alike.

create or replace temp table placement as
select about, other as key, entry
from match_claim
where is_same;

-- A title by whose key a claim was placed may have been placed itself: of a chain, up to eight are followed.
create or replace temp table placement_2 as
select p.about, coalesce(q.key, p.key) as key, p.entry
from placement as p
left join placement as q
  on q.about = p.key;

create or replace temp table placement_4 as
select p.about, coalesce(q.key, p.key) as key, p.entry
from placement_2 as p
left join placement_2 as q
  on q.about = p.key;

create or replace temp table placement_8 as
select p.about, coalesce(q.key, p.key) as key, p.entry
from placement_4 as p
left join placement_4 as q
  on q.about = p.key;

create or replace temp table placed as
select
  split_part(about, ':', 1) as source,
  substr(about, strpos(about, ':') + 1) as title_key,
  key,
  case when split_part(key, ':', 1) = 'imdb' then substr(key, strpos(key, ':') + 1) end as imdb_id,
  entry
from placement_8;

create or replace temp table parted as
select
  split_part(about, ':', 1) as source,
  substr(about, strpos(about, ':') + 1) as title_key,
  other as key
from match_claim
where not is_same;

create or replace temp table decided as
select c.* replace (
  case
    when p.title_key is not null then p.imdb_id
    when x.title_key is null then c.imdb_id
  end as imdb_id
)
from (
  select t.*
  from title_claim as t
  semi join (
    select source, title_key from placed
    union
    select source, title_key from parted
  ) as d
    on d.source = t.source and d.title_key = t.title_key
) as c
left join placed as p
  on p.source = c.source and p.title_key = c.title_key
left join parted as x
  on x.source = c.source and x.title_key = c.title_key and x.key = concat('imdb:', c.imdb_id);

create or replace temp view decided_claim as
select c.*
from title_claim as c
anti join decided as d
  on d.source = c.source and d.title_key = c.title_key
union all
select *
from decided;
