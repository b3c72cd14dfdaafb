import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { FilmbaseError } from '../../model/errors.ts';
import { encodingFor } from '../api/accept.ts';
import type { Assets } from './assets.ts';

/** A year, after which a browser may ask again: the longest that is of use (RFC 9111 recommends no more). */
const KEPT = 'public, max-age=31536000, immutable';

/** `GET /assets/{hash}/{name}`: stylesheet, scripts and typefaces, which never change at their address. */
export function assetRoutes(app: FastifyInstance, { hash, files }: Assets): void {
  app.withTypeProvider<ZodTypeProvider>().route({
    method: ['GET', 'HEAD'],
    url: '/assets/:hash/:name',
    config: { text: true },
    schema: { hide: true, params: z.strictObject({ hash: z.string(), name: z.string() }) },
    handler: (request, reply) => {
      const asset = request.params.hash === hash ? files.get(request.params.name) : undefined;
      if (asset === undefined) {
        throw new FilmbaseError('not_found', 'There is no such file.', {
          fields: [{ field: 'the path', message: 'is that of no file' }],
        });
      }
      const encoding = encodingFor(request.headers['accept-encoding']);
      reply.header('cache-control', KEPT).type(asset.type);
      if (asset.bodies[encoding] !== asset.bodies.identity) reply.header('content-encoding', encoding);
      reply.send(asset.bodies[encoding]);
    },
  });
}
