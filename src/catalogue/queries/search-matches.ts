import sql, { join, raw, type Sql } from 'sql-template-tag';

import { MOST_BEGUN } from './look-up-words.ts';
import type { Meaning } from './meant-words.ts';
import { TITLE_NUMBER } from './title-number.ts';
import { IN_SECTION } from './title-section.ts';

/** How far a search looks. */
export interface SearchReach {
  /** Titles that are read of the list of one word, most voted first; of one that only goes on from what is typed, `best`. */
  readonly listed: number;
  /** Titles whose names are looked at, of those that pass: the ones that gain most by the lists, and the ones with most votes. */
  readonly best: number;
  readonly mostVoted: number;
}

/** What makes a title relevant besides having the words. */
const GAINS = {
  /** A name of nothing but the words; it may have an article before them. */
  whole: 0.2,
  /** One that is just what is typed, besides. */
  exact: 0.07,
  /** A name that begins with them. */
  begins: 0.05,
  /** For each power of e of its votes. */
  votes: 0.02,
} as const;

const ARTICLES = [
  'the',
  'a',
  'an',
  'le',
  'la',
  'les',
  'l',
  'un',
  'une',
  'el',
  'los',
  'las',
  'il',
  'lo',
  'gli',
  'i',
  'der',
  'die',
  'das',
  'ein',
  'eine',
  'de',
  'het',
];

/**
 * The titles that have what is meant, as a select of `id`, `words` (how many of the typed words it has), `relevance`, a whole number,
 * higher the more relevant, and `is_cut`, of all the same: whether there may be more. Candidates come from the lists of the words that
 * say most; how well they fit is seen in their names. `names`: what a title is called that is called just as it is typed. `condition`: what
 * must hold of a title `t`; null: nothing.
 */
export function matchesSelect(
  meanings: readonly Meaning[],
  names: readonly string[],
  reach: SearchReach,
  condition: Sql | null,
): Sql {
  const meant = meanings.flatMap(({ words }) => words);
  const read = wordsToRead(meanings, reach);
  const begun = meanings.filter((one) => one.begun !== null);
  const years = meanings.filter((one) => one.year !== null);
  const total = meanings.reduce((sum, { weight }) => sum + weight, 0);
  const isCut = areListsWhole(meanings, read, reach)
    ? sql`(select count(*) from gaining) >= ${raw(String(reach.best))}`
    : sql`true`;
  return sql`
    with meant as materialized (
      select *
      from unnest(
        ${meant.map(({ token }) => token)}::int[],
        ${meant.map(({ word }) => word)}::text[],
        ${meant.map(({ gain }) => gain)}::float8[],
        ${meant.map(({ token, isGuess }) => (read.has(token) ? (isGuess ? reach.best : reach.listed) : 0))}::int[]
      ) as m (token, word, gain, most)
    ),
    listed as materialized (
      select number, sum(gain) as gain
      from (
        select l.number, m.token, max(m.gain) as gain
        from meant as m
        join search_word as w
          on w.word = m.word
        cross join lateral unnest(w.numbers[1:m.most]) as l (number)
        where m.most > 0
        group by l.number, m.token
      ) as of_word
      group by number
    ),
    gaining as materialized (${firstListed(sql`gain desc, number desc`, reach.best, condition)}),
    found as materialized (
      select id, title_sort, year, votes from gaining
      union
      (${firstListed(sql`number desc`, reach.mostVoted, condition)})
      union
      (${calledSo(names, reach.best, condition)})
    ),
    named as materialized (
      select row_number() over () as name_number, n.*
      from (
        select id, title_sort as name, year, votes
        from found
        union all
        select f.id, n.name, f.year, f.votes
        from found as f
        join title_name as n
          on n.title_id = f.id
      ) as n
    ),
    word as materialized (
      select n.name_number, w.word, w.place
      from named as n
      cross join lateral string_to_table(n.name, ' ') with ordinality as w (word, place)
    ),
    hit as (
      select name_number, token, max(gain) as gain, min(place) as place
      from (
        select w.name_number, m.token, m.gain, w.place
        from word as w
        join meant as m
          on m.word = w.word
        union all
        select w.name_number, b.token, b.gain, w.place
        from word as w
        join unnest(
          ${begun.map(({ token }) => token)}::int[],
          ${begun.map((one) => one.begun?.prefix)}::text[],
          ${begun.map((one) => one.begun?.gain)}::float8[]
        ) as b (token, prefix, gain)
          on starts_with(w.word, b.prefix)
        union all
        select n.name_number, y.token, y.gain, null
        from named as n
        join unnest(
          ${years.map(({ token }) => token)}::int[],
          ${years.map(({ year }) => year)}::int[],
          ${years.map(({ weight }) => weight)}::float8[]
        ) as y (token, year, gain)
          on y.year = n.year
      ) as fitting
      group by name_number, token
    ),
    fitted as (
      select name_number, sum(gain) as gain, count(*) as words, count(distinct place) as places, min(place) as place
      from hit
      group by name_number
    )
    select
      n.id,
      max(f.words) as words,
      max(
        round(
          1000000000 * (
            f.gain / ${total}::float8
            + case when n.name = any(${names}::text[]) then ${GAINS.exact}::float8 else 0 end
            + case
              when n.name = any(${names}::text[]) or f.places >= own.words - own.articles then ${GAINS.whole}::float8
              else 0
            end
            + case when f.place <= own.articles + 1 then ${GAINS.begins}::float8 else 0 end
            + ${GAINS.votes}::float8 * ln(1 + coalesce(n.votes, 0))
          )
        )
      )::bigint as relevance,
      ${isCut} as is_cut
    from fitted as f
    join named as n
      on n.name_number = f.name_number
    cross join lateral (
      select
        cardinality(string_to_array(n.name, ' ')) as words,
        (split_part(n.name, ' ', 1) = any(${ARTICLES}::text[]) and f.place > 1)::int as articles
    ) as own
    group by n.id`;
}

/**
 * Of so many numbers one at least leads to a title: each that is outdated has one that took its place, but for titles that are gone. To
 * put all in order would take half as long as all the rest.
 */
const OUTDATED = 3;

/**
 * The first of the titles listed that pass the condition. Numbers are led to titles in order, until there are enough: one may be
 * outdated, and then leads to none.
 */
function firstListed(order: Sql, count: number, condition: Sql | null): Sql {
  const enough = condition === null ? sql`limit ${raw(String(OUTDATED * count))}` : sql`offset 0`;
  return sql`
    select t.id, t.title_sort, t.year, t.votes
    from (select number from listed order by ${order} ${enough}) as l
    cross join lateral (
      select * from title as t where ${TITLE_NUMBER} = l.number and ${condition ?? sql`true`} offset 0
    ) as t
    limit ${raw(String(count))}`;
}

/** The titles with these sort forms that pass the condition, most voted first, by the indexes of their sections. */
function calledSo(names: readonly string[], count: number, condition: Sql | null): Sql {
  const ofSections = Object.values(IN_SECTION).map(
    (inSection) => sql`
      select t.id, t.title_sort, t.year, t.votes
      from title as t
      where ${inSection}
        and t.title_sort = any(${names}::text[])
        and ${condition ?? sql`true`}`,
  );
  return sql`
    select *
    from (${join(ofSections, ' union all ')}) as called
    order by votes desc nulls last, id
    limit ${raw(String(count))}`;
}

/** A word that more titles have says too little to begin with, unless all do. */
const TOO_MANY = 4_000;

/** A prefix so short does not say which words are meant, where others do. */
const SHORT_PREFIX = 3;

/** The places of the typed words whose lists are read. The others are only looked for in the names of the titles found. */
function wordsToRead(meanings: readonly Meaning[], { listed }: SearchReach): ReadonlySet<number> {
  const some = meanings.filter(({ words }) => words.length > 0);
  const telling = some.filter(
    ({ words, begun, year }) =>
      year === null &&
      (begun === null || Array.from(begun.prefix).length > SHORT_PREFIX) &&
      words.reduce((sum, { size }) => sum + size, 0) <= Math.max(TOO_MANY, listed),
  );
  const read = telling.length > 0 ? telling : some;
  return new Set(read.map(({ token }) => token));
}

/** Whether every title with all that is meant stands in a list that is read to its end. */
function areListsWhole(
  meanings: readonly Meaning[],
  read: ReadonlySet<number>,
  { listed, best }: SearchReach,
): boolean {
  return meanings.some(
    ({ token, words, begun }) =>
      read.has(token) &&
      words.every(({ size, isGuess }) => size <= (isGuess ? best : listed)) &&
      (begun === null || words.length < MOST_BEGUN),
  );
}
