import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { listOfferHistory } from '../../../catalogue/queries/film-offers.ts';
import { FILM_PARTS, type FilmPart } from '../../../catalogue/queries/film-parts.ts';
import {
  findFilm,
  findFilmAlone,
  findFilmOffers,
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
import { filmOffersSchema, offerHistorySchema } from '../offer-schemas.ts';
import { pageParameters } from '../query-parameters.ts';
import { sendJson } from '../send-json.ts';
import { askedPage } from '../send-page.ts';
import { sendOffers } from './offers.ts';

const PARTS = Object.keys(FILM_PARTS) as [FilmPart, ...FilmPart[]];

/** Offers hang on the clock, other parts on what is served alone. */
const INCLUDED = [...PARTS, 'offers'] as const;

export const ofFilm = {
  tags: ['films'],
  params: z.strictObject({ id: z.string().describe('A UUID, or an IMDb id such as tt0133093.') }),
};

export const elsewhere = { 308: z.undefined().describe('The film has another id now: see `Location`.') };

interface Lookup {
  /** As the path has it. */
  readonly asked: string;
  readonly find: (id: string) => Promise<FoundTitle | null>;
  readonly bodyOf: (json: string) => string;
  /** Whether the answer hangs on nothing but what is served, so that it can be kept in memory. */
  readonly isKept: boolean;
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
        include: wordList(INCLUDED).describe(
          `Parts to add: any of ${INCLUDED.join(', ')}, joined by commas or repeated.`,
        ),
      }),
      response: { 200: filmDetailSchema, ...elsewhere, ...problemResponse },
    },
    handler: async (request, reply) => {
      const { include } = request.query;
      const parts = include.filter((part) => part !== 'offers');
      const withOffers = include.includes('offers');
      return answer(world, request, reply, {
        asked: request.params.id,
        find: (id) => findFilm(db, id, world.now(), parts, withOffers),
        bodyOf: (json) => json,
        isKept: !withOffers,
      });
    },
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
          isKept: true,
        }),
    });
  }
  findOffers(app, world);
}

/** `GET /movies/{id}/offers`, and `/movies/{id}/offers/history`. */
function findOffers(app: FastifyInstance, world: ApiWorld): void {
  const { db, now } = world;
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.route({
    method: ['GET', 'HEAD'],
    url: '/movies/:id/offers',
    schema: {
      ...ofFilm,
      summary: 'What sellers ask for a film, the cheapest of each currency first, and which sellers failed',
      querystring: noQuery,
      response: { 200: filmOffersSchema, ...elsewhere, ...problemResponse },
    },
    handler: async (request, reply) =>
      answer(world, request, reply, {
        asked: request.params.id,
        find: (id) => findFilmOffers(db, id, now()),
        bodyOf: (json) => json,
        isKept: false,
      }),
  });

  typed.route({
    method: ['GET', 'HEAD'],
    url: '/movies/:id/offers/history',
    schema: {
      ...ofFilm,
      summary: 'Every price that was seen of a film, newest first',
      querystring: z.strictObject(pageParameters),
      response: { 200: offerHistorySchema, ...elsewhere, ...problemResponse },
    },
    handler: async (request, reply) => {
      const id = await placeOf(world, request.params.id, (film) => findFilmAlone(db, film));
      if ('elsewhere' in id) return redirect(request, reply, id.elsewhere);
      const asked = askedPage(world, ['offer-history', id.here], request.query);
      const page = await listOfferHistory(db, { ...asked, film: id.here });
      return sendOffers(world, request, reply, asked, page);
    },
  });
}

/** Answers with what `find` gives for the film, as `bodyOf` has it; else says where the film is, or that it is not. */
export async function answer(
  world: ApiWorld,
  request: FastifyRequest,
  reply: FastifyReply,
  { asked, find, bodyOf, isKept }: Lookup,
): Promise<FastifyReply> {
  const place = await placeOf(world, asked, find);
  if ('elsewhere' in place) return redirect(request, reply, place.elsewhere);
  const { json, state, entityState, ages } = place.found;
  request.entityState = entityState;
  return sendJson(request, reply, bodyOf(json), isKept && !ages ? state : null);
}

type Place =
  { readonly here: string; readonly found: FoundTitle & { at: 'here' } } | { readonly elsewhere: string };

/** Where the film is that a path names. Throws `title_not_found`, `title_gone`. */
export async function placeOf(
  { idSalt, state }: ApiWorld,
  asked: string,
  find: Lookup['find'],
): Promise<Place> {
  const id = parseTitleId(idSalt, asked);
  const found = id === null ? null : await find(id);
  if (id === null || found === null) throw notFound(asked);
  if (found.at === 'gone') throw gone(asked);
  if (found.at === 'elsewhere') return { elsewhere: found.id };
  state.learn(found.state);
  return { here: id, found };
}

/** To the same below the film's id now. Not for ever: a title can be split again. */
export function redirect({ originalUrl }: FastifyRequest, reply: FastifyReply, id: string): FastifyReply {
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
