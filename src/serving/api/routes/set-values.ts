import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

import { findTitle, findTitleAlone } from '../../../catalogue/queries/find-title.ts';
import { noQuery, problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { filmPatchBody } from '../film-patch-body.ts';
import { expectedBy, ifMatchHeaders } from '../if-match.ts';
import { sendTitle } from '../send-title.ts';
import { elsewhere, idOfTitle, placeOf, redirectTo } from '../title-place.ts';
import { filmDetailSchema } from '../title-schemas.ts';

const MERGE_PATCH = 'application/merge-patch+json';

/** `PATCH /movies/{id}`: sets values of a film by hand, and withdraws them. */
export function setValues(app: FastifyInstance, world: ApiWorld): void {
  const { db, now, writers } = world;
  // A scope of its own: no other route takes merge patches.
  app.register((scope, _options, done) => {
    scope.addContentTypeParser(
      MERGE_PATCH,
      { parseAs: 'string' },
      scope.getDefaultJsonParser('error', 'error'),
    );
    scope.withTypeProvider<ZodTypeProvider>().route({
      method: 'PATCH',
      url: '/movies/:id',
      config: { needs: 'write' },
      schema: {
        tags: ['films'],
        params: idOfTitle,
        summary: 'Set values of a film by hand, which win over what every source says',
        description:
          'The body is a JSON merge patch (RFC 7396): a value is set, null withdraws what was set by hand, and what is ' +
          'left out stays. With `If-Match`, only if the film is still what the answer with that `ETag` said.',
        consumes: ['application/json', MERGE_PATCH],
        security: [{ key: [] }],
        headers: ifMatchHeaders,
        querystring: noQuery,
        body: filmPatchBody(now),
        response: { 200: filmDetailSchema, ...elsewhere, ...problemResponse },
      },
      handler: async (request, reply) => {
        const asked = { section: 'films', id: request.params.id } as const;
        const place = await placeOf(world, asked, (address) => findTitleAlone(db, address));
        if ('elsewhere' in place) return redirectTo(place.elsewhere, request, reply);
        await writers.setValues(place.here.id, request.body, expectedBy(request), {
          apiKey: request.apiKey,
          ticket: null,
        });
        reply.header('cache-control', 'no-store');
        return sendTitle(world, request, reply, {
          asked,
          find: (address) => findTitle(db, address, now()),
          bodyOf: (json) => json,
          isKept: false,
        });
      },
    });
    done();
  });
}
