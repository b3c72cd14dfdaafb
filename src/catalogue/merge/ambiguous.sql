-- The claims that could be of a title and are left alone. Result: `ambiguous`, why each is; `candidate`, the keys of what they could
-- be; and `merged_ambiguous_match`, both as they are served.
--
-- Given: likeness, matched, together, twice, held_apart, crowded, left_with.

-- What each claim that is left alone could be.
create or replace temp table candidate as
select source, title_key, concat('imdb:', imdb_id) as key, years_apart, minutes_apart
from likeness
where years_apart <= 1
union all
select t.source, t.title_key, o.own_key, 0, null
from together as t
join together as o
  on o.name = t.name and o.year = t.year and o.kind = t.kind and o.own_key <> t.own_key
union all
select t.source, t.title_key, concat('imdb:', t.imdb_id), null, null
from twice as t
anti join left_with as w
  on w.source = t.source and w.title_key = t.title_key
union all
select h.source, h.title_key, h.key, null, null
from held_apart as h
anti join likeness as l
  on l.source = h.source and l.title_key = h.title_key and l.years_apart <= 1
union all
select source, title_key, key, null, null
from crowded;

create or replace temp table ambiguous as
select o.source, o.title_key, coalesce(m.refused, o.reason) as reason
from (
  select
    source,
    title_key,
    case
      when count(*) > 1 then 'several_titles'
      when max(minutes_apart) > 10 then 'runtimes_differ'
      when max(case when differs_in_original then 1 else 0 end) = 1 then 'original_titles_differ'
      else 'unconfirmed'
    end as reason
  from likeness
  where years_apart <= 1
  group by source, title_key
) as o
left join matched as m
  on m.source = o.source and m.title_key = o.title_key
where m.imdb_id is null
  or m.refused is not null
union all
select source, title_key, refused
from together
where refused is not null
union all
select t.source, t.title_key, 'imdb_id_twice'
from twice as t
anti join left_with as w
  on w.source = t.source and w.title_key = t.title_key
union all
select source, title_key, 'parted'
from held_apart
union all
select source, title_key, 'source_has_title'
from crowded;

create or replace temp table merged_ambiguous_match as
select
  title_id(own_key) as id,
  own_key as key,
  source,
  reason,
  string_agg(cast(title_id(candidate_key) as varchar), ',' order by place) as candidates
from (
  select
    a.source,
    concat(a.source, ':', a.title_key) as own_key,
    a.reason,
    c.key as candidate_key,
    row_number() over (
      partition by a.source, a.title_key order by c.years_apart nulls last, c.minutes_apart nulls last, c.key
    ) as place
  from ambiguous as a
  join candidate as c
    on c.source = a.source and c.title_key = a.title_key
) as placed_candidate
where place <= 20
group by source, own_key, reason;
