import sql, { raw, type Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import { readMatches, type ReadMatches } from './search-titles.ts';

/** Most films that a list of what is found by a text has. */
export const MOST_MATCHES = 10_000;

const WHOLE_LIST = { listed: MOST_MATCHES, best: MOST_MATCHES, mostVoted: 0 };

/**
 * Reads, by `read`, the films that have every word of `text`, or where none has, as many as any has: a select of `id`, `words`
 * and `relevance`. Of more than `MOST_MATCHES` the most relevant.
 */
export function readFilmMatches<T extends ReadMatches>(
  db: Queryable,
  text: string,
  read: (matches: Sql) => Promise<T>,
): Promise<T> {
  return readMatches(db, text, { reach: WHOLE_LIST, condition: sql`t.is_film` }, (matches) =>
    read(sql`
      select id, words, relevance
      from (
        select matching.*, max(words) over () as most
        from (${matches}) as matching
      ) as judged
      where words = most
      order by relevance desc, id
      limit ${raw(String(MOST_MATCHES))}`),
  );
}
