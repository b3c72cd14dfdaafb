import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { findCatalogueState } from '../../../catalogue/queries/catalogue-state.ts';
import { listSources } from '../../../catalogue/queries/list-sources.ts';
import { FilmbaseError } from '../../../model/errors.ts';
import { noQuery, problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { sendJson } from '../send-json.ts';

const liveSchema = z.strictObject({ status: z.literal('live') });

const readySchema = z.strictObject({
  status: z.enum(['ready', 'degraded']),
  version: z.int(),
  journalSeq: z.int(),
  publishedAt: z.iso.datetime().nullable(),
  stale: z
    .array(z.string())
    .describe('The sources whose data are older than they allow: then it is degraded.'),
});

/** `GET /health/live`: the process answers. `GET /health/ready`: there is a catalogue, and it can be read. */
export function healthRoutes(app: FastifyInstance, { db, state, now }: ApiWorld): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.route({
    method: ['GET', 'HEAD'],
    url: '/health/live',
    schema: {
      summary: 'Whether the process answers',
      tags: ['health'],
      querystring: noQuery,
      response: { 200: liveSchema, ...problemResponse },
    },
    handler: (request, reply) => {
      sendJson(request, reply.header('cache-control', 'no-store'), JSON.stringify({ status: 'live' }));
    },
  });

  typed.route({
    method: ['GET', 'HEAD'],
    url: '/health/ready',
    schema: {
      summary: 'Whether there is a catalogue that can be read',
      tags: ['health'],
      querystring: noQuery,
      response: { 200: readySchema, ...problemResponse },
    },
    handler: async (request, reply) => {
      const served = await findCatalogueState(db);
      state.learn(served);
      if (served.version === 0) throw new FilmbaseError('not_ready', 'No catalogue has been published yet.');
      reply.header('cache-control', 'no-store');
      const stale = (await listSources(db, now())).filter(({ isStale }) => isStale).map(({ name }) => name);
      const status = stale.length > 0 ? 'degraded' : 'ready';
      return sendJson(request, reply, JSON.stringify({ status, ...served, stale }));
    },
  });
}
