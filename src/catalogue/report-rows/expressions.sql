-- The named expressions of the reports: everything in them that is DuckDB's own dialect.

-- a / b rounded to a whole number, halves away from zero, exactly; b is above zero.
create or replace macro rounded_quotient(a, b) as
  cast(sign(a) * ((2 * abs(a) + b) // (2 * b)) as hugeint);

-- What the part at `place`, from 1, has of a whole number that so many parts share: all have the same, and of what
-- is left over the first have one each.
create or replace macro share_of(whole, parts, place) as
  cast(sign(whole) * (abs(whole) // parts + case when place <= abs(whole) % parts then 1 else 0 end) as bigint);

-- A UUID made of what tells a group of films.
create or replace macro group_id(year, company_id, genre) as
  cast(md5(concat_ws('/', coalesce(cast(year as varchar), ''), cast(company_id as varchar), genre)) as uuid);

-- A logarithm as a decimal, whose sums are the same in whatever order.
create or replace macro exact_ln(n) as cast(ln(n) as decimal(18, 15));
