import { createHash } from 'node:crypto';

/** What a report may be of, where it is of popularity: the source's figure, votes, and two ratings of 0 to 10. */
export const METRICS = ['popularity', 'votes', 'weighted', 'movielens'] as const;

/** How the known figures of a group's films become one; see docs/reports.md. */
export const AGGREGATES = ['sum', 'mean', 'median', 'geomean', 'p90'] as const;

/** Whether each company of a film has the film's whole figure, or the companies share it. */
export const ATTRIBUTIONS = ['full', 'split'] as const;

export type Aggregate = (typeof AGGREGATES)[number];
export type Attribution = (typeof ATTRIBUTIONS)[number];

/**
 * A report: a figure for each group of films, a group being the films of one year and one company, genre, or both.
 * What a file in `catalogue/reports/` exports as `report`. Of each list of choices the first is taken where a reader
 * asks for none.
 */
export interface Report {
  /** As it stands in addresses; its file is named so. */
  readonly name: string;
  readonly title: string;
  /** One sentence. */
  readonly description: string;
  /** What films are grouped by besides their year. */
  readonly groups: readonly ['company'] | readonly ['genre'] | readonly ['company', 'genre'];
  readonly metrics: readonly [string, ...string[]];
  readonly aggregates: readonly [Aggregate, ...Aggregate[]];
  readonly attributions: readonly [Attribution, ...Attribution[]];
  /** Whether only the first of each year are listed, ranked by their figure. */
  readonly ranked: boolean;
  /** Digits after the point that its figures have at most, 0 to 6. */
  readonly decimals: number;
  /**
   * A select over `film`, `film_company` and `genre_of_list` (`report-rows/films.sql`): a row for each film of each
   * group, with the columns metric, attribution, year, company_id, genre, figure. `figure` is a whole number of the
   * unit that the last decimal counts; null: not known.
   */
  readonly figures: string;
}

/** One list of a report's rows: a figure of one kind, attributed in one way. */
export interface Series {
  readonly metric: string;
  readonly attribution: Attribution;
}

/** Every series of a report. */
export function seriesOf({ metrics, attributions }: Report): Series[] {
  return metrics.flatMap((metric) => attributions.map((attribution) => ({ metric, attribution })));
}

/** By what the rows of a series are told in `report_row`: a whole number of 32 bits made of its words. */
export function seriesNumber({ name }: Report, { metric, attribution }: Series): number {
  return createHash('sha256').update(`${name}/${metric}/${attribution}`).digest().readInt32BE();
}
