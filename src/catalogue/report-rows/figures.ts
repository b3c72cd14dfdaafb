import { literal } from '../../model/lake-engine.ts';

// Selects for `Report.figures`. A metric is a column of `film`.

/** Each company of a film has the film's figure. */
export function figuresOfCompanies(metric: string): string {
  return `
    select ${literal(metric)} as metric, 'full' as attribution, f.year, c.company_id, cast(null as varchar) as genre, f.${metric} as figure
    from film as f
    join film_company as c
      on c.title_id = f.title_id`;
}

/** The companies of a film share its figure, to the cent. */
export function sharesOfCompanies(metric: string): string {
  return `
    select ${literal(metric)} as metric, 'split' as attribution, f.year, c.company_id, cast(null as varchar) as genre,
      share_of(f.${metric}, c.companies, c.place) as figure
    from film as f
    join film_company as c
      on c.title_id = f.title_id`;
}

/** Each genre of a film has the film's figure. */
export function figuresOfGenres(metric: string): string {
  return `
    select ${literal(metric)} as metric, 'full' as attribution, f.year, cast(null as uuid) as company_id, g.genre, f.${metric} as figure
    from film as f
    join genre_of_list as g
      on g.genres = f.genres`;
}
