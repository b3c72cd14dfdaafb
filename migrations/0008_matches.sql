-- Claims that could be of a title and are left alone, and what people decide of them.

-- Of the version that is served, and swapped in with it.
create table ambiguous_match (
  -- The id of the claim's own key.
  id uuid not null,
  -- <source>:<key there>.
  key text collate "C" not null,
  source text collate "C" not null,
  -- Why it was left alone: model/match.ts has the words.
  reason text collate "C" not null,
  -- The ids of the titles that it could be, the likeliest first; twenty at most.
  candidates uuid[] not null
);

create unique index ambiguous_match_pk on ambiguous_match (id);

alter table journal drop constraint journal_action_known;
alter table journal add constraint journal_action_known check (
  action in ('enter_title', 'set_values', 'write_comment', 'change_comment', 'delete_comment', 'decide_match')
);

-- What was decided last of each claim.
create index journal_of_match on journal (title_key, seq) where action = 'decide_match';
