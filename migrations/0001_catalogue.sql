-- The catalogue as it is served, what people write, and the account of both.

-- This installation, once.
create table installation (
  only_row boolean primary key default true constraint installation_one_row check (only_row),
  -- The secret from which every public id is derived; also in the data folder.
  id_salt text not null,
  created_at timestamptz not null default now()
);

-- What is served now, once. Its row is locked last in every writing transaction, so that the order of commits
-- is the order of journal entries and versions.
create table catalogue_state (
  only_row boolean primary key default true constraint catalogue_state_one_row check (only_row),
  -- The catalogue version in the lake that is served; 0 before the first publish.
  version bigint not null default 0,
  -- Tells two versions of one number apart, as two lakes on one database may make them; null before the first publish.
  version_id text,
  -- The last journal entry written.
  journal_seq bigint not null default 0,
  published_at timestamptz
);

insert into catalogue_state default values;

create table genre (
  id smallint generated always as identity constraint genre_pk primary key,
  name text collate "C" not null constraint genre_name_unique unique
);

create unique index genre_name_lower_unique on genre (lower(name));

-- Films, series and episodes. A large publish builds a new one beside and swaps it in by renaming, so nothing
-- that lasts references this table.
create table title (
  id uuid not null,
  -- The best key: imdb:tt0133093, else <source>:<key there>.
  key text collate "C" not null,
  imdb_id text collate "C",
  kind text collate "C" not null,
  is_film boolean not null,
  title text not null,
  original_title text not null,
  title_sort text collate "C" not null,
  year smallint,
  end_year smallint,
  release_date date,
  runtime_minutes integer,
  is_adult boolean,
  genres text[] not null,
  certificate text,
  poster_url text,
  -- 0 to 10, of rating_system.
  rating double precision,
  votes integer,
  rating_system text collate "C",
  weighted_rating double precision,
  -- The sources that describe it, in order of precedence.
  sources text[] not null
);

-- A row for each genre of each film, with the sort keys beside it, so that a list of one genre is read in order
-- from one index. Swapped together with title.
create table title_genre (
  genre_id smallint not null,
  title_id uuid not null,
  title_sort text collate "C" not null,
  year smallint,
  runtime_minutes integer,
  rating double precision,
  votes integer,
  weighted_rating double precision
);

-- Every id that is not the canonical one of its title: where it leads.
create table title_alias (
  alias_id uuid constraint title_alias_pk primary key,
  key text collate "C" not null,
  title_id uuid not null
);

create index title_alias_title on title_alias (title_id);

-- Titles that were served and that every source has dropped since.
create table title_gone (
  id uuid constraint title_gone_pk primary key,
  key text collate "C" not null,
  version bigint not null
);

-- What people entered, in the order of commits: the truth about it, copied into the lake by the next sync.
create table journal (
  seq bigint constraint journal_pk primary key,
  written_at timestamptz not null default now(),
  -- The API key that wrote it.
  api_key_id uuid,
  action text collate "C" not null constraint journal_action_known check (action in ('enter_title')),
  title_key text collate "C" not null,
  document jsonb not null
);

create table api_key (
  id uuid constraint api_key_pk primary key,
  name text not null,
  role text collate "C" not null constraint api_key_role_known check (role in ('write', 'admin')),
  -- SHA-256 of the key in hexadecimal; the key itself is 256 random bits and is shown once.
  hash text collate "C" not null constraint api_key_hash_unique unique,
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);

-- Sources as last seen, and their runs: the lake's manifests, so that a server without the lake can show them.
create table source (
  name text collate "C" constraint source_pk primary key,
  state text collate "C" not null constraint source_state_known check (state in ('never', 'running', 'done', 'unchanged', 'failed')),
  -- When the provider was last asked, with whatever outcome.
  checked_at timestamptz,
  -- When the provider's data were last read whole, or found unchanged.
  fresh_at timestamptz,
  -- The run whose claims are its word now.
  run text collate "C",
  error_code text collate "C",
  error_message text
);

create table run (
  name text collate "C" constraint run_pk primary key,
  source text collate "C" not null,
  state text collate "C" not null constraint run_state_known check (state in ('running', 'done', 'failed')),
  started_at timestamptz not null,
  finished_at timestamptz,
  -- The manifest of a run that is done; code and message of one that failed.
  manifest jsonb not null
);

create index run_by_source on run (source, started_at desc, name desc);

-- Each order that lists are walked in has one index here, read forward and backward.
create unique index title_pk on title (id);
create index title_by_title on title (title_sort, id) where is_film;
create index title_by_year on title (year, id) where is_film;
create index title_by_rating on title (rating, id) where is_film;
create index title_by_votes on title (votes, id) where is_film;
create index title_by_runtime on title (runtime_minutes, id) where is_film;
create index title_by_weighted on title (weighted_rating, id) where is_film;

-- And one here, for the same within a genre.
create unique index title_genre_by_title on title_genre (genre_id, title_sort, title_id);
create index title_genre_by_year on title_genre (genre_id, year, title_id);
create index title_genre_by_rating on title_genre (genre_id, rating, title_id);
create index title_genre_by_votes on title_genre (genre_id, votes, title_id);
create index title_genre_by_runtime on title_genre (genre_id, runtime_minutes, title_id);
create index title_genre_by_weighted on title_genre (genre_id, weighted_rating, title_id);
