import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { FILM_PARTS, type FilmPart } from '../../../catalogue/queries/film-parts.ts';
import {
  findFilm,
  findFilmPart,
  parseTitleId,
  type FoundTitle,
} from '../../../catalogue/queries/find-title.ts';
import { FilmbaseError } from '../../../model/errors.ts';
import { noQuery, problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { creditsSchema, filmPartLists } from '../film-part-schemas.ts';
import { filmDetailSchema } from '../film-schemas.ts';
import { wordList } from '../link-parameters.ts';
import { sendJson } from '../send-json.ts';

const PARTS = Object.keys(FILM_PARTS) as [FilmPart, ...FilmPart[]];

const ofFilm = {
  tags: ['films'],
  params: z.strictObject({ id: z.string().describe('A UUID, or an IMDb id such as tt0133093.') }),
};

const elsewhere = { 308: z.undefined().describe('The film has another id now: see `Location`.') };

interface Lookup {
  /** As the path has it. */
  readonly asked: string;
  readonly find: (id: string) => Promise<FoundTitle | null>;
  readonly bodyOf: (json: string) => string;
}

/** `GET /movies/{id}`: one film, by its UUID or its IMDb id; and each of its parts alone. */
export function findMovie(app: FastifyInstance, world: ApiWorld): void {
  const { db } = world;
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.route({
    method: ['GET', 'HEAD'],
    url: '/movies/:id',
    schema: {
      ...ofFilm,
      summary: 'A film, by its id or its IMDb id',
      querystring: z.strictObject({
        include: wordList(PARTS).describe(
          `Parts to add: any of ${PARTS.join(', ')}, joined by commas or repeated.`,
        ),
      }),
      response: { 200: filmDetailSchema, ...elsewhere, ...problemResponse },
    },
    handler: async (request, reply) =>
      answer(world, request, reply, {
        asked: request.params.id,
        find: (id) => findFilm(db, id, world.now(), request.query.include),
        bodyOf: (json) => json,
      }),
  });

  for (const part of PARTS) {
    const isList = part !== 'credits';
    typed.route({
      method: ['GET', 'HEAD'],
      url: `/movies/:id/${part}`,
      schema: {
        ...ofFilm,
        summary: `The ${part} of a film`,
        querystring: noQuery,
        response: {
          200: isList ? z.strictObject({ data: filmPartLists[part] }) : creditsSchema,
          ...elsewhere,
          ...problemResponse,
        },
      },
      handler: async (request, reply) =>
        answer(world, request, reply, {
          asked: request.params.id,
          find: (id) => findFilmPart(db, id, part),
          bodyOf: (json) => (isList ? `{"data":${json}}` : json),
        }),
    });
  }
}

/** Answers with what `find` gives for the film, as `bodyOf` has it; else says where the film is, or that it is not. */
async function answer(
  { idSalt, state }: ApiWorld,
  request: FastifyRequest,
  reply: FastifyReply,
  { asked, find, bodyOf }: Lookup,
): Promise<FastifyReply> {
  const id = parseTitleId(idSalt, asked);
  const found = id === null ? null : await find(id);
  if (found === null) throw notFound(asked);
  if (found.at === 'gone') throw gone(asked);
  if (found.at === 'elsewhere') return redirect(request, reply, found.id);
  state.learn(found.state);
  return sendJson(request, reply, bodyOf(found.json), found.ages ? null : found.state);
}

/** To the same below the film's id now. Not for ever: a title can be split again. */
function redirect({ originalUrl }: FastifyRequest, reply: FastifyReply, id: string): FastifyReply {
  const below = /^\/movies\/[^/?]*?(\/[^?]*|\.json)?(\?.*)?$/.exec(originalUrl);
  return reply
    .header('cache-control', 'no-cache')
    .redirect(`/movies/${id}${below?.[1] ?? ''}${below?.[2] ?? ''}`, 308);
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
