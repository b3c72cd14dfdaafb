-- Which claims are about one title by what they say. Result: `alike_key`, the key of each claim that is not simply `imdb:<its IMDb id>`,
-- before people's word; and `twice`, `matched` and `together`, the claims that share an id, are like a title, and like each other.
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

create or replace temp table alike_key as
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
