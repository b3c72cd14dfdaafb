import type { Report } from '../../model/report.ts';
import { METRICS } from '../../model/report.ts';
import { figuresOfCompanies } from '../report-rows/figures.ts';

export const report: Report = {
  name: 'company-popularity',
  title: 'Popularity by company',
  description: 'How popular the films of a company, released in a year, are.',
  groups: ['company'],
  metrics: METRICS,
  aggregates: ['mean', 'median', 'geomean', 'p90', 'sum'],
  attributions: ['full'],
  ranked: false,
  decimals: 6,
  figures: METRICS.map(figuresOfCompanies).join(' union all '),
};
