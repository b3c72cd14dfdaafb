import type { Report } from '../../model/report.ts';
import { AGGREGATES, ATTRIBUTIONS } from '../../model/report.ts';
import { figuresOfCompanies, sharesOfCompanies } from '../report-rows/figures.ts';

export const report: Report = {
  name: 'company-revenue',
  title: 'Revenues by company',
  description: 'What the films of a company, released in a year, earned, in US dollars.',
  groups: ['company'],
  metrics: ['revenue'],
  aggregates: AGGREGATES,
  attributions: ATTRIBUTIONS,
  ranked: false,
  decimals: 2,
  figures: `${figuresOfCompanies('revenue')} union all ${sharesOfCompanies('revenue')}`,
};
