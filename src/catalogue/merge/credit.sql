-- Who worked on a title. Result: `merged_credit`, `said_credit`, which has what other sources say besides, `merged_person`.
--
-- Given: credit_claim, person_claim, title_of, cast_category. Cast, crew and characters (the story's people) are each taken
-- whole from the first source that says any, since people of two sources are not known to be the same.

create or replace temp view credit_of_title as
select
  t.title_id, c.source, c.source_rank, concat(c.source, ':', c.person_key) as person, c.category, c.department, c.job,
  c.characters, c.ordering,
  case
    when c.category = 'character' then 'characters'
    when c.category in (select category from cast_category) then 'cast'
    else 'crew'
  end as part
from credit_claim as c
join title_of as t
  on t.source = c.source and t.title_key = c.title_key
semi join person_claim as p
  on p.source = c.source and p.person_key = c.person_key;

-- A source may say the same twice, once with the job or the characters and once without.
create or replace temp table said_credit as
select
  title_id,
  source,
  source_place,
  thing_id('person', person) as person_id,
  person,
  part,
  row_number() over (
    partition by title_id, part, source
    order by ordering nulls last, category, person, job, characters
  ) as ordering,
  category,
  department,
  job,
  characters
from (
  select
    *,
    rank() over (partition by title_id, part order by source_rank, source) as source_place,
    row_number() over (
      partition by title_id, source, person, category
      order by coalesce(job, characters) is null, ordering nulls last, job, characters
    ) as saying
  from credit_of_title
) as placed
where saying = 1
  or coalesce(job, characters) is not null;

create or replace temp view merged_credit as
select title_id, person_id, part, ordering, category, department, job, characters
from said_credit
where source_place = 1;

create or replace temp table merged_person as
select
  thing_id('person', key) as id,
  key,
  short_name(coalesce(name, key)) as name,
  birth_year,
  death_year
from (
  select
    concat(source, ':', person_key) as key,
    min(name) as name,
    min(birth_year) as birth_year,
    min(death_year) as death_year
  from person_claim
  group by source, person_key
) as described
where key in (select person from said_credit where source_place = 1);
