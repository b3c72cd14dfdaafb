import type { Bounds } from '../../catalogue/queries/title-filters.ts';
import { wholeNumber } from './query-parameters.ts';

const year = wholeNumber(0, 9999).optional();

/** The parameters that bound a list by year. */
export const yearParameters = {
  year: year.describe('Of this year.'),
  year_gt: year.describe('Of later years than this.'),
  year_gte: year.describe('Of this year or later.'),
  year_lt: year.describe('Of earlier years than this.'),
  year_lte: year.describe('Of this year or earlier.'),
};

export type YearQuery = { readonly [name in keyof typeof yearParameters]?: number | undefined };

export function yearBounds(query: YearQuery): Bounds {
  return { gt: query.year_gt, gte: query.year_gte, lt: query.year_lt, lte: query.year_lte, eq: query.year };
}
