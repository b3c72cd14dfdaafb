-- Finding titles by words: the names that they are found by, and an index of words that bears typing errors.

-- Normalised names by which a title is found, besides its title_sort, each once.
create table title_name (
  title_id uuid not null,
  name text collate "C" not null,
  -- Whether it is only another name somewhere or somewhen; else it is another form of title or original title.
  is_aka boolean not null
);

create unique index title_name_pk on title_name (title_id, name);

-- The number that stands for a title in lists of words: higher the more votes there are. Two titles may share one.
create index title_by_number on title (
  (coalesce(votes, 0)::bigint * 1048576 + ('x' || left(id::text, 5))::bit(20)::bigint)
);

-- The titles of a word, or of a year. A word has one row with those of the last large publish, and one for each title
-- that came since; they may name titles that are gone or have the word no longer.
create table search_word (
  word text collate "C" not null,
  -- The highest of the numbers.
  best bigint not null,
  size integer not null,
  -- Highest first.
  numbers bigint[] not null,
  -- Whether it came since.
  added boolean not null
);

create index search_word_by_word on search_word (word);
create index search_word_added on search_word (best) where added;
-- The words of the shortest prefixes, most voted first.
create index search_word_by_letter on search_word (left(word, 1), best desc);
create index search_word_by_two_letters on search_word (left(word, 2), best desc);
create index search_word_by_three_letters on search_word (left(word, 3), best desc);

-- The words that have a stretch of letters in common, so that one that is mistyped is found: two letters of words of 3 to 6,
-- three of those from 6 on, with ^ before the first and $ after the last.
create table search_gram (
  gram text collate "C" not null,
  words text[] collate "C" not null
);

create index search_gram_by_gram on search_gram (gram);

-- Titles counted by what lists are narrowed to most: how many had just these values at the last large publish.
create table facet_cell (
  kind text collate "C" not null,
  is_film boolean not null,
  genres text[] not null,
  year smallint,
  -- Whole points.
  rating smallint,
  -- Codes, of languages the original one and those spoken.
  languages text[] not null,
  countries text[] not null,
  titles integer not null
);

-- Which titles had a value at the last large publish, or where there are many, which of a fixed sample: a bit for each. Of numbers
-- that lists are narrowed by, a value is a binary digit, so that bits tell which titles are between bounds.
create table facet_bits (
  facet text collate "C" not null,
  value text collate "C" not null,
  bits bit varying not null
);

create unique index facet_bits_pk on facet_bits (facet, value);

-- Read whole, so not to be compressed.
alter table facet_bits alter column bits set storage external;

-- Which titles are in the sample, once: those whose id's first five hexadecimal digits are less. None: all.
create table facet_scale (
  bound integer not null
);

-- What has changed since: a title as it was then counts -1, as it is now 1.
create table facet_changed (
  title_id uuid not null,
  n smallint not null,
  is_sampled boolean not null,
  kind text collate "C" not null,
  is_film boolean not null,
  genres text[] not null,
  sources text[] not null,
  year smallint,
  rating double precision,
  votes integer,
  runtime_minutes integer,
  languages text[] not null,
  countries text[] not null
);

create unique index facet_changed_pk on facet_changed (title_id, n);
