import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { listRuns } from '../../../catalogue/queries/list-runs.ts';
import { listSources } from '../../../catalogue/queries/list-sources.ts';
import { FilmbaseError } from '../../../model/errors.ts';
import { noQuery, problemResponse, runListSchema, sourceListSchema } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { pageParameters } from '../query-parameters.ts';
import { sendJson } from '../send-json.ts';
import { askedPage, linkPage } from '../send-page.ts';

/** `GET /sources` and `GET /sources/{name}/runs`. */
export function sourceRoutes(app: FastifyInstance, world: ApiWorld): void {
  const { db, now } = world;
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.route({
    method: ['GET', 'HEAD'],
    url: '/sources',
    schema: {
      summary: 'Every source as last seen',
      tags: ['sources'],
      querystring: noQuery,
      response: { 200: sourceListSchema, ...problemResponse },
    },
    handler: async (request, reply) =>
      sendJson(request, reply, JSON.stringify({ data: await listSources(db, now()) })),
  });

  typed.route({
    method: ['GET', 'HEAD'],
    url: '/sources/:name/runs',
    schema: {
      summary: "A source's runs, newest first",
      tags: ['sources'],
      params: z.strictObject({ name: z.string() }),
      querystring: z.strictObject(pageParameters),
      response: { 200: runListSchema, ...problemResponse },
    },
    handler: async (request, reply) => {
      const source = request.params.name;
      const asked = askedPage(world, ['runs', source], request.query);
      const { position, limit } = asked;
      const page = await listRuns(db, { source, position, limit });
      if (page === null) throw notFound(source);
      const links = linkPage(world, request, reply, asked, page);
      return sendJson(request, reply, JSON.stringify({ data: page.runs, page: { ...links, limit } }));
    },
  });
}

function notFound(name: string): FilmbaseError {
  return new FilmbaseError('source_not_found', `No source has the name ${name}.`, {
    fields: [{ field: 'name', message: 'is the name of no source' }],
  });
}
