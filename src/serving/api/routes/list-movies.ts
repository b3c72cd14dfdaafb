import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

import { listFilms, type FilmPage } from '../../../catalogue/queries/list-films.ts';
import { filmListSchema, problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { filmListQuery, filtersOf, listIdentity, orderOf } from '../film-list-query.ts';
import { linkPage, positionOf } from '../link-page.ts';
import type { PageLinks } from '../page-links.ts';
import { sendJson } from '../send-json.ts';

/** `GET /movies`: films that pass filters, in order, a page at a time. */
export function listMovies(app: FastifyInstance, { db, secret, state }: ApiWorld): void {
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
      const list = { secret, identity: listIdentity(filters, order) };
      const position = positionOf(list, query.cursor);
      const page = await listFilms(db, { filters, order, position, limit: query.limit, count: query.count });
      state.learn(page.state);
      const links = linkPage(list, request, reply, position, page);
      return sendJson(request, reply, listJson(page, links, query.limit), page.state);
    },
  });
}

function listJson({ filmsJson, count }: FilmPage, { next, prev }: PageLinks, limit: number): string {
  return `{"data":${filmsJson},"page":${JSON.stringify({ next, prev, limit })},"count":${JSON.stringify(count)}}`;
}
