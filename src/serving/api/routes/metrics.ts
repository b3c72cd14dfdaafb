import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { findCatalogueState } from '../../../catalogue/queries/catalogue-state.ts';
import { listSources } from '../../../catalogue/queries/list-sources.ts';
import { noQuery, problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the answer is plain text, whatever the request accepts. */
    text?: boolean;
  }
}

/** `GET /metrics`: what Prometheus reads. */
export function metricsRoute(app: FastifyInstance, { db, metrics, now }: ApiWorld): void {
  app.withTypeProvider<ZodTypeProvider>().route({
    method: ['GET', 'HEAD'],
    url: '/metrics',
    config: { text: true },
    schema: {
      summary: 'Metrics of this process and of the sources, in the text format of Prometheus',
      tags: ['health'],
      querystring: noQuery,
      response: {
        200: { description: 'The metrics.', content: { 'text/plain': { schema: z.string() } } },
        ...problemResponse,
      },
    },
    handler: async (_request, reply) => {
      const [{ version }, sources] = await Promise.all([findCatalogueState(db), listSources(db, now())]);
      reply.header('content-type', metrics.contentType).header('cache-control', 'no-store');
      return reply.send(await metrics.text(version, sources));
    },
  });
}
