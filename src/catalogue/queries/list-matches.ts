import sql, { raw, type Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import type { Section } from '../../model/kinds.ts';
import { readMatches, type ReadMatches } from './search-titles.ts';
import { IN_SECTION } from './title-section.ts';

/** Most titles that a list of what is found by a text has. */
export const MOST_MATCHES = 10_000;

const WHOLE_LIST = { listed: MOST_MATCHES, best: MOST_MATCHES, mostVoted: 0 };

/**
 * Reads, by `read`, the titles of the section that have every word of `text`, or where none has, as many as any has: a select of `id`,
 * `words` and `relevance`. Of more than `MOST_MATCHES` the most relevant.
 */
export function readListedMatches<T extends ReadMatches>(
  db: Queryable,
  text: string,
  section: Section,
  read: (matches: Sql) => Promise<T>,
): Promise<T> {
  return readMatches(db, text, { reach: WHOLE_LIST, condition: IN_SECTION[section] }, (matches) =>
    read(sql`
      select id, words, relevance, is_cut
      from (
        select matching.*, max(words) over () as most
        from (${matches}) as matching
      ) as judged
      where words = most
      order by relevance desc, id
      limit ${raw(String(MOST_MATCHES))}`),
  );
}
