import sql, { type Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import { readOfferPage, type OfferPage } from './list-offers.ts';
import type { PageRequest } from './list-page.ts';
import { LISTED_OFFERS, SELLERS_JSON, offerJson, utc } from './offer-rows.ts';

/** The offers of a film, a row of `title` named `t`, cheapest first within each currency, and the sellers, as JSON. */
export function filmOffers(now: Date): Sql {
  return sql`(
    select json_build_object(
      'data', coalesce(
        json_agg(${offerJson('o', now)} order by o.currency, o.price, o.seller, o.listing_key),
        '[]'
      ),
      'sellers', ${SELLERS_JSON}
    )
    from ${LISTED_OFFERS} as o
    where o.film_key = t.id
  )`;
}

export interface OfferHistoryRequest extends PageRequest {
  /** The film's own UUID. */
  readonly film: string;
}

/** A page of every price that was seen of the listings that are of the film, listed or not: newest first. */
export function listOfferHistory(db: Queryable, request: OfferHistoryRequest): Promise<OfferPage> {
  return readOfferPage(
    db,
    {
      from: sql`(
        select seen.id, seen.seller, seen.listing_key, seen.title, seen.price, seen.currency, seen.observed_at
        from offer as o
        left join title_alias as alias on alias.alias_id = o.alias_id
        join offer_observation as seen on seen.seller = o.seller and seen.listing_key = o.listing_key
        where coalesce(alias.title_id, o.alias_id) = ${request.film}
      ) as h`,
      where: sql`true`,
      anyOf: [sql`true`],
      keys: [{ value: sql`h.observed_at`, descending: true, unknown: null }],
      id: sql`h.id`,
      planEachTime: false,
      columns: sql`h.id, h.seller, h.listing_key, h.title, h.price, h.currency, h.observed_at`,
      properties: sql`
        placed.seller,
        placed.listing_key as "listingKey",
        placed.title,
        trim_scale(placed.price) as price,
        placed.currency,
        ${utc(sql`placed.observed_at`)} as "observedAt"`,
    },
    request,
  );
}
