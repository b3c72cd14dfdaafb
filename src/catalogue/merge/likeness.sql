-- Which titles with an IMDb id a claim without one could be, and which it is. Result: `loose`, the claims without an id; and `likeness`, a
-- row for each of them and each title of its kind that bears a name of its, which `is_it` or is not.
--
-- Given: decided_claim, placed, parted. The figures are those by which no pair of the labelled ones was matched wrongly:
-- bench/RESULTS.md. A rival is another title of that kind and of one of these names, up to two years before or after.

create or replace temp table loose as
select
  c.source,
  c.title_key,
  c.key_rank,
  title_sort(c.title) as name,
  case when c.original_title <> c.title then title_sort(c.original_title) end as original_name,
  c.year,
  c.kind,
  c.runtime_minutes
from decided_claim as c
anti join placed as p
  on p.source = c.source and p.title_key = c.title_key
where c.imdb_id is null;

create or replace temp table loose_name as
select source, title_key, kind, name
from loose
where name is not null
union
select source, title_key, kind, original_name
from loose
where original_name is not null;

create or replace temp table named as
select *
from (
  select
    imdb_id,
    kind,
    year,
    runtime_minutes,
    title_sort(title) as name,
    case when original_title <> title then title_sort(original_title) end as original_name,
    original_title is not null as says_original
  from decided_claim
  where imdb_id is not null
    and title is not null
    and kind in (select kind from loose)
) as c
where name in (select name from loose_name)
  or original_name in (select name from loose_name);

create or replace temp table named_alike as
select distinct l.source, l.title_key, n.imdb_id
from (
  select imdb_id, kind, name from named
  union
  select imdb_id, kind, original_name from named where original_name is not null
) as n
join loose_name as l
  on l.name = n.name and l.kind = n.kind
anti join parted as x
  on x.source = l.source and x.title_key = l.title_key and x.key = concat('imdb:', n.imdb_id);

-- How alike they are, by what any claim of the title says.
create or replace temp table evidence as
select
  l.source,
  l.title_key,
  a.imdb_id,
  min(abs(l.year - n.year)) as years_apart,
  min(abs(l.runtime_minutes - n.runtime_minutes)) as minutes_apart,
  max(case when l.name = n.name and l.original_name = n.original_name and l.name <> l.original_name then 1 else 0 end) = 1
    as shares_both_names,
  -- The claim has an original title besides, and this title's original one is another.
  max(case when l.original_name <> l.name and n.says_original and coalesce(n.original_name, n.name) = n.name then 1 else 0 end) = 1
    and max(case when l.original_name in (n.name, n.original_name) then 1 else 0 end) = 0
    as differs_in_original
from named_alike as a
join loose as l
  on l.source = a.source and l.title_key = a.title_key
join named as n
  on n.imdb_id = a.imdb_id and n.kind = l.kind
group by l.source, l.title_key, a.imdb_id;

create or replace temp table likeness as
select
  source,
  title_key,
  imdb_id,
  years_apart,
  minutes_apart,
  differs_in_original,
  coalesce(
    not differs_in_original
    and case years_apart
      when 0 then
        -- There is no rival, and the running time is about the same, or nothing speaks against both names.
        rivals = 0 and minutes_apart <= 10
        or rivals = 0 and minutes_apart is null and shares_both_names
        -- The running time is not known: there is no other title of its name, of any year.
        or namesakes = 0 and minutes_apart is null
        -- The running time is the same, and that of each rival is another.
        or close_rivals = 0 and minutes_apart <= 1
        or twins = 0 and shares_both_names and minutes_apart <= 10
      when 1 then
        rivals = 0 and minutes_apart = 0
        or namesakes = 0 and minutes_apart <= 5
        or twins = 0 and shares_both_names and minutes_apart <= 10
    end,
    false
  ) as is_it
from (
  select
    e.*,
    count(*) over of_claim - 1 as namesakes,
    count(*) filter (where is_near) over of_claim - 1 as rivals,
    count(*) filter (where is_near and coalesce(minutes_apart, 0) <= 10) over of_claim - 1 as close_rivals,
    count(*) filter (where is_near and shares_both_names) over of_claim - 1 as twins
  from (select *, coalesce(years_apart, 0) <= 2 as is_near from evidence) as e
  window of_claim as (partition by source, title_key)
) as counted;
