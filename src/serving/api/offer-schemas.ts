import { z } from 'zod';

import { OFFER_STATES } from '../../catalogue/queries/offer-rows.ts';
import { namedSchemas, pageSchema } from './api-schemas.ts';

const film = z
  .strictObject({ id: z.uuid(), title: z.string() })
  .nullable()
  .describe('Null: the catalogue does not have it.');

const price = z.number().describe('Printed exactly as the seller asks it, with at most four decimals.');

const currency = z.string().describe('ISO 4217.');

const time = z.iso.datetime();

const offer = z
  .strictObject({
    id: z.uuid(),
    seller: z.string(),
    listingKey: z.string().describe("The seller's own id of it."),
    title: z.string().describe('As the seller writes it.'),
    film,
    price,
    currency,
    observedAt: time.describe('When the seller asked this price.'),
    ageSeconds: z.int().min(0),
    state: z
      .enum(OFFER_STATES)
      .describe(
        'fresh: the last check gave the price, less than three intervals of the schedule ago, at least 15 minutes. stale: it is the last good one.',
      ),
  })
  .register(namedSchemas, { id: 'Offer' });

const sellers = z
  .array(
    z
      .strictObject({
        name: z.string(),
        currency: currency.nullable(),
        state: z
          .enum(['answered', 'failed', 'never'])
          .describe('failed: its list, or any listing, did not answer when it was last checked.'),
        checkedAt: time.nullable(),
        answeredAt: time.nullable().describe('When its list was last had.'),
        error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
      })
      .register(namedSchemas, { id: 'Seller' }),
  )
  .describe('Every seller that is asked, and who failed.');

export const offerListSchema = z
  .strictObject({ data: z.array(offer), page: pageSchema, sellers })
  .register(namedSchemas, { id: 'OfferList' });

export const cheapestListSchema = z
  .strictObject({
    data: z.array(
      z.strictObject({
        film,
        title: z.string(),
        currency,
        price,
        offers: z.array(offer).describe('All that ask this price.'),
      }),
    ),
    page: pageSchema,
    sellers,
  })
  .register(namedSchemas, { id: 'CheapestOfferList' });

export const filmOffersSchema = z
  .strictObject({ data: z.array(offer), sellers })
  .register(namedSchemas, { id: 'FilmOffers' });

export const offerHistorySchema = z
  .strictObject({
    data: z.array(
      z.strictObject({
        seller: z.string(),
        listingKey: z.string(),
        title: z.string(),
        price,
        currency,
        observedAt: time,
      }),
    ),
    page: pageSchema,
    sellers,
  })
  .register(namedSchemas, { id: 'OfferHistory' });

const rank = z.int().min(1);

/** A report on offers: its rows, and the sellers. */
export const offerReportSchemas = {
  'cheapest-title': z.strictObject({
    data: z.array(
      z.strictObject({
        currency,
        rank,
        price,
        title: z.string(),
        filmId: z.uuid().nullable(),
        seller: z.string(),
        listingKey: z.string(),
        observedAt: time,
        ageSeconds: z.int(),
        state: z.enum(OFFER_STATES),
      }),
    ),
    sellers,
  }),
  'cheapest-seller': z.strictObject({
    data: z.array(
      z.strictObject({
        currency,
        rank: rank.nullable().describe('Null: no film is offered by all of them.'),
        seller: z.string(),
        value: z.number().nullable().describe('Of the basket, as `basis` says.'),
        films: z.int().describe('Films of the basket: those that all compared sellers offer.'),
        sellers: z.int().describe('Sellers that are compared.'),
      }),
    ),
    sellers,
  }),
};
