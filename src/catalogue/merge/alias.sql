-- Every id that leads to a title without being its own. Result: `merged_title_alias`.
--
-- Given: keyed_claim. A claim gives a title its source's own key and, where it says one, an IMDb id.

create or replace temp view merged_title_alias as
select title_id(alias) as alias_id, alias as key, title_id(key) as title_id
from (
  select concat(source, ':', title_key) as alias, key
  from keyed_claim
  where not names_title
    and concat(source, ':', title_key) <> key
  union
  select concat('imdb:', imdb_id) as alias, key
  from keyed_claim
  where not names_title
    and imdb_id is not null
    and concat('imdb:', imdb_id) <> key
    -- An id that two claims of one source give leads to the title that kept it.
    and concat('imdb:', imdb_id) not in (
      select concat('imdb:', kept.imdb_id)
      from title_claim as kept
      anti join resolved as r
        on r.source = kept.source and r.title_key = kept.title_key
      where kept.imdb_id is not null
    )
) as given;
