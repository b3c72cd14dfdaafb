-- One row for each group of films, with what their known figures come to, in whole units. Result: `grouped`.
--
-- Given: figure, of one report.

create or replace temp view known as
select
  metric,
  attribution,
  year,
  company_id,
  genre,
  count(*) as films,
  count(figure) as n,
  sum(figure) as sum,
  -- The one in the middle twice, or the two.
  percentile_disc(0.5) within group (order by figure)
    + percentile_disc(0.5) within group (order by figure desc) as two_medians,
  -- Of figures above zero alone.
  case when min(figure) > 0 then sum(case when figure > 0 then exact_ln(figure) end) end as logarithms,
  -- The smallest figure that at least nine in ten are not above.
  percentile_disc(0.9) within group (order by figure) as p90
from figure
group by metric, attribution, year, company_id, genre;

create or replace temp view grouped as
select
  metric,
  attribution,
  year,
  company_id,
  genre,
  films,
  n,
  sum,
  rounded_quotient(sum, n) as mean,
  rounded_quotient(two_medians, 2) as median,
  round(exp(logarithms / n)) as geomean,
  p90
from known;
