-- Every id that leads to a title without being its own. Result: `merged_title_alias`.
--
-- Given: title_claim, keyed_claim, placed. Each source has a key of its own for a title, of which one at most is the title's best.

-- The IMDb id that a source gives a claim which a person placed elsewhere, where no other title has it.
create or replace temp table given_up as
select said.imdb_id, min(c.key) as key
from title_claim as said
join placed as p
  on p.source = said.source and p.title_key = said.title_key
join keyed_claim as c
  on c.source = said.source and c.title_key = said.title_key
where said.imdb_id is not null
  and concat('imdb:', said.imdb_id) <> c.key
  and said.imdb_id not in (
    select k.imdb_id
    from keyed_claim as k
    where k.imdb_id in (
      select t.imdb_id
      from title_claim as t
      join placed as o
        on o.source = t.source and o.title_key = t.title_key
    )
  )
group by said.imdb_id;

create or replace temp view merged_title_alias as
select
  title_id(concat(c.source, ':', c.title_key)) as alias_id,
  concat(c.source, ':', c.title_key) as key,
  title_id(c.key) as title_id
from keyed_claim as c
where not c.names_title
  and concat(c.source, ':', c.title_key) <> c.key
union all
select title_id(concat('imdb:', imdb_id)), concat('imdb:', imdb_id), title_id(key)
from given_up;
