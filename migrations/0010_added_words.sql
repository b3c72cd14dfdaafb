-- The words that titles brought since the last large publish: in order, so that those with one beginning are read without the
-- others, and by the part of a number that stays the same when the title's votes change, so that what is outdated is found.

create index search_word_added_by_word on search_word (word, best, size) where added;
create index search_word_added_by_title on search_word ((best & 1048575)) where added;
drop index search_word_added;
