import type { Report } from '../../model/report.ts';

export const report: Report = {
  name: 'company-releases-by-genre',
  title: 'Releases by company and genre',
  description: 'How many films of each genre a company released in a year.',
  groups: ['company', 'genre'],
  metrics: ['films'],
  aggregates: ['sum'],
  attributions: ['full'],
  ranked: false,
  decimals: 0,
  figures: `
    select 'films' as metric, 'full' as attribution, f.year, c.company_id, g.genre, 1 as figure
    from film as f
    join film_company as c
      on c.title_id = f.title_id
    join genre_of_list as g
      on g.genres = f.genres`,
};
