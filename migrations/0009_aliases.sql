-- Ids of keys that their sources have dropped lead on, and come back to the title that they led to.

-- The title that the key led to last while its source had it; null: its source has it.
alter table title_alias add column led_to uuid;
