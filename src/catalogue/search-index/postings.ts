import { literal } from '../../model/lake-engine.ts';
import type { LakeEngine } from '../../model/lake-engine.ts';
import type { SearchTable } from '../served-columns.ts';
import { gramsSelect } from './grams.ts';

/** The words of so many rows are grouped at once: grouping into lists does not spill, and 4 million rows take about 300 MB. */
const ROWS_AT_ONCE = 4_000_000;

/**
 * Leaves the temp table `search_posting` in the engine: a row for each word of each name of the titles, and for each title's
 * year, with the number that stands for the title. Gives the selects of the rows of a search table: one for each bucket of
 * words that can be grouped at once.
 */
export async function listPostings(
  engine: LakeEngine,
  titleFile: string,
  nameFile: string,
): Promise<(table: SearchTable) => string[]> {
  await engine.run(postings(literal(titleFile), literal(nameFile)));
  const [counted] = await engine.rows<{ rows: number }>('select count(*) as rows from search_posting');
  const buckets = Math.ceil((counted?.rows ?? 0) / ROWS_AT_ONCE);
  return (table) =>
    Array.from({ length: buckets }, (_, bucket) => SELECTS[table](`hash(word) % ${buckets} = ${bucket}`));
}

/** The number of a title, of its votes and its id; `TITLE_NUMBER` has the same for PostgreSQL. */
const NUMBER = `coalesce(votes, 0)::bigint * 1048576 + concat('0x', left(id::varchar, 5))::bigint`;

function postings(titles: string, names: string): string {
  return `
    create or replace temp table search_posting as
    select number, unnest(list_distinct(list_append(string_split(title_sort, ' '), year::varchar))) as word
    from (
      select title_sort, year, ${NUMBER} as number
      from ${titles}
    ) as t
    union all
    select number, unnest(list_distinct(string_split(name, ' ')))
    from (
      select n.name, ${NUMBER} as number
      from ${names} as n
      join ${titles} as t
        on t.id = n.title_id
    ) as n`;
}

/** Whether a word may stand in the text of an array of PostgreSQL as it is; and how it stands there otherwise. */
const IS_PLAIN = `regexp_full_match(word, '[\\p{L}\\p{N}]+') and word <> 'null'`;
const QUOTED = `concat('"', replace(replace(word, '\\', '\\\\'), '"', '\\"'), '"')`;

const SELECTS: Readonly<Record<SearchTable, (condition: string) => string>> = {
  search_word: (condition) => `
    select
      word,
      numbers[1] as best,
      len(numbers) as size,
      concat('{', array_to_string(numbers, ','), '}') as numbers,
      false as added
    from (
      select word, list_reverse_sort(list_distinct(list(number))) as numbers
      from search_posting
      where word <> ''
        and ${condition}
      group by word
    ) as w`,
  search_gram: (condition) => `
    select gram, concat('{', string_agg(item, ','), '}') as words
    from (
      select gram, case when ${IS_PLAIN} then word else ${QUOTED} end as item
      from (
        ${gramsSelect(`(select distinct word from search_posting where ${condition})`)}
      ) as g
    ) as listed
    group by gram`,
};
