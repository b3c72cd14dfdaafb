import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { requireRole } from '../api-key.ts';
import { noQuery, problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';

const startedSchema = z.strictObject({
  source: z.string(),
  run: z.string().describe("The run's name, as `GET /sources/{name}/runs` lists it."),
});

/** `POST /sources/{name}/sync`: has a source read now, and does not wait for it. */
export function startSync(app: FastifyInstance, { writers, startSync: start }: ApiWorld): void {
  app.withTypeProvider<ZodTypeProvider>().route({
    method: 'POST',
    url: '/sources/:name/sync',
    schema: {
      summary: 'Have a source read now',
      tags: ['sources'],
      security: [{ key: [] }],
      params: z.strictObject({ name: z.string() }),
      querystring: noQuery,
      response: { 202: startedSchema, ...problemResponse },
    },
    onRequest: async (request) => {
      await requireRole(writers, 'write', request);
    },
    handler: async (request, reply) => {
      const source = request.params.name;
      const run = await start(source);
      reply.code(202).header('location', `/sources/${source}/runs`).header('cache-control', 'no-store');
      return { source, run };
    },
  });
}
