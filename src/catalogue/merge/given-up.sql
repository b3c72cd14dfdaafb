-- IMDb ids that a person took from the claims which give them. Result: `given_up`.
--
-- Given: title_claim, keyed_claim, placed.

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
