import type { Report } from '../../model/report.ts';
import { AGGREGATES, ATTRIBUTIONS } from '../../model/report.ts';
import { figuresOfCompanies, sharesOfCompanies } from '../report-rows/figures.ts';

export const report: Report = {
  name: 'company-budget',
  title: 'Budgets by company',
  description: 'What the films of a company, released in a year, cost to make, in US dollars.',
  groups: ['company'],
  metrics: ['budget'],
  aggregates: AGGREGATES,
  attributions: ATTRIBUTIONS,
  ranked: false,
  decimals: 2,
  figures: `${figuresOfCompanies('budget')} union all ${sharesOfCompanies('budget')}`,
};
