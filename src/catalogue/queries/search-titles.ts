import sql, { raw, type Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import type { Kind, Section } from '../../model/kinds.ts';
import { isSameState, type ServedState } from './catalogue-state.ts';
import { lookUpWords } from './look-up-words.ts';
import { meaningsOf } from './meant-words.ts';
import { matchesSelect, type SearchReach } from './search-matches.ts';
import { SECTION_OF_TITLE } from './title-section.ts';
import { typedWords, wholeNames } from './search-text.ts';

export interface SearchRequest {
  /** Most titles of the answer. */
  readonly limit: number;
  /** Titles of these kinds alone; empty: of all. */
  readonly kinds: readonly Kind[];
}

/** A title that was found. */
export interface FoundTitle {
  readonly id: string;
  readonly title: string;
  readonly originalTitle: string;
  readonly kind: Kind;
  readonly year: number | null;
  readonly genres: readonly string[];
  /** 0 to 10. */
  readonly rating: number | null;
  readonly votes: number | null;
  readonly posterUrl: string | null;
  /** Null: it is in none. */
  readonly section: Section | null;
}

export interface SearchResult extends ReadMatches {
  readonly titles: readonly FoundTitle[];
}

/** What may be read for each letter that is typed. */
const AS_TYPED: SearchReach = { listed: 4_000, best: 160, mostVoted: 60 };

/**
 * The titles that `text` may mean, most relevant first: words may be mistyped, missing or in another order, the
 * last may be only begun, and one may be the year. None where nothing is like it.
 */
export async function searchTitles(
  db: Queryable,
  text: string,
  { limit, kinds }: SearchRequest,
): Promise<SearchResult> {
  const condition = kinds.length === 0 ? null : sql`t.kind = any(${kinds}::text[])`;
  return readMatches(db, text, { reach: AS_TYPED, condition }, async (matches) => {
    const [row] = await db.query<FoundRow>(foundStatement(matches, limit));
    if (row === undefined) throw new Error('catalogue_state has no row');
    const state = { version: row.version, journalSeq: row.journal_seq };
    return { titles: row.titles ?? [], words: row.words ?? 0, state };
  });
}

interface FoundRow {
  readonly version: number;
  readonly journal_seq: number;
  readonly titles: FoundTitle[] | null;
  readonly words: number | null;
}

function foundStatement(matches: Sql, limit: number): Sql {
  return sql`
    select state.version, state.journal_seq, found.titles, found.words
    from catalogue_state as state
    cross join (
      select
        json_agg(row_to_json(item) order by m.relevance desc, m.id) as titles,
        max(m.words) as words
      from (
        select id, words, relevance
        from (${matches}) as matching
        order by relevance desc, id
        limit ${raw(String(limit))}
      ) as m
      join title as t
        on t.id = m.id
      cross join lateral (
        select
          t.id,
          t.title,
          t.original_title as "originalTitle",
          t.kind,
          t.year,
          t.genres,
          t.rating,
          t.votes,
          t.poster_url as "posterUrl",
          ${SECTION_OF_TITLE} as section
      ) as item
    ) as found`;
}

/** What was read of the titles that match a text. */
export interface ReadMatches {
  /** Of how many of the typed words the best has. */
  readonly words: number;
  readonly state: ServedState;
}

/** A publish between the statements of a search has it done again. */
const MOST_TRIES = 3;

/**
 * Reads, by `read`, the titles that match `text`: as it is typed, and where none has every word, with each taken for mistyped. The words
 * are looked up before, by a statement of their own; both are of one moment, unless publishes follow each other at once.
 */
export async function readMatches<T extends ReadMatches>(
  db: Queryable,
  text: string,
  { reach, condition }: { readonly reach: SearchReach; readonly condition: Sql | null },
  read: (matches: Sql) => Promise<T>,
): Promise<T> {
  const typed = typedWords(text);
  let forgiving = false;
  for (let attempt = 1; ; attempt += 1) {
    const words = await lookUpWords(db, typed, forgiving);
    const found = await read(matchesSelect(meaningsOf(typed, words), wholeNames(text), reach, condition));
    if (!isSameState(found.state, words.state) && attempt < MOST_TRIES) continue;
    if (forgiving || found.words >= typed.length) return found;
    forgiving = true;
  }
}
