-- One row for each group of the table `figure`, with what its known figures come to, in whole units.
-- Result: `grouped`.

-- Groups are numbered: figures sort by one number in half the time that they take by what tells a group.
create or replace temp table film_group as
select
  row_number() over (order by metric, attribution, year, company_id, genre) as group_number,
  metric,
  attribution,
  year,
  company_id,
  genre,
  count(*) as films
from figure
group by metric, attribution, year, company_id, genre;

create or replace temp view ordered as
select
  group_number,
  figure,
  row_number() over (partition by group_number order by figure) as place,
  count(*) over (partition by group_number) as n
from (
  select g.group_number, f.figure
  from figure as f
  join film_group as g
    on g.metric = f.metric
    and g.attribution = f.attribution
    and g.year is not distinct from f.year
    and g.company_id is not distinct from f.company_id
    and g.genre is not distinct from f.genre
  where f.figure is not null
) as numbered;

create or replace temp view known as
select
  group_number,
  count(*) as n,
  sum(figure) as sum,
  -- The one in the middle, or the two.
  max(case when 2 * place in (n, n + 1) then figure end)
    + max(case when 2 * place in (n + 1, n + 2) then figure end) as two_medians,
  -- Of figures above zero alone.
  case when min(figure) > 0 then sum(case when figure > 0 then exact_ln(figure) end) end as logarithms,
  -- The smallest figure that at least nine in ten are not above.
  min(case when 10 * place >= 9 * n then figure end) as p90
from ordered
group by group_number;

create or replace temp view grouped as
select
  g.*,
  coalesce(k.n, 0) as n,
  k.sum,
  rounded_quotient(k.sum, k.n) as mean,
  rounded_quotient(k.two_medians, 2) as median,
  round(exp(k.logarithms / k.n)) as geomean,
  k.p90
from film_group as g
left join known as k
  on k.group_number = g.group_number;
