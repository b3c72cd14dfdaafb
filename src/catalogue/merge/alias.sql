-- Every id that leads to a title without being its own. Result: `merged_title_alias`.
--
-- Given: keyed_claim, given_up. Each source has a key of its own for a title, of which one at most is the title's best.

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
