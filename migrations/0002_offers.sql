-- What sellers ask for films: how each seller was last found, the latest offer of each listing, and every one there was.

-- None of these is replaced by a publish, so none references a table that is.

create table seller (
  name text collate "C" constraint seller_pk primary key,
  -- ISO 4217; null while it has made no offer and no setting was read.
  currency text collate "C",
  -- Whether the last run asked it; one that is asked no more is not shown.
  asked boolean not null,
  -- Null: it was never asked.
  checked_at timestamptz,
  -- When its list was last had.
  answered_at timestamptz,
  -- How the last check failed; null: it did not.
  error_code text collate "C",
  error_message text,
  constraint seller_error check ((error_code is null) = (error_message is null))
);

-- The latest offer of each listing that ever had one.
create table offer (
  seller text collate "C" not null,
  -- The seller's own id of what it sells.
  listing_key text collate "C" not null,
  id uuid not null generated always as (
    overlay(overlay(md5(seller || '/' || listing_key) placing '8' from 13) placing 'a' from 17)::uuid
  ) stored,
  -- The id of prices:<key of its film there>: that of the film, or one that title_alias leads from.
  alias_id uuid not null,
  -- The title as the seller writes it, and how it sorts.
  title text not null,
  title_sort text collate "C" not null,
  year smallint,
  price numeric(18, 4) not null constraint offer_price_positive check (price > 0),
  currency text collate "C" not null,
  observed_at timestamptz not null,
  -- The last time that somebody asked for it, which may be later: then the price is the last good one.
  checked_at timestamptz not null,
  -- How that check failed; null: it gave the price.
  error_code text collate "C",
  error_message text,
  -- Whether the seller's last good list had it.
  listed boolean not null,
  constraint offer_pk primary key (seller, listing_key),
  constraint offer_id_unique unique (id),
  constraint offer_error check ((error_code is null) = (error_message is null))
);

create index offer_alias on offer (alias_id);
create index offer_price on offer (price, id) where listed;
create index offer_observed on offer (observed_at, id) where listed;
create index offer_title on offer (title_sort, id) where listed;

-- Every price that a seller was seen to ask.
create table offer_observation (
  seller text collate "C" not null,
  listing_key text collate "C" not null,
  -- The run of the lake that saw it.
  run text collate "C" not null,
  id uuid not null generated always as (
    overlay(overlay(md5(seller || '/' || listing_key || '/' || run) placing '8' from 13) placing 'a' from 17)::uuid
  ) stored,
  observed_at timestamptz not null,
  title text not null,
  year smallint,
  price numeric(18, 4) not null,
  currency text collate "C" not null,
  constraint offer_observation_pk primary key (seller, listing_key, run)
);

create index offer_observation_observed on offer_observation (seller, listing_key, observed_at, id);

-- The runs of the lake whose offers are in.
create table offer_run (
  run text collate "C" constraint offer_run_pk primary key
);
