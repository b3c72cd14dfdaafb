import type { Report } from '../../model/report.ts';
import { AGGREGATES } from '../../model/report.ts';
import { figuresOfGenres } from '../report-rows/figures.ts';

export const report: Report = {
  name: 'genre-budget',
  title: 'Budgets by genre',
  description: 'What the films of a genre, released in a year, cost to make, in US dollars.',
  groups: ['genre'],
  metrics: ['budget'],
  aggregates: AGGREGATES,
  attributions: ['full'],
  ranked: false,
  decimals: 2,
  figures: figuresOfGenres('budget'),
};
