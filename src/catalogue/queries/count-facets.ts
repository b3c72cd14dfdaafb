import type { Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import type { ServedState } from './catalogue-state.ts';
import { withoutOwn, type Facet } from './facet-filters.ts';
import { areCellsEnough, exactStatement, sampledStatement, type FacetRow } from './facet-statements.ts';
import type { TitleFilters } from './title-filters.ts';

/** A value of a facet: a genre, the first year of a decade, a kind, a code, whole points of a rating. */
interface FacetValue {
  readonly value: string;
  /** Of a language or a country. */
  readonly name?: string;
  /** Titles that have it, of those that pass all filters but the facet's own. */
  readonly count: number;
}

/** The counts of one facet: values by count, most first, then by value; those that no title has are left out. */
export interface FacetCounts {
  readonly kind: 'exact' | 'estimated';
  /** Of an estimate: in 95 of 100 cases the count of a value that one title in a hundred has is off by at most this share; 0 where exact. */
  readonly error: number;
  readonly values: readonly FacetValue[];
}

export type CountedFacets = Partial<Record<Facet, FacetCounts>>;

/** So many titles are always counted exactly. */
const MOST_EXACT = 20_000;

/** By how much a sample may seem to have more than `MOST_EXACT` titles that has fewer. */
const NEAR = 1.3;

const ALL_BOUND = 1_048_576;

/**
 * Counts the facets of a list: the titles that pass `filters`, each facet as if its own filters were off. Exact where cells tell, where
 * the sample has all titles, and of up to `mostExact` titles; else estimated. `matches`: only of those among these.
 */
export async function countFacets(
  db: Queryable,
  filters: TitleFilters,
  facets: readonly Facet[],
  matches: Sql | null = null,
  mostExact = MOST_EXACT,
): Promise<{ readonly facets: CountedFacets; readonly states: readonly ServedState[] }> {
  const counted: CountedFacets = {};
  const states: ServedState[] = [];
  const ask = async (statement: Sql): Promise<FacetRow[]> => {
    const rows = await db.query<FacetRow>({
      text: statement.text,
      values: statement.values,
      planEachTime: true,
    });
    const [first] = rows;
    if (first === undefined) throw new Error('catalogue_state has no row');
    states.push({ version: first.version, journalSeq: first.journal_seq });
    return rows;
  };
  const rows = await ask(sampledStatement(filters, facets, matches));
  const bound = areCellsEnough(filters, matches !== null) ? ALL_BOUND : (rows[0]?.bound ?? ALL_BOUND);
  for (const facet of facets) {
    const estimated = facetCounts(rows, facet, bound);
    if (estimated.kind === 'estimated' && totalOf(rows, facet, bound) <= mostExact * NEAR) {
      const exact = await ask(exactStatement(withoutOwn(filters, facet), facet, matches, mostExact));
      if (totalOf(exact, facet, ALL_BOUND) <= mostExact) {
        counted[facet] = facetCounts(exact, facet, ALL_BOUND);
        continue;
      }
    }
    counted[facet] = estimated;
  }
  return { facets: counted, states };
}

function totalOf(rows: readonly FacetRow[], facet: Facet, bound: number): number {
  const all = rows.find((row) => row.facet === facet && row.value === null);
  return ((all?.titles ?? 0) * ALL_BOUND) / bound;
}

function facetCounts(rows: readonly FacetRow[], facet: Facet, bound: number): FacetCounts {
  const values = rows.flatMap(({ facet: of, value, name, titles }) =>
    of === facet && value !== null && titles > 0
      ? [{ value, ...(name === null ? {} : { name }), count: Math.round((titles * ALL_BOUND) / bound) }]
      : [],
  );
  const share = bound / ALL_BOUND;
  const error = share < 1 ? errorOf(totalOf(rows, facet, ALL_BOUND) / 100, share) : 0;
  return { kind: share < 1 ? 'estimated' : 'exact', error, values };
}

/** The half width of the 95 % interval of a count of which `seen` were found in a sample of `share` of all, as a share of it. */
function errorOf(seen: number, share: number): number {
  return Math.round(1000 * Math.min(1, 1.96 * Math.sqrt((1 - share) / Math.max(seen, 1)))) / 1000;
}
