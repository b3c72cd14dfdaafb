import type { Aggregate, Attribution } from '../src/model/report.ts';
import type { ReportedFilm } from './reported-films.ts';

// The reports by plain means, to compare with. Figures are whole numbers of their smallest unit.

/** What a report says of a group: films, films whose figure is known, what these come to. */
export interface ExpectedGroup extends Record<Aggregate, number | null> {
  readonly year: number | null;
  readonly company: string | null;
  readonly genre: string | null;
  readonly films: number;
  readonly n: number;
}

export type Figure = (film: ReportedFilm) => number | null;

const cents = (dollars: number | null) => (dollars === null ? null : dollars * 100);
const millionths = (value: number | null) => (value === null ? null : Math.round(value * 1e6));

export const FIGURES: Record<string, Figure> = {
  budget: ({ budget }) => cents(budget),
  revenue: ({ revenue }) => cents(revenue),
  profit: ({ budget, revenue }) => (budget === null || revenue === null ? null : cents(revenue - budget)),
  popularity: ({ popularity }) => millionths(popularity),
  votes: ({ votes }) => millionths(votes),
  weighted: ({ weighted }) => millionths(weighted),
  movielens: ({ movielens }) => millionths(movielens),
  films: () => 1,
};

/** The groups of a report: films by year, and by company or genre or both. */
export function expectedGroups(
  films: readonly ReportedFilm[],
  figure: Figure,
  by: readonly string[],
  attribution: Attribution,
): ExpectedGroup[] {
  const groups = new Map<string, { place: Place; figures: (number | null)[] }>();
  for (const film of films.filter(({ isFilm }) => isFilm)) {
    for (const { place, value } of partsOf(film, figure, by, attribution)) {
      const key = JSON.stringify(place);
      const group = groups.get(key) ?? { place, figures: [] };
      group.figures.push(value);
      groups.set(key, group);
    }
  }
  return [...groups.values()].map(({ place, figures }) => ({ ...place, ...summary(figures) }));
}

type Place = Pick<ExpectedGroup, 'year' | 'company' | 'genre'>;

function partsOf(film: ReportedFilm, figure: Figure, by: readonly string[], attribution: Attribution) {
  const value = figure(film);
  const shares = attribution === 'split' ? dealOut(value, film.companies.length) : null;
  const companies = by.includes('company') ? film.companies : [null];
  const genres = by.includes('genre') ? film.genres : [null];
  return companies.flatMap((company, at) =>
    genres.map((genre) => ({
      place: { year: film.year, company, genre },
      value: shares === null ? value : (shares[at] ?? null),
    })),
  );
}

/** Deals units out one by one would take long; so all at once, and the rest to the first. */
function dealOut(value: number | null, parts: number): (number | null)[] {
  if (value === null) return Array.from({ length: parts }, () => null);
  const each = Math.trunc(value / parts);
  const rest = value - each * parts;
  return Array.from({ length: parts }, (_, at) => each + (at < Math.abs(rest) ? Math.sign(rest) : 0));
}

function summary(figures: readonly (number | null)[]) {
  const known = figures.filter((value) => value !== null).sort((a, b) => a - b);
  const n = known.length;
  const counts = { films: figures.length, n };
  if (n === 0) return { ...counts, sum: null, mean: null, median: null, geomean: null, p90: null };
  const at = (place: number) => known[place - 1] ?? NaN;
  const sum = known.reduce((total, value) => total + value, 0);
  const logarithms = known.reduce((total, value) => total + Math.log(value), 0);
  return {
    ...counts,
    sum,
    mean: halfAway(sum / n),
    median: n % 2 === 1 ? at((n + 1) / 2) : halfAway((at(n / 2) + at(n / 2 + 1)) / 2),
    geomean: at(1) > 0 ? Math.round(Math.exp(logarithms / n)) : null,
    p90: at(Math.ceil((9 * n) / 10)),
  };
}

function halfAway(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value)) + 0;
}
