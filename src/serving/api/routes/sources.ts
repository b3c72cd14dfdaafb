import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { listRuns } from '../../../catalogue/queries/list-runs.ts';
import { listSources } from '../../../catalogue/queries/list-sources.ts';
import { FilmbaseError } from '../../../model/errors.ts';
import { noQuery, problemResponse, runListSchema, sourceListSchema } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { cursorParameter, limitParameter } from '../film-list-query.ts';
import { linkPage, positionOf } from '../link-page.ts';
import { sendJson } from '../send-json.ts';

/** `GET /sources` and `GET /sources/{name}/runs`. */
export function sourceRoutes(app: FastifyInstance, { db, secret }: ApiWorld): void {
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
      sendJson(request, reply, JSON.stringify({ data: await listSources(db) })),
  });

  typed.route({
    method: ['GET', 'HEAD'],
    url: '/sources/:name/runs',
    schema: {
      summary: "A source's runs, newest first",
      tags: ['sources'],
      params: z.strictObject({ name: z.string() }),
      querystring: z.strictObject({ limit: limitParameter, cursor: cursorParameter }),
      response: { 200: runListSchema, ...problemResponse },
    },
    handler: async (request, reply) => {
      const { cursor, limit } = request.query;
      const source = request.params.name;
      const list = { secret, identity: ['runs', source] };
      const position = positionOf(list, cursor);
      const page = await listRuns(db, { source, position, limit });
      if (page === null) throw notFound(source);
      const links = linkPage(list, request, reply, position, page);
      return sendJson(request, reply, JSON.stringify({ data: page.runs, page: { ...links, limit } }));
    },
  });
}

function notFound(name: string): FilmbaseError {
  return new FilmbaseError('source_not_found', `No source has the name ${name}.`, {
    fields: [{ field: 'name', message: 'is the name of no source' }],
  });
}
