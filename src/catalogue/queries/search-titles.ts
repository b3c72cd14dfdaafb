import sql, { raw, type Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import type { Kind } from '../../model/kinds.ts';
import { searchName } from '../../model/search-names.ts';
import { isSameState, type ServedState } from './catalogue-state.ts';
import { lookUpWords } from './look-up-words.ts';
import { meaningsOf } from './meant-words.ts';
import { matchesSelect, type SearchReach } from './search-matches.ts';
import { typedWords } from './search-text.ts';
import type { ServedJson } from './served-json.ts';

export interface SearchRequest {
  /** Most titles of the answer. */
  readonly limit: number;
  /** Titles of these kinds alone; empty: of all. */
  readonly kinds: readonly Kind[];
}

/** What may be read for each letter that is typed. */
const AS_TYPED: SearchReach = { listed: 4_000, best: 300, mostVoted: 100 };

/** A publish between the statements of a search has it done again. */
const MOST_TRIES = 3;

/**
 * The titles that `text` may mean, most relevant first, as a JSON array: words may be mistyped, missing or in another order, the
 * last may be only begun, and one may be the year. None where nothing is like it.
 */
export async function searchTitles(db: Queryable, text: string, request: SearchRequest): Promise<ServedJson> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await searchOnce(db, text, request, false);
    const best = found.hasAll ? found : await searchOnce(db, text, request, true);
    if (isSameState(best.state, best.lookedUpIn) || attempt >= MOST_TRIES) return best;
  }
}

interface Found extends ServedJson {
  /** Whether some title has every word. */
  readonly hasAll: boolean;
  /** What was served when the words were looked up. */
  readonly lookedUpIn: ServedState;
}

async function searchOnce(
  db: Queryable,
  text: string,
  { limit, kinds }: SearchRequest,
  forgiving: boolean,
): Promise<Found> {
  const typed = typedWords(text);
  const words = await lookUpWords(db, typed, forgiving);
  const meanings = meaningsOf(typed, words);
  const ofKind = kinds.length === 0 ? sql`true` : sql`t.kind = any(${kinds}::text[])`;
  const matches = matchesSelect(meanings, searchName(text), AS_TYPED, ofKind);
  const [row] = await db.query<FoundRow>(foundStatement(matches, limit));
  if (row === undefined) throw new Error('catalogue_state has no row');
  return {
    json: row.json ?? '[]',
    hasAll: row.words !== null && row.words >= typed.length,
    state: { version: row.version, journalSeq: row.journal_seq },
    lookedUpIn: words.state,
  };
}

interface FoundRow {
  readonly version: number;
  readonly journal_seq: number;
  readonly json: string | null;
  readonly words: number | null;
}

function foundStatement(matches: Sql, limit: number): Sql {
  return sql`
    select state.version, state.journal_seq, found.json, found.words
    from catalogue_state as state
    cross join (
      select
        json_agg(row_to_json(item) order by relevance desc, item.id)::text as json,
        max(words) as words
      from (
        select id, words, relevance
        from (${matches}) as matching
        order by relevance desc, id
        limit ${raw(String(limit))}
      ) as m
      join title as t on t.id = m.id
      cross join lateral (
        select
          t.id,
          t.title,
          t.original_title as "originalTitle",
          t.kind,
          t.year,
          t.rating,
          t.votes,
          t.poster_url as "posterUrl"
      ) as item
    ) as found`;
}
