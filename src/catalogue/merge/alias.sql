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
) as given;
