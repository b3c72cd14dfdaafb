import type { Report } from '../../model/report.ts';
import { METRICS } from '../../model/report.ts';
import { figuresOfGenres } from '../report-rows/figures.ts';

export const report: Report = {
  name: 'genre-most-popular',
  title: 'The most popular genres',
  description: 'The genres whose films, released in a year, are the most popular of that year; all that tie.',
  groups: ['genre'],
  metrics: METRICS,
  aggregates: ['mean', 'median', 'geomean', 'p90', 'sum'],
  attributions: ['full'],
  ranked: true,
  decimals: 6,
  figures: METRICS.map(figuresOfGenres).join(' union all '),
};
