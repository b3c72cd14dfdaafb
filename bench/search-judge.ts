import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Queryable } from '../src/db/database.ts';
import { searchTitles } from '../src/catalogue/queries/search-titles.ts';

/** A query of the truth file, and what it means. */
interface TruthQuery {
  readonly query: string;
  readonly sort: string;
  readonly half: string;
  /** IMDb ids, any of which is right. */
  readonly expected: readonly string[];
}

/** How well the queries of one class and half were answered. */
export interface Judgement {
  readonly sort: string;
  readonly half: string;
  readonly queries: number;
  /** The mean of 1 / the place of the first right answer, 0 where it is not among the first ten. */
  readonly mrr: number;
  /** The share of queries with a right answer among the first ten. */
  readonly recall: number;
}

/** The truth file: query, class, half (`tune`: looked at while the weights were chosen; `test`: not), IMDb ids. */
export function readTruth(): TruthQuery[] {
  const file = join(import.meta.dirname, '..', '..', 'bench', 'search-truth.tsv');
  const [, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  return lines.map((line) => {
    const [query = '', sort = '', half = '', expected = ''] = line.split('\t');
    return { query, sort, half, expected: expected.split(',') };
  });
}

/** Judges each class and half, and each half as a whole; calls `onMiss` with what was not answered first. */
export async function judgeSearch(
  db: Queryable,
  idOf: (imdbId: string) => string,
  onMiss: (query: TruthQuery, place: number, first: string) => void = () => undefined,
): Promise<Judgement[]> {
  const judged: (TruthQuery & { place: number })[] = [];
  for (const truth of readTruth()) {
    const { titles } = await searchTitles(db, truth.query, { limit: 10, kinds: [] });
    const right = truth.expected.map(idOf);
    const place = titles.findIndex(({ id }) => right.includes(id)) + 1;
    if (place !== 1) onMiss(truth, place, titles[0]?.title ?? '');
    judged.push({ ...truth, place });
  }
  const groups = [...new Set(judged.map(({ sort }) => sort)), 'all'].flatMap((sort) =>
    ['tune', 'test'].map((half) => ({ sort, half })),
  );
  return groups.map(({ sort, half }) => {
    const places = judged
      .filter((one) => (sort === 'all' || one.sort === sort) && one.half === half)
      .map(({ place }) => place);
    const mean = (score: (place: number) => number) =>
      places.reduce((sum, place) => sum + score(place), 0) / places.length;
    return {
      sort,
      half,
      queries: places.length,
      mrr: mean((place) => (place > 0 ? 1 / place : 0)),
      recall: mean((place) => (place > 0 ? 1 : 0)),
    };
  });
}
