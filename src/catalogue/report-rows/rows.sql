-- One row for each group of the table `figure`, with what its known figures come to, in whole units.
-- Result: `grouped`.

create or replace temp view ordered as
select
  metric,
  attribution,
  year,
  company_id,
  genre,
  figure,
  row_number() over (partition by metric, attribution, year, company_id, genre order by figure) as place,
  count(*) over (partition by metric, attribution, year, company_id, genre) as n
from figure
where figure is not null;

create or replace temp view known as
select
  metric,
  attribution,
  year,
  company_id,
  genre,
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
group by metric, attribution, year, company_id, genre;

create or replace temp view grouped as
select
  g.*,
  coalesce(k.n, 0) as n,
  k.sum,
  rounded_quotient(k.sum, k.n) as mean,
  rounded_quotient(k.two_medians, 2) as median,
  round(exp(k.logarithms / k.n)) as geomean,
  k.p90
from (
  select metric, attribution, year, company_id, genre, count(*) as films
  from figure
  group by metric, attribution, year, company_id, genre
) as g
left join known as k
  on k.metric = g.metric
  and k.attribution = g.attribution
  and k.year is not distinct from g.year
  and k.company_id is not distinct from g.company_id
  and k.genre is not distinct from g.genre;
