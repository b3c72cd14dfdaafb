-- Which series an episode belongs to, and its place there. Result: `merged_episode`; and `placed_episode`, the claims that
-- are heard: those of an episode and of a series that their source describes.
--
-- Given: episode_claim, keyed_claim, shared_title, series_kind, episode_kind. An episode that only one source describes (nearly
-- all of them) is taken as it is, without being grouped.

create or replace temp view kinded_claim as
select c.source, c.title_key, c.key, t.key is not null as is_shared, case when t.key is null then c.kind else t.kind end as kind
from keyed_claim as c
left join shared_title as t
  on t.key = c.key;

create or replace temp table series_of_source as
select source, title_key, title_id(key) as series_id
from kinded_claim
where kind in (select kind from series_kind);

create or replace temp table placed_episode as
select
  title_id(t.key) as title_id, t.is_shared, s.series_id, e.season_number, e.episode_number, e.source, e.source_rank
from episode_claim as e
join series_of_source as s
  on s.source = e.source and s.title_key = e.series_key
join kinded_claim as t
  on t.source = e.source and t.title_key = e.title_key
where t.kind in (select kind from episode_kind);

-- The series is that of the first source. A source that says another series is not asked for the season, nor one that says
-- another season for the number.
create or replace temp table shared_series as
select title_id, first_word(series_id, source_rank) as series_id
from placed_episode
where is_shared
group by title_id;

create or replace temp view placed_in_series as
select e.title_id, e.series_id, e.season_number, e.episode_number, e.source_rank
from placed_episode as e
join shared_series as s
  on s.title_id = e.title_id and s.series_id = e.series_id;

create or replace temp table shared_season as
select title_id, first_word(season_number, source_rank) as season_number
from placed_in_series
group by title_id;

create or replace temp view merged_episode as
select title_id, series_id, season_number, episode_number
from placed_episode
where not is_shared
union all
select e.title_id, e.series_id, s.season_number, first_word(e.episode_number, e.source_rank) as episode_number
from placed_in_series as e
join shared_season as s
  on s.title_id = e.title_id
where e.season_number is null
  or e.season_number = s.season_number
group by e.title_id, e.series_id, s.season_number;
