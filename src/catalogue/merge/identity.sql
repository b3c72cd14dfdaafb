-- Which claims are about one title. Result: `keyed_claim`, the claims of titles with the best key of each title; and
-- `ambiguous`, the claims that could be one of several titles.
--
-- Given: title_claim (every current claim of a title, with `key_rank`, how well its source's keys name a title).

-- Claims without an IMDb id find their title by name, year and kind.
create or replace temp table loose as
select source, title_key, key_rank, title_sort(title) as name, year, kind
from title_claim
where imdb_id is null;

-- Two claims of one source with the same IMDb id: the first keeps it, the others stand alone.
create or replace temp table twice as
select source, title_key
from (
  select source, title_key, row_number() over (partition by source, imdb_id order by title_key) as place
  from title_claim
  where imdb_id is not null
    and imdb_id <> title_key
) as numbered
where place > 1;

-- What a loose claim could be: the anchored titles of the same name, year and kind.
create or replace temp table anchored as
select distinct c.name, c.year, c.kind, c.imdb_id
from (
  select title_sort(title) as name, year, kind, imdb_id
  from title_claim
  where imdb_id is not null
    and title is not null
    and year in (select year from loose)
    and kind in (select kind from loose)
) as c
semi join loose
  on loose.name = c.name
  and loose.year = c.year
  and loose.kind = c.kind;

-- One title never holds two keys of one source.
create or replace temp table taken as
select distinct c.source, c.imdb_id
from title_claim as c
semi join anchored
  on anchored.imdb_id = c.imdb_id;

create or replace temp table bucket as
select
  l.name,
  l.year,
  l.kind,
  count(*) as claims,
  count(distinct l.source) as sources
from loose as l
where l.name is not null
  and l.year is not null
group by l.name, l.year, l.kind;

create or replace temp table candidate as
select name, year, kind, count(*) as titles, min(imdb_id) as imdb_id
from anchored
group by name, year, kind;

create or replace temp table judged as
select
  l.source,
  l.title_key,
  case
    when b.name is null then 'alone'
    when c.titles > 1 then 'several_titles'
    when b.claims > b.sources then 'several_claims'
    when c.titles = 1 and t.imdb_id is not null then 'source_has_title'
    when c.titles = 1 then 'anchored'
    when b.claims > 1 then 'together'
    else 'alone'
  end as verdict,
  c.imdb_id,
  first_value(concat(l.source, ':', l.title_key))
    over (partition by l.name, l.year, l.kind order by l.key_rank, l.source, l.title_key) as best_key
from loose as l
left join bucket as b
  on b.name = l.name and b.year = l.year and b.kind = l.kind
left join candidate as c
  on c.name = l.name and c.year = l.year and c.kind = l.kind
left join taken as t
  on t.source = l.source and t.imdb_id = c.imdb_id;

-- The claims whose key is not simply `imdb:<its IMDb id>`.
create or replace temp table resolved as
select
  source,
  title_key,
  case
    when verdict = 'anchored' then concat('imdb:', imdb_id)
    when verdict = 'together' then best_key
    else concat(source, ':', title_key)
  end as key
from judged
union all
select source, title_key, concat(source, ':', title_key)
from twice;

create or replace temp table ambiguous as
select source, title_key, verdict as reason
from judged
where verdict in ('several_titles', 'several_claims', 'source_has_title')
union all
select source, title_key, 'imdb_id_twice'
from twice;

create or replace temp view keyed_claim as
select
  coalesce(r.key, concat('imdb:', c.imdb_id)) as key,
  -- Whether the source's own key is the title's best: true of nearly all.
  r.key is null and c.source = 'imdb' and c.title_key = c.imdb_id as names_title,
  -- An IMDb id that another claim of the same source keeps is not this one's.
  c.* replace (case when r.key is null then c.imdb_id end as imdb_id)
from title_claim as c
left join resolved as r
  on r.source = c.source and r.title_key = c.title_key;
