import type { Report } from '../../model/report.ts';
import { AGGREGATES } from '../../model/report.ts';
import { figuresOfGenres } from '../report-rows/figures.ts';

export const report: Report = {
  name: 'genre-revenue',
  title: 'Revenues by genre',
  description: 'What the films of a genre, released in a year, earned, in US dollars.',
  groups: ['genre'],
  metrics: ['revenue'],
  aggregates: AGGREGATES,
  attributions: ['full'],
  ranked: false,
  decimals: 2,
  figures: figuresOfGenres('revenue'),
};
