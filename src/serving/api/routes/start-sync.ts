import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { answerOnce, postHeaders } from '../answer-once.ts';
import { noQuery, problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';

const startedSchema = z.strictObject({
  source: z.string(),
  run: z.string().describe("The run's name, as `GET /sources/{name}/runs` lists it."),
});

/** `POST /sources/{name}/sync`: has a source read now, and does not wait for it. */
export function startSync(app: FastifyInstance, world: ApiWorld): void {
  const { writers } = world;
  app.withTypeProvider<ZodTypeProvider>().route({
    method: 'POST',
    url: '/sources/:name/sync',
    config: { needs: 'write' },
    schema: {
      summary: 'Have a source read now',
      tags: ['sources'],
      security: [{ key: [] }],
      headers: postHeaders,
      params: z.strictObject({ name: z.string() }),
      querystring: noQuery,
      response: { 202: startedSchema, ...problemResponse },
    },
    handler: async (request, reply) =>
      answerOnce(world, request, reply, {
        work: async (ticket) => {
          const source = request.params.name;
          const started = { source, run: await world.startSync(source) };
          if (ticket !== null) await writers.fillTicket(ticket, started);
          return started;
        },
        answer: ({ source, run }) => ({
          status: 202,
          location: `/sources/${source}/runs`,
          json: JSON.stringify({ source, run }),
          entityState: null,
        }),
        isMadeAnew: true,
      }),
  });
}
