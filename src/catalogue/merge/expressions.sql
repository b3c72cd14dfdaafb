-- The named expressions of the merge: everything in it that is DuckDB's own dialect.
-- Variables, set beforehand: id_salt, mean, least_votes.

-- The form by which titles sort and match; `titleSort` in model/title-sort.ts gives the same.
-- Most titles are in that form once they are in lower case, and are spared the rest: a third of the time.
create or replace macro title_sort(name) as
  left(case
    when regexp_full_match(lower(name), '[a-z0-9]+( [a-z0-9]+)*') then lower(name)
    else coalesce(
      nullif(trim(regexp_replace(strip_accents(lower(name)), '[^\p{L}\p{N}]+', ' ', 'g')), ''),
      lower(name)
    )
  end, 300);

-- Letters from which no accent can be taken away, as they are typed; `searchNames` in model/search-names.ts has the same.
-- What is in ASCII alone is spared the look.
create or replace macro has_more_letters(name) as
  strlen(name) > length(name) and regexp_matches(lower(name), '[ßæœøłđðþı]');

create or replace macro plain_letters(text) as
  case
    when has_more_letters(text) then
      translate(
        replace(replace(replace(replace(text, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
        'øłđðı',
        'olddi'
      )
    else text
  end;

-- Whether a sign stands between two characters that are no spaces.
create or replace macro has_inner_signs(name) as regexp_matches(name, '[^ ][^a-zA-Z0-9 ][^ ]');

-- The form of a name with its signs taken out, not turned to spaces.
create or replace macro joined_form(name) as
  left(
    trim(
      regexp_replace(
        regexp_replace(strip_accents(lower(name)), '[^\p{L}\p{N}\p{Z}]+', '', 'g'),
        '\p{Z}+',
        ' ',
        'g'
      )
    ),
    300
  );

create or replace macro uuid_of_digest(digest) as
  cast(
    concat(
      substr(digest, 1, 8), '-', substr(digest, 9, 4), '-8', substr(digest, 14, 3),
      '-a', substr(digest, 18, 3), '-', substr(digest, 21, 12)
    ) as uuid
  );

-- The public id of the title whose best key is `key`; `titleId` in model/title-key.ts gives the same.
create or replace macro title_id(key) as
  uuid_of_digest(sha256(concat(getvariable('id_salt'), key)));

-- The public id of a company, a keyword, a collection or a person, by its key.
create or replace macro thing_id(thing, key) as
  uuid_of_digest(sha256(concat(getvariable('id_salt'), thing, ' ', key)));

create or replace macro weighted_rating(rating, votes) as
  round(
    (votes * rating + getvariable('least_votes') * getvariable('mean')) / (votes + getvariable('least_votes')),
    3
  );

-- A fingerprint of a row, to tell changed rows; the same within one version of DuckDB.
create or replace macro row_hash(r) as hash(r);

-- The fingerprint of several rows from theirs, whatever their order; an aggregate.
create or replace macro rows_hash(fingerprint) as hash(sum(fingerprint));

-- The fingerprint of a row and of what stands beside it, which may be nothing.
create or replace macro hash_beside(row_fingerprint, beside) as
  case when beside is null then row_fingerprint else xor(row_fingerprint, beside) end;

-- A name as it is served: an index takes no key longer than about 2,700 bytes. Claims have it whole.
create or replace macro short_name(name) as left(name, 300);

-- Of the values that are not null, the one of lowest rank; an aggregate.
create or replace macro first_word(value, rank) as arg_min(value, rank);

-- A number as JSON writes it: 7, not 7.0.
create or replace macro json_number(value) as regexp_replace(cast(value as varchar), '\.0$', '');

-- A text as JSON, and names joined by commas as a list of JSON; null of null.
create or replace macro json_text(value) as
  case when value is not null then cast(to_json(value) as varchar) end;
create or replace macro json_names(names) as
  case when names is not null then cast(to_json(string_split(names, ',')) as varchar) end;

-- A member of a JSON object, as text; null where there is no value. And the object of such members, joined by commas. Joined
-- as text, since a patch that takes nulls out of an object made the whole step take twice as long.
create or replace macro member(name, value) as
  case when value is not null then concat('"', name, '":', to_json(value)) end;
create or replace macro object_with(members) as concat('{', members, '}');

-- Names joined by commas as a JSON array; null for null.
create or replace macro names_array(names) as to_json(string_split(names, ','));

-- A JSON object of names and what each stands for, ordered by name; an aggregate.
create or replace macro object_of(name, word) as
  cast(concat('{', string_agg(concat(to_json(name), ':', to_json(word)), ',' order by name), '}') as json);

-- Codes in their order, as a JSON array; and how many rows there are, as JSON. Aggregates.
create or replace macro codes_of(code, place) as to_json(list(code order by place));
create or replace macro number_of_rows() as to_json(count(*));

-- The member of a JSON object; null where it has none.
create or replace macro member_of(object, name) as object -> name;

-- A collection as the API names it; null where a claim names none.
create or replace macro collection_of(source, key, name) as
  case
    when key is not null then json_object('id', thing_id('collection', concat(source, ':', key)), 'name', name)
  end;
