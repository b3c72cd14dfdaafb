import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { listOfferHistory } from '../../../catalogue/queries/film-offers.ts';
import { FILM_PARTS, type FilmPart } from '../../../catalogue/queries/film-parts.ts';
import {
  findTitle,
  findTitleAlone,
  findTitleOffers,
  findTitleOrigins,
  findTitlePart,
  type FoundTitle,
  type TitleAddress,
} from '../../../catalogue/queries/find-title.ts';
import { noQuery, problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { creditsSchema, filmPartLists } from '../film-part-schemas.ts';
import { filmDetailSchema } from '../film-schemas.ts';
import { wordList } from '../link-parameters.ts';
import { filmOffersSchema, offerHistorySchema } from '../offer-schemas.ts';
import { provenanceSchema } from '../provenance-schemas.ts';
import { pageParameters } from '../query-parameters.ts';
import { sendJson } from '../send-json.ts';
import { askedPage } from '../send-page.ts';
import { placeOf, redirectTo } from '../title-place.ts';
import { sendOffers } from './offers.ts';

const PARTS = Object.keys(FILM_PARTS) as [FilmPart, ...FilmPart[]];

/** Offers hang on the clock, other parts on what is served alone. */
const INCLUDED = [...PARTS, 'provenance', 'offers'] as const;

const ofFilm = {
  tags: ['films'],
  params: z.strictObject({ id: z.string().describe('A UUID, or an IMDb id such as tt0133093.') }),
};

const elsewhere = { 308: z.undefined().describe('The title has another address now: see `Location`.') };

interface Lookup {
  /** As the path has it. */
  readonly asked: string;
  readonly find: (address: TitleAddress) => Promise<FoundTitle | null>;
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
      const parts = PARTS.filter((part) => include.includes(part));
      const withOffers = include.includes('offers');
      const withOrigins = include.includes('provenance');
      return answer(world, request, reply, {
        asked: request.params.id,
        find: (address) => findTitle(db, address, world.now(), { parts, withOffers, withOrigins }),
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
          find: (address) => findTitlePart(db, address, part),
          bodyOf: (json) => (isList ? `{"data":${json}}` : json),
          isKept: true,
        }),
    });
  }
  typed.route({
    method: ['GET', 'HEAD'],
    url: '/movies/:id/provenance',
    schema: {
      ...ofFilm,
      summary: 'Where each value of a film comes from, and what other sources say',
      querystring: noQuery,
      response: { 200: provenanceSchema, ...elsewhere, ...problemResponse },
    },
    handler: async (request, reply) =>
      answer(world, request, reply, {
        asked: request.params.id,
        find: (address) => findTitleOrigins(db, address),
        bodyOf: (json) => json,
        isKept: true,
      }),
  });
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
        find: (address) => findTitleOffers(db, address, now()),
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
      const film = { section: 'films', id: request.params.id } as const;
      const place = await placeOf(world, film, (address) => findTitleAlone(db, address));
      if ('elsewhere' in place) return redirectTo(place.elsewhere, request, reply);
      const { id } = place.here;
      const asked = askedPage(world, ['offer-history', id], request.query);
      const page = await listOfferHistory(db, { ...asked, film: id });
      return sendOffers(world, request, reply, asked, page);
    },
  });
}

/** Answers with what `find` gives for the film, as `bodyOf` has it; else says where the film is, or that it is not. */
async function answer(
  world: ApiWorld,
  request: FastifyRequest,
  reply: FastifyReply,
  { asked, find, bodyOf, isKept }: Lookup,
): Promise<FastifyReply> {
  const place = await placeOf(world, { section: 'films', id: asked }, find);
  if ('elsewhere' in place) return redirectTo(place.elsewhere, request, reply);
  const { json, state, entityState, ages } = place.found;
  request.entityState = entityState;
  return sendJson(request, reply, bodyOf(json), isKept && !ages ? state : null);
}
