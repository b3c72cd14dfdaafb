-- Which claims are about one title. Result: `keyed_claim`, the claims of titles with the best key of each title; `ambiguous`, the
-- claims that could be of a title and are left alone, and why; and `candidate`, the keys of what they could be.
--
-- Given: decided_claim, placed, parted, loose, likeness.

-- Two claims of one source with the same IMDb id: that which a person placed keeps it, else the first; the others stand alone.
create or replace temp table twice as
select source, title_key, imdb_id
from (
  select
    c.source, c.title_key, c.imdb_id,
    row_number() over (partition by c.source, c.imdb_id order by p.entry desc nulls last, c.title_key) as place
  from (
    select source, title_key, imdb_id
    from decided_claim
    where imdb_id <> title_key
    union all
    select source, title_key, imdb_id
    from decided_claim
    where imdb_id = title_key
      and imdb_id in (select imdb_id from placed)
  ) as c
  left join placed as p
    on p.source = c.source and p.title_key = c.title_key
) as numbered
where place > 1;

-- What each loose claim is by its likeness; a title never takes two keys of one source.
create or replace temp table matched as
select
  m.source,
  m.title_key,
  m.imdb_id,
  case
    when t.imdb_id is not null then 'source_has_title'
    when count(*) over (partition by m.source, m.imdb_id) > 1 then 'several_claims'
  end as refused
from likeness as m
left join (
  select distinct c.source, c.imdb_id
  from decided_claim as c
  where c.imdb_id in (select imdb_id from likeness)
) as t
  on t.source = m.source and t.imdb_id = m.imdb_id
where m.is_it;

-- Loose claims that could be no title with an id, by name, year and kind: those of several sources are one title.
create or replace temp table in_bucket as
select l.*, concat(l.source, ':', l.title_key) as own_key
from loose as l
anti join (select source, title_key from likeness where years_apart <= 1) as o
  on o.source = l.source and o.title_key = l.title_key
where l.name is not null
  and l.year is not null
  and l.kind is not null;

create or replace temp table kept_apart as
select distinct b.own_key
from in_bucket as b
join parted as x
  on x.source = b.source and x.title_key = b.title_key
join in_bucket as o
  on o.own_key = x.key and o.name = b.name and o.year = b.year and o.kind = b.kind;

create or replace temp table bucket as
select
  name,
  year,
  kind,
  case
    when count(*) > count(distinct source) then 'several_claims'
    when max(runtime_minutes) - min(runtime_minutes) > 10 then 'runtimes_differ'
  end as refused
from in_bucket
where own_key not in (select own_key from kept_apart)
group by name, year, kind
having count(*) > 1
  and count(distinct source) > 1;

create or replace temp table together as
select
  i.source,
  i.title_key,
  i.own_key,
  i.name,
  i.year,
  i.kind,
  b.refused,
  first_value(i.own_key) over (partition by i.name, i.year, i.kind order by i.key_rank, i.source, i.title_key) as best_key
from in_bucket as i
join bucket as b
  on b.name = i.name and b.year = i.year and b.kind = i.kind
where i.own_key not in (select own_key from kept_apart);

-- The key of each claim that is not simply `imdb:<its IMDb id>`, before people's word.
create or replace temp table found_key as
select
  l.source,
  l.title_key,
  case
    when m.imdb_id is not null and m.refused is null then concat('imdb:', m.imdb_id)
    when t.best_key is not null and t.refused is null then t.best_key
    else concat(l.source, ':', l.title_key)
  end as key
from loose as l
left join matched as m
  on m.source = l.source and m.title_key = l.title_key
left join together as t
  on t.source = l.source and t.title_key = l.title_key
union all
select source, title_key, concat(source, ':', title_key)
from twice;

-- Claims placed by the key that a source has for a title go where that source's claim is; where that is gone, the key stays.
create or replace temp table followed as
select
  p.source,
  p.title_key,
  coalesce(f.key, case when t.imdb_id is not null then concat('imdb:', t.imdb_id) end, p.key) as key,
  p.entry
from (
  select
    *,
    split_part(key, ':', 1) as other_source,
    substr(key, strpos(key, ':') + 1) as other_title_key
  from placed
  where imdb_id is null
) as p
left join found_key as f
  on f.source = p.other_source and f.title_key = p.other_title_key
left join (
  select source, title_key, imdb_id
  from decided_claim
  where imdb_id is not null
    and title_key in (select substr(key, strpos(key, ':') + 1) from placed)
) as t
  on t.source = p.other_source and t.title_key = p.other_title_key;

-- Where a source would have two keys in one title for it, the one that was there stands, or was placed last.
create or replace temp table crowded as
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
    select source, title_key, concat('imdb:', imdb_id), null
    from decided_claim
    where imdb_id in (select substr(key, 6) from followed where split_part(key, ':', 1) = 'imdb')
  ) as of_title
) as numbered
where place > 1;

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
anti join crowded as c
  on c.source = f.source and c.title_key = f.title_key
union all
select source, title_key, concat(source, ':', title_key), null
from crowded;

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
select source, title_key, concat('imdb:', imdb_id), null, null
from twice
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
select source, title_key, 'imdb_id_twice'
from twice
union all
select source, title_key, 'source_has_title'
from crowded;

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

-- The claims that are left alone, each with the titles that it could be. Result: `merged_ambiguous_match`.
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
