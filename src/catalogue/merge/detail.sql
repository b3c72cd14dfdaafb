-- What only some titles have, and collections. Result: `merged_title_detail`, `merged_collection`.
--
-- Given: title_claim, title_of; the variable `least_dollars`.

create or replace temp table detail_claim as
select
  t.title_id, c.source_rank, c.production_rank, c.status, c.original_language, c.budget, c.revenue,
  c.tagline, c.overview, c.homepage,
  case when c.collection_key is not null then concat(c.source, ':', c.collection_key) end as collection,
  c.collection_name
from title_claim as c
join title_of as t
  on t.source = c.source and t.title_key = c.title_key
where coalesce(c.status, c.original_language, c.tagline, c.overview, c.homepage, c.collection_key) is not null
  or c.budget is not null
  or c.revenue is not null;

create or replace temp table merged_title_detail as
select
  title_id, status, original_language, budget, revenue, tagline, overview, homepage,
  case when collection is not null then thing_id('collection', collection) end as collection_id,
  nullif(
    concat_ws(
      ',',
      case when budget < getvariable('least_dollars') then 'budget' end,
      case when revenue < getvariable('least_dollars') then 'revenue' end
    ),
    ''
  ) as suspect
from (
  select
    title_id,
    first_word(status, source_rank) as status,
    first_word(original_language, production_rank) as original_language,
    first_word(budget, production_rank) as budget,
    first_word(revenue, production_rank) as revenue,
    first_word(tagline, source_rank) as tagline,
    first_word(overview, source_rank) as overview,
    first_word(homepage, source_rank) as homepage,
    first_word(collection, production_rank) as collection
  from detail_claim
  group by title_id
) as described;

create or replace temp table merged_collection as
select thing_id('collection', collection) as id, collection as key, short_name(coalesce(min(collection_name), collection)) as name
from detail_claim
where thing_id('collection', collection) in (select collection_id from merged_title_detail)
group by collection;
