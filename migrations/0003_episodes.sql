-- Series and their episodes: where an episode stands, and the orders in which both are listed.

create table episode (
  title_id uuid not null,
  -- The title of its series.
  series_id uuid not null,
  -- Null: no source says.
  season_number integer,
  -- Within the season.
  episode_number integer
);

create unique index episode_pk on episode (title_id);
create index episode_by_series on episode (series_id, season_number, episode_number, title_id);
create index episode_by_season on episode (season_number, title_id);

-- Each order that lists are walked in, as of films.
create index title_series_by_title on title (title_sort, id) where kind in ('tvSeries', 'tvMiniSeries');
create index title_series_by_year on title (year, id) where kind in ('tvSeries', 'tvMiniSeries');
create index title_series_by_rating on title (rating, id) where kind in ('tvSeries', 'tvMiniSeries');
create index title_series_by_votes on title (votes, id) where kind in ('tvSeries', 'tvMiniSeries');
create index title_series_by_runtime on title (runtime_minutes, id) where kind in ('tvSeries', 'tvMiniSeries');
create index title_series_by_weighted on title (weighted_rating, id) where kind in ('tvSeries', 'tvMiniSeries');
create index title_series_by_popularity on title (popularity, id) where kind in ('tvSeries', 'tvMiniSeries');
create index title_episode_by_title on title (title_sort, id) where kind = 'tvEpisode';
create index title_episode_by_year on title (year, id) where kind = 'tvEpisode';
create index title_episode_by_rating on title (rating, id) where kind = 'tvEpisode';
create index title_episode_by_votes on title (votes, id) where kind = 'tvEpisode';
create index title_episode_by_runtime on title (runtime_minutes, id) where kind = 'tvEpisode';
create index title_episode_by_weighted on title (weighted_rating, id) where kind = 'tvEpisode';
create index title_episode_by_popularity on title (popularity, id) where kind = 'tvEpisode';
