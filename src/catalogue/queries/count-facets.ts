import type { Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import type { ServedState } from './catalogue-state.ts';
import { WHOLE_SAMPLE } from '../facet-index/slices.ts';
import { areBitsEnough, areCellsEnough, ofNoFacet, withoutOwn, type Facet } from './facet-filters.ts';
import { bitsStatement, cellsStatement, titlesStatement, type FacetRow } from './facet-statements.ts';
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

interface FacetCount {
  readonly facets: CountedFacets;
  /** What was served at each of the statements. */
  readonly states: readonly ServedState[];
}

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
): Promise<FacetCount> {
  const asked = asking(db);
  const counted =
    matches === null && areBitsEnough(filters)
      ? await countByBits(asked, filters, facets, mostExact)
      : await countAmong(asked, filters, facets, matches, mostExact);
  return { facets: counted, states: asked.states };
}

interface Asking {
  readonly states: ServedState[];
  readonly ask: (statement: Sql) => Promise<FacetRow[]>;
}

function asking(db: Queryable): Asking {
  const states: ServedState[] = [];
  const ask = async ({ text, values }: Sql): Promise<FacetRow[]> => {
    const rows = await db.query<FacetRow>({ text, values, planEachTime: true });
    const [first] = rows;
    if (first === undefined) throw new Error('catalogue_state has no row');
    states.push({ version: first.version, journalSeq: first.journal_seq });
    return rows;
  };
  return { states, ask };
}

async function countByBits(
  { ask }: Asking,
  filters: TitleFilters,
  facets: readonly Facet[],
  mostExact: number,
): Promise<CountedFacets> {
  const rows = await ask(bitsStatement(filters, facets));
  const bound = boundOf(rows);
  if (bound < WHOLE_SAMPLE && areCellsEnough(filters))
    return countsOf(await ask(cellsStatement(filters, facets)), facets, WHOLE_SAMPLE);
  const counted = countsOf(rows, facets, bound);
  for (const facet of facets.filter(() => bound < WHOLE_SAMPLE)) {
    if (totalOf(rows, facet, bound) > mostExact * NEAR) continue;
    const among = withoutOwn(filters, facet);
    const titles = { among, matches: null, filters: among, most: mostExact };
    const exact = await ask(titlesStatement(titles, [facet]));
    if (totalOf(exact, null, WHOLE_SAMPLE) <= mostExact)
      counted[facet] = facetCounts(exact, facet, WHOLE_SAMPLE);
  }
  return counted;
}

/** Of titles that are found, or linked to what mostly has few: these are counted one by one, or if they are many, in the sample. */
async function countAmong(
  { ask }: Asking,
  filters: TitleFilters,
  facets: readonly Facet[],
  matches: Sql | null,
  mostExact: number,
): Promise<CountedFacets> {
  const among = ofNoFacet(filters);
  const few = await ask(titlesStatement({ among, matches, filters, most: mostExact }, facets));
  if (totalOf(few, null, WHOLE_SAMPLE) <= mostExact) return countsOf(few, facets, WHOLE_SAMPLE);
  const sampled = await ask(titlesStatement({ among, matches, filters, most: null }, facets));
  return countsOf(sampled, facets, boundOf(sampled));
}

function boundOf(rows: readonly FacetRow[]): number {
  return rows[0]?.bound ?? WHOLE_SAMPLE;
}

function countsOf(rows: readonly FacetRow[], facets: readonly Facet[], bound: number): CountedFacets {
  return Object.fromEntries(facets.map((facet) => [facet, facetCounts(rows, facet, bound)]));
}

/** How many titles are counted for the facet; for null, at all. */
function totalOf(rows: readonly FacetRow[], facet: Facet | null, bound: number): number {
  const all = rows.find((row) => row.facet === facet && row.value === null);
  return ((all?.titles ?? 0) * WHOLE_SAMPLE) / bound;
}

function facetCounts(rows: readonly FacetRow[], facet: Facet, bound: number): FacetCounts {
  const values = rows.flatMap(({ facet: of, value, name, titles }) =>
    of === facet && value !== null && titles > 0
      ? [{ value, ...(name === null ? {} : { name }), count: Math.round((titles * WHOLE_SAMPLE) / bound) }]
      : [],
  );
  const share = bound / WHOLE_SAMPLE;
  const error = share < 1 ? errorOf(totalOf(rows, facet, WHOLE_SAMPLE) / 100, share) : 0;
  return { kind: share < 1 ? 'estimated' : 'exact', error, values };
}

/** The half width of the 95 % interval of a count of which `seen` were found in a sample of `share` of all, as a share of it. */
function errorOf(seen: number, share: number): number {
  return Math.round(1000 * Math.min(1, 1.96 * Math.sqrt((1 - share) / Math.max(seen, 1)))) / 1000;
}
