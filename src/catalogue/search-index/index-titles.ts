import sql, { raw } from 'sql-template-tag';

import type { Transaction } from '../../db/database.ts';
import { searchNames } from '../../model/search-names.ts';
import { ID_OF_NUMBER, TITLE_NUMBER } from '../queries/title-number.ts';
import { gramsSelect, SHORT_WORD } from './grams.ts';

/**
 * Has the titles found by what they are called and by their year as they stand in `title` now, whoever wrote them there; ids
 * that no title has are passed over. Lists of words keep what they had of them, which finds nothing where it is no
 * longer so: who is found is seen in the title itself.
 */
export async function indexTitles(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await renewNames(tx, ids);
  await addWords(tx, ids);
}

/** Makes the rows of `title_name` that are other forms of the titles' own names. */
async function renewNames(tx: Transaction, ids: readonly string[]): Promise<void> {
  const titles = await tx.query<{ id: string; title: string; originalTitle: string }>(sql`
    select id, title, original_title as "originalTitle"
    from title
    where id = any(${ids}::uuid[])`);
  const names = titles.flatMap(({ id, title, originalTitle }) =>
    searchNames(title, originalTitle).map((name) => ({ id, name })),
  );
  await tx.query(sql`
    delete from title_name
    where title_id = any(${ids}::uuid[])
      and not is_aka`);
  await tx.query(sql`
    insert into title_name (title_id, name, is_aka)
    select title_id, name, false
    from unnest(${names.map(({ id }) => id)}::uuid[], ${names.map(({ name }) => name)}::text[]) as n (title_id, name)
    on conflict (title_id, name) do update
    set is_aka = false`);
}

/**
 * Adds the titles to the lists of their words, and takes away what was added for them before. Each title's words come in order, and
 * words that are new are brought near to others like them. Titles that have their numbers too are added again with them.
 */
async function addWords(tx: Transaction, ids: readonly string[]): Promise<void> {
  const numbers = sql`
    select t.id, ${TITLE_NUMBER} as number, t.title_sort, t.year
    from title as t
    where ${TITLE_NUMBER} in (select ${TITLE_NUMBER} from title as t where t.id = any(${ids}::uuid[]))`;
  await tx.query(sql`
    delete from search_word as w
    where w.added
      and (w.best & 1048575) in (select ${ID_OF_NUMBER} from title as t where t.id = any(${ids}::uuid[]))
      and (
        w.best in (select ${TITLE_NUMBER} from title as t where t.id = any(${ids}::uuid[]))
        or not exists (select from title as t where ${TITLE_NUMBER} = w.best)
      )`);
  await tx.query(sql`
    with added as (
      insert into search_word (word, best, size, numbers, added)
      select w.word, n.number, 1, array[n.number], true
      from (${numbers}) as n
      cross join lateral (
        select string_to_table(n.title_sort, ' ') as word
        union
        select string_to_table(name, ' ')
        from title_name
        where title_id = n.id
        union
        select n.year::text
      ) as w
      where w.word <> ''
      returning word
    ),
    new_word as (
      select distinct word
      from added
      where not exists (select from search_word as known where known.word = added.word)
        and not exists (
          select
          from search_gram as g
          where g.gram = substr('^' || added.word, 1, case when length(added.word) < ${raw(String(SHORT_WORD))} then 2 else 3 end)
            and added.word = any(g.words)
        )
    )
    insert into search_gram (gram, words)
    select gram, array_agg(word)
    from (${raw(gramsSelect('new_word'))}) as g
    group by gram`);
}
