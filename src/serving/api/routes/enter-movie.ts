import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

import { findTitle } from '../../../catalogue/queries/find-title.ts';
import type { ApiKey } from '../../../model/writers.ts';
import { requireRole } from '../api-key.ts';
import { noQuery, problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { filmEntryBody } from '../film-entry-body.ts';
import { filmDetailSchema } from '../title-schemas.ts';
import { sendJson } from '../send-json.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The key that the request bears; null where none is needed. */
    apiKey: ApiKey | null;
  }
}

/** `POST /movies`: enters a film that no source has. */
export function enterMovie(app: FastifyInstance, { db, state, now, writers }: ApiWorld): void {
  app.decorateRequest('apiKey', null);
  app.withTypeProvider<ZodTypeProvider>().route({
    method: 'POST',
    url: '/movies',
    schema: {
      summary: 'Enter a film that no source has',
      tags: ['films'],
      security: [{ key: [] }],
      querystring: noQuery,
      body: filmEntryBody(now),
      response: { 201: filmDetailSchema, ...problemResponse },
    },
    onRequest: async (request) => {
      request.apiKey = await requireRole(writers, 'write', request);
    },
    handler: async (request, reply) => {
      if (request.apiKey === null) throw new Error('A film is entered without a key.');
      const { id } = await writers.enterFilm(request.body, { apiKey: request.apiKey, ticket: null });
      const found = await findTitle(db, { section: 'films', id }, now());
      if (found?.at !== 'here') throw new Error(`The film ${id} was entered and is not there.`);
      state.learn(found.state);
      reply.code(201).header('location', `/movies/${id}`).header('cache-control', 'no-store');
      return sendJson(request, reply, found.json);
    },
  });
}
