import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

import { listFilms } from '../../../catalogue/queries/list-films.ts';
import { problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { filmListQuery, filtersOf, listIdentity, orderOf } from '../film-list-query.ts';
import { filmListSchema } from '../film-schemas.ts';
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
      const asked = askedPage(world, listIdentity(filters, order), query);
      const { position, limit } = asked;
      const page = await listFilms(world.db, { filters, order, position, limit, count: query.count });
      return sendPage(world, request, reply, asked, page, { count: page.count });
    },
  });
}
