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
  -- On the scale of its source, from 0.
  popularity double precision,
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
  weighted_rating double precision,
  popularity double precision
);

-- What only some titles have, so that lists read narrow rows.
create table title_detail (
  title_id uuid not null,
  status text collate "C",
  -- A code of language.
  original_language text collate "C",
  -- US dollars, never 0: what providers write as 0 is not known.
  budget bigint,
  revenue bigint,
  tagline text,
  overview text,
  homepage text,
  collection_id uuid,
  -- The columns among budget and revenue whose figure is too small to be true.
  suspect text[] not null
);

create table company (
  id uuid not null,
  -- <source>:<key there>, as of everything that has a key.
  key text collate "C" not null,
  name text collate "C" not null
);

create table title_company (
  title_id uuid not null,
  company_id uuid not null,
  -- From 1, in the order of the source; so below.
  ordering integer not null
);

create table country (
  -- ISO 3166-1 alpha-2.
  code text collate "C" not null,
  name text collate "C" not null
);

create table title_country (
  title_id uuid not null,
  country_code text collate "C" not null,
  ordering integer not null
);

-- Of titles' original languages and of those spoken in them.
create table language (
  -- ISO 639-1, or a code of the source for what that does not know.
  code text collate "C" not null,
  name text collate "C" not null
);

create table title_language (
  title_id uuid not null,
  language_code text collate "C" not null,
  ordering integer not null
);

create table keyword (
  id uuid not null,
  key text collate "C" not null,
  name text collate "C" not null
);

create table title_keyword (
  title_id uuid not null,
  keyword_id uuid not null,
  ordering integer not null
);

create table collection (
  id uuid not null,
  key text collate "C" not null,
  name text collate "C" not null
);

-- Cast, crew and the people of stories alike.
create table person (
  id uuid not null,
  key text collate "C" not null,
  name text collate "C" not null,
  birth_year smallint,
  death_year smallint
);

create table credit (
  title_id uuid not null,
  person_id uuid not null,
  -- cast, crew or characters.
  part text collate "C" not null,
  -- From 1 within the part.
  ordering integer not null,
  -- director, writer, actor, actress, …: IMDb's words; character for one of the story's people.
  category text collate "C" not null,
  department text,
  job text,
  -- Names of characters, as a JSON array; null: none is said.
  characters jsonb
);

-- A title's id at another system than IMDb, whose id stands in title.
create table external_id (
  title_id uuid not null,
  system text collate "C" not null,
  value text collate "C" not null
);

-- The ratings that other systems give than the one whose rating stands in title.
create table further_rating (
  title_id uuid not null,
  system text collate "C" not null,
  rating double precision not null,
  votes integer
);

-- What users of a system gave within a year.
create table rating_year (
  title_id uuid not null,
  system text collate "C" not null,
  year smallint not null,
  rating double precision not null,
  votes integer not null
);

-- The rows of the reports (docs/reports.md): a group of films, and what their figures come to.
create table report_row (
  -- Report, metric and attribution, as `seriesNumber` of model/report.ts makes a number of them.
  series integer not null,
  -- Of the group: the same in each series and version.
  id uuid not null,
  -- Null: of films whose year is not known.
  year smallint,
  company_id uuid,
  company_name text,
  genre text collate "C",
  -- Of the company where there is one, else of the genre.
  name_sort text collate "C" not null,
  films integer not null,
  -- Films whose figure is known.
  n integer not null,
  -- Whole numbers of the unit that the last decimal of the report's figures counts: money in cents.
  sum bigint,
  mean bigint,
  median bigint,
  geomean bigint,
  p90 bigint
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
  state text collate "C" not null constraint source_state_known check (state in ('never', 'running', 'done', 'partial', 'unchanged', 'failed')),
  -- When the provider was last asked, with whatever outcome.
  checked_at timestamptz,
  -- When the provider's data were last read whole, or found unchanged.
  fresh_at timestamptz,
  -- The run whose claims are its word now.
  run text collate "C",
  error_code text collate "C",
  error_message text,
  -- Data that were found fresh longer ago are stale; null: never.
  stale_after_seconds integer,
  -- As the settings write it, and the moment that it names next.
  schedule text,
  next_run_at timestamptz,
  -- The failure that the operator was last told of, and when; null: that it is well.
  alerted_code text collate "C",
  alerted_at timestamptz
);

create table run (
  name text collate "C" constraint run_pk primary key,
  source text collate "C" not null,
  state text collate "C" not null constraint run_state_known check (state in ('running', 'done', 'partial', 'failed')),
  started_at timestamptz not null,
  finished_at timestamptz,
  -- The manifest of a run that is done, wholly or in part; code and message of one that failed.
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
create index title_by_popularity on title (popularity, id) where is_film;

-- For films of a source that has few. What only imdb describes, nearly all, is left out, so that it stays small.
create index title_by_source on title using gin (sources) where sources <> '{imdb}';

-- And one here, for the same within a genre.
create unique index title_genre_by_title on title_genre (genre_id, title_sort, title_id);
create index title_genre_by_year on title_genre (genre_id, year, title_id);
create index title_genre_by_rating on title_genre (genre_id, rating, title_id);
create index title_genre_by_votes on title_genre (genre_id, votes, title_id);
create index title_genre_by_runtime on title_genre (genre_id, runtime_minutes, title_id);
create index title_genre_by_weighted on title_genre (genre_id, weighted_rating, title_id);
create index title_genre_by_popularity on title_genre (genre_id, popularity, title_id);

create unique index title_detail_pk on title_detail (title_id);
create index title_detail_by_collection on title_detail (collection_id) where collection_id is not null;
create index title_detail_by_language on title_detail (original_language) where original_language is not null;
create unique index company_pk on company (id);
create index company_by_name on company (lower(name), id);
create unique index title_company_pk on title_company (title_id, ordering);
create index title_company_by_company on title_company (company_id, title_id);
create unique index country_pk on country (code);
create unique index title_country_pk on title_country (title_id, ordering);
create index title_country_by_country on title_country (country_code, title_id);
create unique index language_pk on language (code);
create unique index title_language_pk on title_language (title_id, ordering);
create index title_language_by_language on title_language (language_code, title_id);
create unique index keyword_pk on keyword (id);
create index keyword_by_name on keyword (lower(name), id);
create unique index title_keyword_pk on title_keyword (title_id, ordering);
create index title_keyword_by_keyword on title_keyword (keyword_id, title_id);
create unique index collection_pk on collection (id);
create unique index person_pk on person (id);
create index person_by_name on person (lower(name), id);
create unique index credit_pk on credit (title_id, part, ordering);
create index credit_by_person on credit (person_id, title_id);
create unique index external_id_pk on external_id (title_id, system);
create unique index further_rating_pk on further_rating (title_id, system);
create unique index rating_year_pk on rating_year (title_id, system, year);
create index report_row_by_year on report_row (series, year, id);
create index report_row_by_name on report_row (series, name_sort, id);
create index report_row_by_company on report_row (company_id, series) where company_id is not null;
create index report_row_by_sum on report_row (series, sum, id) where sum is not null;
create index report_row_by_mean on report_row (series, mean, id) where mean is not null;
create index report_row_by_median on report_row (series, median, id) where median is not null;
create index report_row_by_geomean on report_row (series, geomean, id) where geomean is not null;
create index report_row_by_p90 on report_row (series, p90, id) where p90 is not null;
create index report_row_by_n on report_row (series, n, id);
