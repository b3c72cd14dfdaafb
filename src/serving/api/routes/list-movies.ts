import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

import type { FilmFilters } from '../../../catalogue/queries/film-filters.ts';
import { listFilms } from '../../../catalogue/queries/list-films.ts';
import { listSources } from '../../../catalogue/queries/list-sources.ts';
import { problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { filmListQuery, filtersOf, listIdentity, orderOf, type FilmListQuery } from '../film-list-query.ts';
import { filmListSchema } from '../film-schemas.ts';
import { parameterInvalid } from '../parameter-invalid.ts';
import { askedPage, sendPage } from '../send-page.ts';

/** `GET /movies`: films that pass filters, in order, a page at a time. */
export function listMovies(app: FastifyInstance, world: ApiWorld): void {
  app.withTypeProvider<ZodTypeProvider>().route({
    method: ['GET', 'HEAD'],
    url: '/movies',
    schema: {
      summary: 'Films that pass filters, in order, a page at a time',
      tags: ['films'],
      querystring: filmListQuery,
      response: { 200: filmListSchema, ...problemResponse },
    },
    handler: async (request, reply) => {
      const { query } = request;
      const filters = filtersOf(query);
      const order = orderOf(query);
      const text = query.q ?? null;
      const asked = askedPage(world, listIdentity(filters, order, text), query);
      const { position, limit } = asked;
      const withCredits = asksForCredits(query);
      const sources = await listAskedSources(world, filters);
      const { count } = query;
      const page = await listFilms(world.db, { filters, order, text, position, limit, count, withCredits });
      const besides = { count: page.count, ...(page.search === null ? {} : { search: page.search }) };
      if (sources.length === 0) return sendPage(world, request, reply, asked, page, besides);
      return sendPage(world, request, reply, asked, page, { ...besides, sources }, true);
    },
  });
}

/** Only of the films of a source, which mostly are few. Throws `parameter_invalid`. */
function asksForCredits({ include, source }: FilmListQuery): boolean {
  if (include.length > 0 && source.length === 0) throw parameterInvalid('include', 'can be given with source alone');
  return include.length > 0;
}

/** The sources that the films must be of, as they are now; none are read where none is asked for. Throws `parameter_invalid`. */
async function listAskedSources({ db, now }: ApiWorld, { source }: FilmFilters) {
  if (source.length === 0) return [];
  const known = await listSources(db, now());
  const unknown = source.find((name) => known.every((one) => one.name !== name));
  if (unknown !== undefined)
    throw parameterInvalid('source', `must be one of ${known.map(({ name }) => name).join(', ')}`);
  return known
    .filter(({ name }) => source.includes(name))
    .map(({ name, state, freshAt, ageSeconds, isStale }) => ({ name, state, freshAt, ageSeconds, isStale }));
}
