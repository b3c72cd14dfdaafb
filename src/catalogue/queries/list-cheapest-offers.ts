import sql, { empty, join, type Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import type { PageRequest } from './list-page.ts';
import { filmKeyOf, readOfferPage, type OfferPage } from './list-offers.ts';
import { LISTED_OFFERS, offerJson } from './offer-rows.ts';

export interface CheapestRequest extends PageRequest {
  /** The film's UUID, or null for all. */
  readonly title: string | null;
  /** Normalised words that the title, the seller's or the film's, has to contain; none: all. */
  readonly words: readonly string[];
  readonly now: Date;
}

/**
 * A page of the films that are offered, by title, then currency: for each film and currency
 * `{film, title, currency, price, offers}` with all offers of the lowest price. A price counts until a later one is seen, stale or not.
 */
export function listCheapestOffers(db: Queryable, request: CheapestRequest): Promise<OfferPage> {
  const { title, words, now } = request;
  const asked = [
    ...(title === null ? [] : [sql`o.film_key = ${filmKeyOf(title)}`]),
    ...words.map((word) => sql`strpos(o.title_sort, ${word}) > 0`),
  ];
  return readOfferPage(
    db,
    {
      from: sql`(${cheapestGroups(asked, now)}) as c`,
      where: sql`true`,
      anyOf: [sql`true`],
      keys: [
        { value: sql`c.title_sort`, descending: false, unknown: null },
        { value: sql`c.currency`, descending: false, unknown: null },
      ],
      id: sql`c.id`,
      planEachTime: false,
      columns: sql`c.id, c.film, c.title, c.currency, c.price, c.offers`,
      properties: sql`placed.film, placed.title, placed.currency, placed.price, placed.offers`,
    },
    request,
  );
}

function cheapestGroups(conditions: readonly Sql[], now: Date): Sql {
  const where = conditions.length === 0 ? empty : sql`where ${join(conditions, ' and ')}`;
  return sql`
    select
      md5(o.film_key::text || ' ' || o.currency)::uuid as id,
      min(o.title_sort) as title_sort,
      min(coalesce(o.film_title, o.title)) as title,
      o.currency,
      trim_scale(min(o.price)) as price,
      (json_agg(case when o.film_id is not null
        then json_build_object('id', o.film_id, 'title', o.film_title)
      end))->0 as film,
      json_agg(${offerJson('o', now)} order by o.seller, o.listing_key) as offers
    from (
      select o.*, rank() over (partition by o.film_key, o.currency order by o.price) as place
      from ${LISTED_OFFERS} as o
      ${where}
    ) as o
    where o.place = 1
    group by o.film_key, o.currency`;
}
