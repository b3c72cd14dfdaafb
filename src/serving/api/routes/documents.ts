import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { noQuery, problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { sendJson } from '../send-json.ts';

const indexSchema = z.strictObject({
  name: z.literal('Filmbase'),
  version: z.string(),
  links: z.record(z.string(), z.string()),
});

const LINKS = {
  movies: '/movies',
  genres: '/genres',
  companies: '/companies',
  countries: '/countries',
  languages: '/languages',
  reports: '/reports',
  sources: '/sources',
  health: '/health/ready',
  reference: '/docs',
  openapi: '/openapi.json',
};

/** `GET /`: where things are. `GET /openapi.json`: the API reference for programs, which `/docs` shows to people. */
export function documentRoutes(app: FastifyInstance, { version, state }: ApiWorld): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.route({
    method: ['GET', 'HEAD'],
    url: '/',
    schema: {
      summary: 'Where things are',
      tags: ['reference'],
      querystring: noQuery,
      response: { 200: indexSchema, ...problemResponse },
    },
    handler: (request, reply) => {
      sendJson(request, reply, JSON.stringify({ name: 'Filmbase', version, links: LINKS }));
    },
  });

  for (const url of ['/openapi.json', '/docs']) {
    typed.route({
      method: ['GET', 'HEAD'],
      url,
      schema: { hide: true, querystring: noQuery },
      handler: (request, reply) => {
        // Kept, since compressing it takes long; it is always the same.
        sendJson(request, reply, JSON.stringify(app.swagger()), state.current);
      },
    });
  }
}
