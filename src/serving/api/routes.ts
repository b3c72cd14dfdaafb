import type { FastifyInstance } from 'fastify';

import type { ApiWorld } from './api-world.ts';
import { changes } from './routes/changes.ts';
import { collections } from './routes/collections.ts';
import { comments } from './routes/comments.ts';
import { companies } from './routes/companies.ts';
import { documentRoutes } from './routes/documents.ts';
import { enterMovie } from './routes/enter-movie.ts';
import { filmOffers } from './routes/film-offers.ts';
import { findTitles } from './routes/find-title.ts';
import { healthRoutes } from './routes/health.ts';
import { journalRoute } from './routes/journal.ts';
import { listsOfTitles } from './routes/list-titles.ts';
import { matchRoutes } from './routes/matches.ts';
import { metricsRoute } from './routes/metrics.ts';
import { offerReports } from './routes/offer-reports.ts';
import { offers } from './routes/offers.ts';
import { people } from './routes/people.ts';
import { reportRoutes } from './routes/reports.ts';
import { problemPages } from './routes/problem-pages.ts';
import { search } from './routes/search.ts';
import { setValues } from './routes/set-values.ts';
import { sourceRoutes } from './routes/sources.ts';
import { startSync } from './routes/start-sync.ts';
import { titleComments } from './routes/title-comments.ts';
import { titleHistory } from './routes/title-history.ts';
import { wholeLists } from './routes/whole-lists.ts';

/** Every route of the API, each added to `app` by a function of its own. */
export const ROUTES: readonly ((app: FastifyInstance, world: ApiWorld) => void)[] = [
  documentRoutes,
  listsOfTitles,
  findTitles,
  filmOffers,
  enterMovie,
  setValues,
  titleComments,
  comments,
  people,
  companies,
  collections,
  wholeLists,
  search,
  offers,
  offerReports,
  reportRoutes,
  changes,
  titleHistory,
  sourceRoutes,
  startSync,
  matchRoutes,
  journalRoute,
  healthRoutes,
  metricsRoute,
  problemPages,
];
