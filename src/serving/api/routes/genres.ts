import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

import { listGenres } from '../../../catalogue/queries/list-genres.ts';
import { genreListSchema, noQuery, problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { sendJson } from '../send-json.ts';

/** `GET /genres`: every genre that a film has, and how many films have it. */
export function genres(app: FastifyInstance, { db, state }: ApiWorld): void {
  app.withTypeProvider<ZodTypeProvider>().route({
    method: ['GET', 'HEAD'],
    url: '/genres',
    schema: {
      summary: 'Every genre that a film has, by name, and how many films have it',
      tags: ['films'],
      querystring: noQuery,
      response: { 200: genreListSchema, ...problemResponse },
    },
    handler: async (request, reply) => {
      const genres = await listGenres(db);
      state.learn(genres.state);
      return sendJson(request, reply, `{"data":${genres.json}}`, genres.state);
    },
  });
}
