select
  tconst,
  unnest(string_split(directors, ',')) as nconst,
  'director' as category,
  generate_subscripts(string_split(directors, ','), 1) as ordering
from imdb_title_crew
union all
select
  tconst,
  unnest(string_split(writers, ',')) as nconst,
  'writer' as category,
  generate_subscripts(string_split(writers, ','), 1) as ordering
from imdb_title_crew
