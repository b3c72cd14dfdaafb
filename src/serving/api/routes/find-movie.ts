import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { findFilm, parseTitleId } from '../../../catalogue/queries/find-title.ts';
import { FilmbaseError } from '../../../model/errors.ts';
import { filmDetailSchema, noQuery, problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { sendJson } from '../send-json.ts';

/** `GET /movies/{id}`: one film, by its UUID or its IMDb id. */
export function findMovie(app: FastifyInstance, { db, idSalt, state }: ApiWorld): void {
  app.withTypeProvider<ZodTypeProvider>().route({
    method: ['GET', 'HEAD'],
    url: '/movies/:id',
    schema: {
      summary: 'A film, by its id or its IMDb id',
      tags: ['films'],
      params: z.strictObject({ id: z.string().describe('A UUID, or an IMDb id such as tt0133093.') }),
      querystring: noQuery,
      response: {
        200: filmDetailSchema,
        308: z.undefined().describe('The film has another id now: see `Location`.'),
        ...problemResponse,
      },
    },
    handler: async (request, reply) => {
      const asked = request.params.id;
      const id = parseTitleId(idSalt, asked);
      const found = id === null ? null : await findFilm(db, id);
      if (found === null) throw notFound(asked);
      if (found.at === 'gone') throw gone(asked);
      if (found.at === 'elsewhere') return redirect(request, reply, found.id);
      state.learn(found.state);
      return sendJson(request, reply, found.json, found.state);
    },
  });
}

/** Not for ever: a title can be split again. */
function redirect({ originalUrl }: FastifyRequest, reply: FastifyReply, id: string): FastifyReply {
  const ending = /^[^?]*\.json(\?|$)/.test(originalUrl) ? '.json' : '';
  return reply.header('cache-control', 'no-cache').redirect(`/movies/${id}${ending}`, 308);
}

function notFound(id: string): FilmbaseError {
  return new FilmbaseError('title_not_found', `No film has the id ${id}.`, {
    fields: [{ field: 'id', message: 'is the id of no film' }],
  });
}

function gone(id: string): FilmbaseError {
  return new FilmbaseError('title_gone', `Every source has dropped the film with the id ${id}.`, {
    fields: [{ field: 'id', message: 'is the id of a film that is gone' }],
  });
}
