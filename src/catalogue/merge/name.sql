-- The normalised names by which titles are found, besides their sort form. Result: `merged_title_name`.
--
-- Given: said_title, set_value, aka_claim, title_of.

create or replace temp view titled as
select
  p.key,
  coalesce(s.title, p.title) as title,
  coalesce(s.original_title, p.original_title) as original_title
from said_title as p
left join set_value as s
  on s.key = p.key and p.is_film;

-- All but those that have no other form.
create or replace temp table formed as
select key, title, original_title, has_inner_signs(title) as has_inner_signs
from titled
where original_title <> title
  or has_inner_signs(title)
  or has_more_letters(title);

create or replace temp table merged_title_name as
select title_id(form.key) as title_id, form.name, bool_and(form.is_aka) as is_aka
from (
  select key, plain_letters(form) as name, is_aka
  from (
    select key, title_sort(title) as form, false as is_aka
    from formed
    where has_more_letters(title)
    union all
    select key, joined_form(title), false
    from formed
    where has_inner_signs
    union all
    select key, title_sort(original_title), false
    from formed
    where original_title <> title
    union all
    select key, joined_form(original_title), false
    from formed
    where original_title <> title
      and has_inner_signs(original_title)
    union all
    select t.key, title_sort(a.title), true
    from aka_claim as a
    join title_of as t
      on t.source = a.source and t.title_key = a.title_key
    union all
    select t.key, joined_form(a.title), true
    from aka_claim as a
    join title_of as t
      on t.source = a.source and t.title_key = a.title_key
    where has_inner_signs(a.title)
  )
) as form
join titled as n
  on n.key = form.key
where form.name <> ''
  and form.name <> title_sort(n.title)
group by form.key, form.name;
