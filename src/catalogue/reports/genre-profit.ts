import type { Report } from '../../model/report.ts';
import { AGGREGATES } from '../../model/report.ts';
import { figuresOfGenres } from '../report-rows/figures.ts';

export const report: Report = {
  name: 'genre-profit',
  title: 'Profits by genre',
  description:
    'What the films of a genre, released in a year, earned beyond their budgets, in US dollars; of films of which both are known.',
  groups: ['genre'],
  metrics: ['profit'],
  aggregates: AGGREGATES,
  attributions: ['full'],
  ranked: false,
  decimals: 2,
  figures: figuresOfGenres('profit'),
};
