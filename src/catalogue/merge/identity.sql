-- Which claims are about one title. Result: `keyed_claim`, the claims of titles with the best key of each title; and `held_apart`,
-- `crowded` and `left_with`, the claims that are not where they would be, by what people said.
--
-- Given: title_claim, decided_claim, decided, led, placed, parted, alike_key, twice.

-- Where the claims are that people spoke of without placing them.
create or replace temp table spoken_of as
select c.source, c.title_key, concat(c.source, ':', c.title_key) as own_key, coalesce(f.key, concat('imdb:', c.imdb_id)) as key
from decided_claim as c
semi join (
  select source, title_key
  from parted
  union
  select split_part(key, ':', 1), substr(key, strpos(key, ':') + 1)
  from parted
  union
  select split_part(key, ':', 1), substr(key, strpos(key, ':') + 1)
  from placed
  where imdb_id is null
) as s
  on s.source = c.source and s.title_key = c.title_key
left join alike_key as f
  on f.source = c.source and f.title_key = c.title_key
where f.key is not null
  or c.imdb_id is not null;

-- What was said not to be one title is none, whichever title each of the two has come to since.
create or replace temp table held_apart as
select distinct m.source, m.title_key, m.own_key, m.key
from parted as x
join spoken_of as m
  on m.source = x.source and m.title_key = x.title_key
join spoken_of as o
  on o.own_key = x.key and o.key = m.key;

create or replace temp view found_key as
select f.source, f.title_key, f.key
from alike_key as f
anti join held_apart as h
  on h.source = f.source and h.title_key = f.title_key
union all
select source, title_key, own_key
from held_apart;

-- Claims placed by the key that a source has for a title go where that source's claim is; where that is gone, the key stays.
create or replace temp table followed as
select p.source, p.title_key, coalesce(f.key, t.key, p.key) as key, p.entry
from placed as p
left join spoken_of as t
  on t.own_key = p.key
left join found_key as f
  on f.source = t.source and f.title_key = t.title_key
where p.imdb_id is null;

-- Where a source would have two keys in one title for it, the one that was there stands, or was placed last.
create or replace temp table crowded_out as
select source, title_key, key
from (
  select
    source, title_key, key,
    row_number() over (
      partition by key, source
      order by case when concat(source, ':', title_key) = key then 0 else 1 end, entry desc nulls last, title_key
    ) as place
  from (
    select source, title_key, key, entry
    from followed
    union all
    select source, title_key, key, null
    from found_key
    where key in (select key from followed)
    union all
    select c.source, c.title_key, concat('imdb:', c.imdb_id), p.entry
    from decided_claim as c
    left join placed as p
      on p.source = c.source and p.title_key = c.title_key
    anti join (
      select source, title_key from twice
      union all
      select source, title_key from held_apart
    ) as o
      on o.source = c.source and o.title_key = c.title_key
    where c.imdb_id in (select substr(key, 6) from followed where split_part(key, ':', 1) = 'imdb')
  ) as of_title
) as numbered
where place > 1;

-- A claim that was placed with one that is left alone stays with that one, the last of several; of two of one source, the one that was
-- placed last.
create or replace temp table left_with as
select
  source, title_key, key,
  row_number() over (
    partition by key, source order by case when source = split_part(key, ':', 1) then 1 else 0 end, entry desc, title_key
  ) as place
from (
  select
    p.source, p.title_key, l.key, p.entry,
    row_number() over (partition by l.about order by l.steps desc) as nth
  from led as l
  join placed as p
    on concat(p.source, ':', p.title_key) = l.about
  where l.key in (
    select concat(source, ':', title_key) from crowded_out
    union
    select concat(source, ':', title_key) from twice
  )
) as behind
where nth = 1;

create or replace temp table staying as
select source, title_key, key
from left_with
where place = 1
  and source <> split_part(key, ':', 1);

create or replace temp table crowded as
select c.source, c.title_key, c.key
from crowded_out as c
anti join left_with as w
  on w.source = c.source and w.title_key = c.title_key
union all
select w.source, w.title_key, w.key
from left_with as w
anti join staying as s
  on s.source = w.source and s.title_key = w.title_key;

-- The claims whose key is not simply that of the IMDb id which their source gives; and the id that they have, where a person gave it.
create or replace temp table resolved as
select f.source, f.title_key, f.key, f.imdb_id
from (
  select source, title_key, key, null as imdb_id
  from found_key
  union all
  select source, title_key, key, null
  from followed
  union all
  select d.source, d.title_key, concat('imdb:', d.imdb_id), d.imdb_id
  from decided as d
  anti join found_key as f
    on f.source = d.source and f.title_key = d.title_key
  where d.imdb_id is not null
) as f
anti join (
  select source, title_key from crowded
  union all
  select source, title_key from staying
) as c
  on c.source = f.source and c.title_key = f.title_key
union all
select source, title_key, concat(source, ':', title_key), null
from crowded
union all
select source, title_key, key, null
from staying;

create or replace temp view keyed_claim as
select
  coalesce(r.key, concat('imdb:', c.imdb_id)) as key,
  -- Whether the source's own key is the title's best: true of nearly all.
  r.key is null and c.source = 'imdb' and c.title_key = c.imdb_id as names_title,
  -- An IMDb id that another claim of the same source keeps is not this one's.
  c.* replace (case when r.key is null then c.imdb_id else r.imdb_id end as imdb_id)
from title_claim as c
left join resolved as r
  on r.source = c.source and r.title_key = c.title_key;
