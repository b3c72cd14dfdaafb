-- What people write besides films: values that they set by hand, comments, and the account of all of it.

-- Tells an entry from others wherever it is copied to, and whoever numbers it.
alter table journal add column id uuid not null default gen_random_uuid();
alter table journal alter column id drop default;
alter table journal add constraint journal_id_unique unique (id);

-- The comment that the entry is about; null: it is about the title alone.
alter table journal add column comment_id uuid;
create index journal_comment on journal (comment_id) where comment_id is not null;
create index journal_by_key on journal (api_key_id, seq) where api_key_id is not null;

alter table journal drop constraint journal_action_known;
alter table journal add constraint journal_action_known check (
  action in ('enter_title', 'set_values', 'write_comment', 'change_comment', 'delete_comment')
);

-- Keys of titles are written whole, as everywhere.
update journal set title_key = 'local:' || title_key;

-- Keys were kept as SHA-256 alone. What is kept now is HMAC-SHA-256 of that, keyed with the id salt, so that a row copied to
-- another installation opens nothing there. RFC 2104: the key fills 64 bytes, xor 0x5c without and xor 0x36 within.
update api_key
set hash = (
  select encode(sha256(pad.outside || sha256(pad.within || convert_to(E'API key\n' || hash, 'UTF8'))), 'hex')
  from (
    select
      string_agg(set_byte('\x00', 0, byte # 92), '' order by place) as outside,
      string_agg(set_byte('\x00', 0, byte # 54), '' order by place) as within
    from (
      select place, case when place < length(salt) then get_byte(salt, place) else 0 end as byte
      from (select convert_to(id_salt, 'UTF8') as salt from installation) as has
      cross join generate_series(0, 63) as place
    ) as filled
  ) as pad
)
where exists (select from installation);

-- What a person said about a title. Not replaced by a publish: it holds the key that it was given for.
create table comment (
  id uuid constraint comment_pk primary key,
  title_key text collate "C" not null,
  -- The id of title_key: that of the title, or one that title_alias leads from.
  alias_id uuid not null,
  -- As given: nobody vouches for the name.
  author text not null,
  text text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- Counts from 1 with each change.
  revision integer not null,
  -- The API key that wrote it; null where someone wrote it without one.
  api_key_id uuid
);

create index comment_of_title on comment (alias_id, created_at, id);

-- What sources say of the values that a person has set in their place: a row for each such value.
create table overruled (
  title_id uuid not null,
  -- As the API names it: runtimeMinutes.
  field text collate "C" not null,
  -- What would be served otherwise; null: nothing is said.
  value jsonb
);

create unique index overruled_pk on overruled (title_id, field);

-- Requests that bear an Idempotency-Key, for a day: a repeat is given the same answer.
create table idempotency_key (
  -- Whose key it is: an API key, or an address. A hash, keyed with the id salt.
  holder text collate "C" not null,
  key text collate "C" not null,
  -- Of method, path and body, keyed with the id salt.
  request_hash text collate "C" not null,
  -- Of the try that is, or was, at work.
  ticket uuid not null,
  claimed_at timestamptz not null,
  -- What the work came to, written in its own transaction; null: it is under way.
  result jsonb,
  -- The answer as sent; null: not sent yet, or made of `result` and the request alone.
  answer jsonb,
  constraint idempotency_key_pk primary key (holder, key)
);

create index idempotency_key_claimed on idempotency_key (claimed_at);
