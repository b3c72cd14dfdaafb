import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { listOfferHistory } from '../../../catalogue/queries/film-offers.ts';
import { findTitleAlone, findTitleOffers } from '../../../catalogue/queries/find-title.ts';
import { noQuery, problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { filmOffersSchema, offerHistorySchema } from '../offer-schemas.ts';
import { pageParameters } from '../query-parameters.ts';
import { askedPage } from '../send-page.ts';
import { sendTitle } from '../send-title.ts';
import { elsewhere, idOfTitle, placeOf, redirectTo } from '../title-place.ts';
import { sendOffers } from './offers.ts';

/** `GET /movies/{id}/offers`, and `/movies/{id}/offers/history`. */
export function filmOffers(app: FastifyInstance, world: ApiWorld): void {
  const { db, now } = world;
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.route({
    method: ['GET', 'HEAD'],
    url: '/movies/:id/offers',
    schema: {
      tags: ['films'],
      summary: 'What sellers ask for a film, the cheapest of each currency first, and which sellers failed',
      params: idOfTitle,
      querystring: noQuery,
      response: { 200: filmOffersSchema, ...elsewhere, ...problemResponse },
    },
    handler: async (request, reply) =>
      sendTitle(world, request, reply, {
        asked: { section: 'films', id: request.params.id },
        find: (address) => findTitleOffers(db, address, now()),
        bodyOf: (json) => json,
        isKept: false,
      }),
  });

  typed.route({
    method: ['GET', 'HEAD'],
    url: '/movies/:id/offers/history',
    schema: {
      tags: ['films'],
      summary: 'Every price that was seen of a film, newest first',
      params: idOfTitle,
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
