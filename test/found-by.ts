import sql from 'sql-template-tag';

import { TITLE_NUMBER } from '../src/catalogue/queries/title-number.ts';
import type { Queryable } from '../src/db/database.ts';

/**
 * By which words which titles are found, and under which stretches of letters these words are listed: without what the tables by which
 * titles are found have of titles that are gone or are called otherwise now, and however often they say it.
 */
export async function foundBy(db: Queryable) {
  const words = await db.query(sql`
    select distinct w.word, t.key
    from search_word as w
    cross join lateral unnest(w.numbers) as n (number)
    join title as t
      on ${TITLE_NUMBER} = n.number
    where w.word = t.year::text
      or w.word = any(string_to_array(t.title_sort, ' '))
      or exists (
        select
        from title_name
        where title_id = t.id
          and w.word = any(string_to_array(name, ' '))
      )
    order by w.word, t.key`);
  const live = new Set(words.map(({ word }) => word));
  const grams = await db.query(sql`
    select distinct gram, word
    from search_gram
    cross join lateral unnest(words) as w (word)
    order by gram, word`);
  return { words, grams: grams.filter(({ word }) => live.has(word)) };
}
