import { join } from 'node:path';

import sql from 'sql-template-tag';

import { countFacets, type CountedFacets } from '../src/catalogue/queries/count-facets.ts';
import { FACETS } from '../src/catalogue/queries/facet-filters.ts';
import { NO_FILTERS, type TitleFilters } from '../src/catalogue/queries/title-filters.ts';
import type { Database } from '../src/db/database.ts';
import { openPglite } from '../src/db/pglite.ts';
import { openPostgres } from '../src/db/postgres.ts';
import { filmbase } from './command.ts';
import type { Figure } from './figure.ts';

/** Combinations of filters that are counted. */
const COMBINATIONS = 400;

/** Those that are also estimated from a smaller sample. */
const ESTIMATED = 150;

/** Of 2^20 titles, so many in the smaller sample: half. */
const HALF = 2 ** 19;

/** The filters that a list page of a shop or a player has. */
const GENRES = [
  'Drama',
  'Comedy',
  'Documentary',
  'Action',
  'Romance',
  'Thriller',
  'Horror',
  'Crime',
  'Animation',
  'Western',
];

/**
 * Loads the films of `imdb`, a folder, and counts all facets of random filters; then how far estimates are off, from a sample of
 * half the titles.
 */
export async function measureFacets(
  imdb: string,
  environment: Record<string, string>,
  databaseUrl: string | null,
): Promise<Figure[]> {
  await filmbase(['sync', 'imdb', '--from', imdb], environment);
  const db =
    databaseUrl === null
      ? await openPglite({ folder: join(environment.FILMBASE_DATA ?? '', 'database') })
      : await openPostgres({ url: databaseUrl });
  try {
    const where = db.engine === 'postgres' ? 'PostgreSQL' : 'embedded';
    const all = randomFilters(COMBINATIONS);
    const exact: CountedFacets[] = [];
    const times: number[] = [];
    for (const filters of all) {
      const start = performance.now();
      exact.push((await countFacets(db, filters, FACETS)).facets);
      times.push(performance.now() - start);
    }
    const errors = await measureErrors(db, all.slice(0, ESTIMATED), exact);
    return [
      shareFigure(`all facets of ${COMBINATIONS} random filters, ${where}`, times, 'ms', 50),
      shareFigure(
        `estimates from half the titles, ${errors.length.toLocaleString('en')} counts above 1 %, ${where}`,
        errors.map((error) => 100 * error),
        '% off',
        5,
      ),
    ];
  } finally {
    await db.close();
  }
}

/** By which share each estimated count above 1 % of the largest is off. */
async function measureErrors(
  db: Database,
  filters: readonly TitleFilters[],
  exact: readonly CountedFacets[],
): Promise<number[]> {
  await db.query(sql`update facet_scale set bound = ${HALF}`);
  await db.query(sql`
    with kept as materialized (
      select string_agg((hashint4(place) & 1)::text, '' order by place)::bit varying as bits
      from generate_series(1, (select length(bits) from facet_bits where facet = 'all')) as place
    )
    update facet_bits
    set bits = facet_bits.bits & kept.bits
    from kept`);
  const errors: number[] = [];
  for (const [at, one] of filters.entries()) {
    const { facets } = await countFacets(db, one, FACETS);
    for (const facet of FACETS) {
      const counted = facets[facet];
      if (counted?.kind !== 'estimated') continue;
      const truth = exact[at]?.[facet]?.values ?? [];
      const titles = truth.reduce((sum, { count }) => sum + count, 0);
      for (const { value, count } of truth) {
        if (count <= titles / 100) continue;
        const estimate = counted.values.find((other) => other.value === value)?.count ?? 0;
        errors.push(Math.abs(estimate - count) / count);
      }
    }
  }
  return errors;
}

/** The same at each run: a generator of our own, of Lehmer's kind. */
function randomFilters(count: number): TitleFilters[] {
  let state = 20_261_121;
  const random = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const pick = <T>(values: readonly T[]): T | undefined => values[Math.floor(random() * values.length)];
  return Array.from({ length: count }, () => {
    const genre = pick(GENRES) ?? 'Drama';
    const other = pick(GENRES) ?? 'Comedy';
    const parts: Partial<TitleFilters>[] = [
      random() < 0.5 ? { genre: random() < 0.5 ? [genre] : [genre, other] } : {},
      random() < 0.2 ? { genreNot: [other] } : {},
      random() < 0.4 ? { year: { gte: 2000 + Math.floor(random() * 24) } } : {},
      random() < 0.4 ? { rating: { gt: Math.floor(random() * 80) / 10 } } : {},
      random() < 0.4 ? { votes: { gte: Math.floor(10 ** (random() * 4)) } } : {},
      random() < 0.2 ? { runtime: { gte: 60, lt: 60 + Math.floor(random() * 120) } } : {},
    ];
    return parts.reduce<TitleFilters>((filters, part) => ({ ...filters, ...part }), NO_FILTERS);
  });
}

function shareFigure(what: string, values: readonly number[], unit: string, goal: number): Figure {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return {
    what,
    measured: `p50 ${at(0.5).toFixed(1)}, p95 ${at(0.95).toFixed(1)}, most ${at(0.9999).toFixed(1)} ${unit}`,
    ratio: null,
    goal: `p95 ≤ ${goal} ${unit}`,
    reached: at(0.95) <= goal,
  };
}
