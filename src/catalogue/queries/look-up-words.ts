import sql, { raw, type Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import type { ServedState } from './catalogue-state.ts';
import type { TypedWord } from './search-text.ts';
import { exchangesOf, gramsOf, LEAST_MISTYPED } from './word-grams.ts';

/** A word that titles have. */
export interface KnownWord {
  readonly word: string;
  /** The number of its most voted title. */
  readonly best: number;
  /** How many titles have it, more or less. */
  readonly size: number;
}

/** What the titles' words have for those typed. */
export interface LookedUp {
  /** The typed words and their other spellings that there are. */
  readonly known: ReadonlyMap<string, KnownWord>;
  /** Words that go on from the one that is begun, of the most voted titles. */
  readonly begun: readonly KnownWord[];
  /** For each typed word, by its place, words that are like it. */
  readonly near: ReadonlyMap<number, readonly KnownWord[]>;
  readonly state: ServedState;
}

/** So many words that go on from a prefix: the titles beyond have fewer votes than those of all of these. */
export const MOST_BEGUN = 60;

/** Words like a typed one by stretches of either length; most of them turn out to be too far from it. */
const MOST_NEAR = 40;

/** Mistyped words that are looked for in one text, the longest. Each takes some ten thousand comparisons. */
const MOST_MISTYPED = 4;

/** A word whose most voted title has as many votes is meant as it is typed, unless nothing is found by it. */
const WELL_KNOWN_VOTES = 1_000;

/** Looks up what is typed among the words of titles; `forgiving`: words like it also where it is a well known word itself. */
export async function lookUpWords(
  db: Queryable,
  typed: readonly TypedWord[],
  forgiving: boolean,
): Promise<LookedUp> {
  const words = [...new Set(typed.flatMap(({ text, others }) => [text, ...others]))];
  const last = typed.find(({ isBegun }) => isBegun);
  const mistyped = typed
    .map(({ text, isBegun, others }, token) => ({ token, text: others.find(isLatin(text)) ?? text, isBegun }))
    .filter(({ text }) => Array.from(text).length >= LEAST_MISTYPED)
    .sort((a, b) => b.text.length - a.text.length)
    .slice(0, MOST_MISTYPED)
    .map((word) => ({ ...word, letters: word.isBegun ? null : Array.from(word.text).length }));
  const grams = mistyped.flatMap((word) =>
    gramsOf(word.text, word.isBegun).map((gram) => ({ ...word, gram })),
  );
  const exchanged = mistyped.flatMap((word) => exchangesOf(word.text).map((other) => ({ ...word, other })));
  const wellKnown = forgiving ? Number.MAX_SAFE_INTEGER : WELL_KNOWN_VOTES * 1_048_576;
  const rows = await db.query<WordRow>(sql`
    with known as (
      select word, max(best) as best, sum(size)::bigint as size
      from search_word
      where word = any(${words}::text[])
      group by word
    ),
    begun as (
      select word, max(best) as best, sum(size)::bigint as size
      from (
        (
          select word, best, size
          from search_word
          where not added
            and ${last === undefined ? sql`false` : startsWith(last.text)}
          order by best desc
          limit ${raw(String(MOST_BEGUN))}
        )
        union all
        (
          select word, max(best), sum(size)
          from search_word
          where added
            and ${last === undefined ? sql`false` : isBetween(last.text)}
          group by word
          order by 2 desc
          limit ${raw(String(MOST_BEGUN))}
        )
      ) as first
      group by word
      order by 2 desc, word
      limit ${raw(String(MOST_BEGUN))}
    ),
    gram as (
      select token, gram, length(gram) as stretch, letters
      from unnest(
        ${grams.map(({ token }) => token)}::int[],
        ${grams.map(({ gram }) => gram)}::text[],
        ${grams.map(({ text }) => text)}::text[],
        ${grams.map(({ letters }) => letters)}::int[]
      ) as m (token, gram, text, letters)
      where ${mayBeMistyped(wellKnown)}
    ),
    near as (
      select token, word
      from (
        select
          g.token,
          w.word,
          row_number() over (
            partition by g.token, g.stretch
            order by 2 * count(*) - coalesce(abs(length(w.word) - min(g.letters)), 0) desc, w.word
          ) as place
        from gram as g
        join search_gram as s
          on s.gram = g.gram
        cross join lateral unnest(s.words) as w (word)
        where g.letters is null or abs(length(w.word) - g.letters) <= 2
        group by g.token, g.stretch, w.word
        having count(*) >= 2
      ) as ranked
      where place <= ${raw(String(MOST_NEAR))}
      union
      select token, other
      from unnest(
        ${exchanged.map(({ token }) => token)}::int[],
        ${exchanged.map(({ other }) => other)}::text[],
        ${exchanged.map(({ text }) => text)}::text[],
        ${exchanged.map(({ letters }) => letters)}::int[]
      ) as m (token, other, text, letters)
      where ${mayBeMistyped(wellKnown)}
    )
    select state.version, state.journal_seq, found.*
    from catalogue_state as state
    left join (
      select 'known' as how, null::int as token, word, best, size
      from known
      union all
      select 'begun', null, word, best, size
      from begun
      union all
      select 'near', n.token, n.word, w.best, w.size
      from near as n
      cross join lateral (
        select max(best) as best, sum(size)::bigint as size
        from search_word
        where word = n.word
      ) as w
      where w.best is not null
    ) as found on true
    order by found.how, found.best desc, found.word`);
  return lookedUp(rows);
}

/** Whether `m` is none that is meant as it is typed: a word, or a beginning of some, with so high a number. */
function mayBeMistyped(wellKnown: number): Sql {
  return sql`not exists (select from known where known.word = m.text and known.best >= ${wellKnown}::bigint)
        and not (m.letters is null and exists (select from begun where begun.best >= ${wellKnown}::bigint))`;
}

interface WordRow extends KnownWord {
  readonly version: number;
  readonly journal_seq: number;
  /** Null: nothing was found. */
  readonly how: 'known' | 'begun' | 'near' | null;
  readonly token: number | null;
}

function lookedUp(rows: readonly WordRow[]): LookedUp {
  const [first] = rows;
  if (first === undefined) throw new Error('catalogue_state has no row');
  const near = new Map<number, KnownWord[]>();
  for (const row of rows)
    if (row.how === 'near' && row.token !== null) near.set(row.token, [...(near.get(row.token) ?? []), row]);
  return {
    known: new Map(rows.filter(({ how }) => how === 'known').map((row) => [row.word, row])),
    begun: rows.filter(({ how }) => how === 'begun'),
    near,
    state: { version: first.version, journalSeq: first.journal_seq },
  };
}

/** Of the shortest prefixes, an index has the words by votes; of longer ones few enough go on. */
function startsWith(prefix: string): Sql {
  const letters = Array.from(prefix).length;
  return letters <= 3 ? sql`left(word, ${raw(String(letters))}) = ${prefix}` : isBetween(prefix);
}

/** The same in the order of words, in which an index has those that titles brought since: one row for each title, so of many few words. */
function isBetween(prefix: string): Sql {
  return sql`word >= ${prefix} and word < ${prefix + LAST_CHARACTER}`;
}

/** No text is after it. */
const LAST_CHARACTER = '\u{10FFFF}';

function isLatin(text: string): (other: string) => boolean {
  return (other) => /^[a-z]+$/.test(other) && !/[a-z0-9]/.test(text);
}
