-- What changed: the feed that others follow, and of each title what was served before.

-- The number of the last change. Taken last before a commit, so that the order of commits is the order of numbers.
alter table catalogue_state add column change_seq bigint not null default 0;
-- When that was; never earlier than a change before it.
alter table catalogue_state add column changed_at timestamptz;

-- What one transaction changed: changes that are numbered together. A large publish writes them beforehand, unseen.
create table change_block (
  block bigint generated always as identity constraint change_block_pk primary key,
  -- The number of its first change; null: it is not committed, or forgotten, and nobody sees it.
  first_seq bigint constraint change_block_first_seq_unique unique,
  -- How many it has, numbered without a gap.
  changes integer not null default 0,
  committed_at timestamptz,
  -- The catalogue version whose publish it was; null: a person wrote it, and journal_seq says what.
  version bigint,
  journal_seq bigint,
  api_key_id uuid
);

create table change (
  block bigint not null,
  -- From 1 within the block.
  place integer not null,
  kind text collate "C" not null constraint change_kind_known check (
    kind in ('snapshot', 'created', 'updated', 'deleted', 'merged', 'commented')
  ),
  -- Null: of a snapshot, which is about everything.
  title_id uuid,
  title_key text collate "C",
  -- Of an update: the fields that changed, as the API names them, in order.
  fields text[],
  -- Of an update: what those fields said, but for parts too large to be kept; of a title that went, all of it.
  before jsonb,
  -- Of an update: what they say since.
  after jsonb,
  -- Of a title that is merged: the title that it is part of.
  into_id uuid,
  -- Of a comment: which, and what was done to it.
  comment_id uuid,
  comment_change text collate "C" constraint change_comment_change_known check (
    comment_change in ('written', 'changed', 'deleted')
  ),
  constraint change_pk primary key (block, place)
);

-- To find the first change that people made after a journal entry.
create index change_block_by_journal on change_block (journal_seq) where journal_seq is not null;

create index change_by_title on change (title_id, block, place) where title_id is not null;

-- The versions that were published.
create table catalogue_version (
  version bigint constraint catalogue_version_pk primary key,
  published_at timestamptz not null,
  -- Source → the run that it was merged from.
  inputs jsonb not null,
  -- Whoever has the version's files follows the feed from here: every change that they lack has a larger number.
  follow_seq bigint not null
);

-- What an installation serves already is where its feed begins.
with served as (
  update catalogue_state
  set change_seq = 1, changed_at = now()
  where version > 0
  returning version
), known as (
  insert into catalogue_version (version, published_at, inputs, follow_seq)
  select version, now(), '{}', 1
  from served
), block as (
  insert into change_block (first_seq, changes, committed_at, version)
  select 1, 1, now(), version
  from served
  returning block
)
insert into change (block, place, kind)
select block, 1, 'snapshot'
from block;
