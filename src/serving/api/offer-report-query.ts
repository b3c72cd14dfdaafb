import { z } from 'zod';

import { BASES, type OfferReport, type OfferReportSelection } from '../../catalogue/queries/offer-reports.ts';
import { oneOf, repeatable, text, wholeNumber } from './query-parameters.ts';

/** What a reader asks of a report on offers. What it does not take is absent. */
export interface OfferReportQuery {
  readonly seller?: readonly string[];
  readonly basis?: OfferReportSelection['basis'];
  readonly top?: number;
}

/** The parameters that the report takes. */
export function offerReportParameters({ takes }: OfferReport): Record<string, z.ZodType> {
  return {
    ...(takes.includes('seller') && {
      seller: repeatable(text(50)).describe('Compare these sellers; may be repeated. Default: all.'),
    }),
    ...(takes.includes('basis') && {
      basis: oneOf(BASES)
        .optional()
        .default('mean')
        .describe('Whether the prices of the basket are averaged or added up: mean, sum. Default: mean.'),
    }),
    top: wholeNumber(1, 100)
      .optional()
      .default(1)
      .describe('How many ranks of each currency; all that tie are listed. Default: 1.'),
  };
}

export function offerReportQuery(report: OfferReport): z.ZodType<OfferReportQuery> {
  return z.strictObject(offerReportParameters(report));
}

export function offerSelectionOf(query: OfferReportQuery, now: Date): OfferReportSelection {
  return {
    sellers: [...new Set(query.seller)],
    basis: query.basis ?? 'mean',
    top: query.top ?? 1,
    now,
  };
}
