import sql from 'sql-template-tag';

/**
 * Whether a source has the key now, of a row `k` with a `key` that leads to the title `t`: an id of a key that its source has dropped
 * leads on to its title. Of a title that one source describes no claims are told, and its best key is that source's, if any is.
 */
export const IS_HELD_KEY = sql`(
  split_part(k.key, ':', 1) = any(t.sources)
  and case
    when k.key = t.key then true
    when exists (select from title_claim as c where c.title_id = t.id) then exists (
      select from title_claim as c
      where c.title_id = t.id
        and c.source = split_part(k.key, ':', 1)
        and c.source_key = substr(k.key, strpos(k.key, ':') + 1)
    )
    else split_part(t.key, ':', 1) <> split_part(k.key, ':', 1)
  end
)`;
