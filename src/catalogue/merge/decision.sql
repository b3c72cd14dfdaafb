-- What people decided of claims. Result: `decided_claim`, the claims of titles with the IMDb id that each has then; `placed`, the claims
-- that were said to be of a title, by its key; and `parted`, those that were said not to be.
--
-- Given: title_claim, match_claim. A decision wins over the id that a source gives and over whatever is alike.

create or replace temp table placement as
select about, other as key, entry
from match_claim
where is_same;

-- A title by whose key a claim was placed may have been placed itself: of a chain, up to eight steps are followed. Result: `led`, every
-- key that a placed claim is led to, and by how many steps.
create or replace temp table led_2 as
select about, key, 1 as steps
from placement
union
select p.about, q.key, 2
from placement as p
join placement as q
  on q.about = p.key;

create or replace temp table led_4 as
select about, key, steps
from led_2
union
select p.about, q.key, p.steps + q.steps
from led_2 as p
join led_2 as q
  on q.about = p.key;

create or replace temp table led as
select about, key, steps
from led_4
union
select p.about, q.key, p.steps + q.steps
from led_4 as p
join led_4 as q
  on q.about = p.key;

-- Where each placed claim comes to rest. One that goes round in a circle rests nowhere, and one that its source has dropped holds no
-- place: both are as if nobody had placed them.
create or replace temp table placed as
select
  c.source,
  c.title_key,
  r.key,
  case when split_part(r.key, ':', 1) = 'imdb' then substr(r.key, strpos(r.key, ':') + 1) end as imdb_id,
  r.entry
from (
  select
    split_part(l.about, ':', 1) as source,
    substr(l.about, strpos(l.about, ':') + 1) as title_key,
    l.key,
    p.entry
  from led as l
  join placement as p
    on p.about = l.about
  where l.key not in (select about from placement)
) as r
join title_claim as c
  on c.source = r.source and c.title_key = r.title_key;

-- Also from where that other was placed. A claim that was placed with the very one that it is not stays with it: that was said later.
create or replace temp table parted as
select
  split_part(x.about, ':', 1) as source,
  substr(x.about, strpos(x.about, ':') + 1) as title_key,
  x.key
from (
  select about, other as key
  from match_claim
  where not is_same
  union
  select m.about, l.key
  from match_claim as m
  join led as l
    on l.about = m.other
  where not m.is_same
) as x
anti join led as l
  on l.about = x.key and l.key = x.about
where x.key <> x.about;

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
