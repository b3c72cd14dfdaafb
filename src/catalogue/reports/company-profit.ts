import type { Report } from '../../model/report.ts';
import { AGGREGATES, ATTRIBUTIONS } from '../../model/report.ts';
import { figuresOfCompanies, sharesOfCompanies } from '../report-rows/figures.ts';

export const report: Report = {
  name: 'company-profit',
  title: 'Profits by company',
  description:
    'What the films of a company, released in a year, earned beyond their budgets, in US dollars; of films of which both are known.',
  groups: ['company'],
  metrics: ['profit'],
  aggregates: AGGREGATES,
  attributions: ATTRIBUTIONS,
  ranked: false,
  decimals: 2,
  figures: `${figuresOfCompanies('profit')} union all ${sharesOfCompanies('profit')}`,
};
