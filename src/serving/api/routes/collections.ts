import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

import { findCollection } from '../../../catalogue/queries/find-collection.ts';
import { noQuery, problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { idParameter, sendFound } from '../find-by-id.ts';
import { collectionSchema } from '../link-schemas.ts';

/** `GET /collections/{id}`: a collection and its films. */
export function collections(app: FastifyInstance, world: ApiWorld): void {
  app.withTypeProvider<ZodTypeProvider>().route({
    method: ['GET', 'HEAD'],
    url: '/collections/:id',
    schema: {
      summary: 'A collection and its films in the order of release, those without a known year last',
      tags: ['films'],
      params: idParameter,
      querystring: noQuery,
      response: { 200: collectionSchema, ...problemResponse },
    },
    handler: async (request, reply) =>
      sendFound(world, request, reply, {
        id: request.params.id,
        find: findCollection,
        code: 'collection_not_found',
      }),
  });
}
