import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { listCheapestOffers } from '../../../catalogue/queries/list-cheapest-offers.ts';
import {
  OFFER_SORTS,
  listOffers,
  type OfferFilters,
  type OfferOrder,
  type OfferPage,
} from '../../../catalogue/queries/list-offers.ts';
import { OFFER_STATES } from '../../../catalogue/queries/offer-rows.ts';
import { problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { cheapestListSchema, offerListSchema } from '../offer-schemas.ts';
import { oneOf, pageParameters, repeatable, text, textThat } from '../query-parameters.ts';
import { sendJson } from '../send-json.ts';
import { askedPage, linkPage, type AskedPage } from '../send-page.ts';
import { sortParameter } from '../sort-parameter.ts';
import { titleParameter } from '../title-parameter.ts';

const CURRENCY = /^[A-Za-z]{3}$/;

const DEFAULT_ORDER: OfferOrder = [{ by: 'price', descending: false }];

/** `GET /offers` and `GET /offers/cheapest`. Answers hang on the clock, and are not kept in memory. */
export function offers(app: FastifyInstance, world: ApiWorld): void {
  const { db, now } = world;
  const title = titleParameter(world, 'Of this film');
  const typed = app.withTypeProvider<ZodTypeProvider>();
  typed.route({
    method: ['GET', 'HEAD'],
    url: '/offers',
    schema: {
      summary: 'What sellers ask for films, a page at a time, and which sellers failed',
      tags: ['offers'],
      querystring: z.strictObject({
        seller: repeatable(text(50)).describe('Of any of these sellers; may be repeated.'),
        currency: currencyParameter,
        state: oneOf(OFFER_STATES).optional().describe('Only prices that are fresh, or stale.'),
        title,
        sort: sortParameter(OFFER_SORTS, 'price'),
        ...pageParameters,
      }),
      response: { 200: offerListSchema, ...problemResponse },
    },
    handler: async (request, reply) => {
      const { query } = request;
      const filters: OfferFilters = {
        seller: [...new Set(query.seller)],
        currency: query.currency ?? null,
        state: query.state ?? null,
        title: query.title ?? null,
      };
      const order = query.sort ?? DEFAULT_ORDER;
      const asked = askedPage(world, ['offers', filters, order], query);
      const page = await listOffers(db, { ...asked, filters, order, now: now() });
      return sendOffers(world, request, reply, asked, page);
    },
  });

  typed.route({
    method: ['GET', 'HEAD'],
    url: '/offers/cheapest',
    schema: {
      summary: 'For each film and currency the cheapest offers, all that tie; by title',
      tags: ['offers'],
      querystring: z.strictObject({ title, ...pageParameters }),
      response: { 200: cheapestListSchema, ...problemResponse },
    },
    handler: async (request, reply) => {
      const title = request.query.title ?? null;
      const asked = askedPage(world, ['cheapest-offers', title], request.query);
      const page = await listCheapestOffers(db, { ...asked, title, words: [], now: now() });
      return sendOffers(world, request, reply, asked, page);
    },
  });
}

const currencyParameter = textThat(
  (given) => CURRENCY.test(given),
  'must be a code of three letters, such as AUD',
)
  .meta({ pattern: CURRENCY.source })
  .transform((code) => code.toUpperCase())
  .optional()
  .describe('ISO 4217, in whatever case.');

/** Answers with a page about offers, which is not kept: it hangs on the clock, and on sellers. */
export function sendOffers(
  world: ApiWorld,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: AskedPage,
  page: OfferPage,
): FastifyReply {
  world.state.learn(page.state);
  const links = JSON.stringify({ ...linkPage(world, request, reply, asked, page), limit: asked.limit });
  return sendJson(request, reply, `{"data":${page.itemsJson},"page":${links},"sellers":${page.sellersJson}}`);
}
