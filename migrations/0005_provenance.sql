-- Where values come from: what each source says of the titles that several describe.

-- Swapped together with title. A title of one source has no row here: all that is served of it is that source's word.
create table title_claim (
  title_id uuid not null,
  source text collate "C" not null,
  -- The source's own key of the title.
  source_key text collate "C" not null,
  -- What it says, by the names of the API; what it does not say is left out.
  document jsonb not null
);

create unique index title_claim_pk on title_claim (title_id, source, source_key);

-- The last journal entry that was merged into the version that is served; later ones are served beside it.
alter table catalogue_state add column merged_seq bigint not null default 0;

-- When a person wrote about a title.
create index journal_by_title on journal (title_key, seq);
