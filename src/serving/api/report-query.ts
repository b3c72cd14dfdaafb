import { z } from 'zod';

import type { ReportSelection } from '../../catalogue/queries/report-rows.ts';
import {
  DEFAULT_REPORT_ORDER,
  REPORT_SORTS,
  type ReportOrder,
} from '../../catalogue/queries/report-sorts.ts';
import type { Aggregate, Attribution, Report } from '../../model/report.ts';
import { distinctNames } from './distinct-names.ts';
import { oneOf, repeatable, text, wholeNumber } from './query-parameters.ts';
import { sortParameter } from './sort-parameter.ts';
import { yearBounds, yearParameters, type YearQuery } from './year-parameters.ts';

/** What a reader asks of a report. What the report does not take is absent. */
export interface ReportQuery extends YearQuery {
  readonly metric?: string;
  readonly agg?: Aggregate;
  readonly attribution?: Attribution;
  readonly top?: number;
  readonly company?: readonly string[];
  readonly company_id?: readonly string[];
  readonly genre?: readonly string[];
  readonly sort?: ReportOrder | undefined;
}

/** The parameters that narrow, choose and sort the rows of a report: those that it takes, no other. */
export function reportParameters(report: Report): Record<string, z.ZodType> {
  return { ...choices(report), ...groupFilters(report), ...yearParameters, sort };
}

/** The schema of a reader's wishes. */
export function reportQuery(report: Report): z.ZodType<ReportQuery> {
  return z.strictObject(reportParameters(report));
}

const sort = sortParameter(REPORT_SORTS, '-year,-value,name');

function choices({ metrics, aggregates, attributions, ranked }: Report): Record<string, z.ZodType> {
  return {
    ...(metrics.length > 1 && { metric: oneOfThese(metrics, 'What popularity is measured by') }),
    ...(aggregates.length > 1 && { agg: oneOfThese(aggregates, "How the films' figures become one") }),
    ...(attributions.length > 1 && {
      attribution: oneOfThese(attributions, 'Whether each company has the whole figure, or they share it'),
    }),
    ...(ranked && { top: top.describe('How many ranks of each year; all that tie are listed. Default: 1.') }),
  };
}

const top = wholeNumber(1, 100).optional().default(1);

function oneOfThese(words: readonly [string, ...string[]], what: string) {
  return oneOf(words)
    .optional()
    .default(words[0])
    .describe(`${what}: ${words.join(', ')}. Default: ${words[0]}.`);
}

function groupFilters({ groups }: Report): Record<string, z.ZodType> {
  const has = (group: string) => (groups as readonly string[]).includes(group);
  return {
    ...(has('company') && {
      company: repeatable(text(300)).describe(
        'Of companies of any of these names, in whatever case, accents and signs aside; may be repeated.',
      ),
      company_id: repeatable(z.uuid('must be a UUID')).describe(
        'Of any of these companies; may be repeated.',
      ),
    }),
    ...(has('genre') && {
      genre: repeatable(text(50)).describe('Of any of these genres, in whatever case; may be repeated.'),
    }),
  };
}

/** The rows that a query asks for. */
export function selectionOf(report: Report, query: ReportQuery): ReportSelection {
  const { metric, agg, attribution, top } = query;
  return {
    report,
    series: {
      metric: metric ?? report.metrics[0],
      attribution: attribution ?? report.attributions[0],
    },
    aggregate: agg ?? report.aggregates[0],
    top: top ?? 1,
    filters: {
      company: distinctNames(query.company ?? []),
      companyId: [...new Set(query.company_id)],
      genre: distinctNames(query.genre ?? []),
      year: yearBounds(query),
    },
    order: query.sort ?? DEFAULT_REPORT_ORDER,
  };
}
