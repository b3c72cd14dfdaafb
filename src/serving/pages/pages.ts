import type { Page } from './page.ts';
import { page as docs } from './views/docs.tsx';
import { page as episode } from './views/episode.tsx';
import { page as episodes } from './views/episodes.tsx';
import { page as film } from './views/film.tsx';
import { page as films } from './views/films.tsx';
import { page as home } from './views/home.tsx';
import { page as offers } from './views/offers.tsx';
import { page as oneSeries } from './views/one-series.tsx';
import { page as person } from './views/person.tsx';
import { page as report } from './views/report.tsx';
import { page as reports } from './views/reports.tsx';
import { page as search } from './views/search.tsx';
import { page as series } from './views/series.tsx';
import { page as sources } from './views/sources.tsx';

/** Every page. */
export const PAGES: readonly Page[] = [
  home,
  search,
  films,
  film,
  series,
  oneSeries,
  episodes,
  episode,
  person,
  reports,
  report,
  offers,
  sources,
  docs,
];
