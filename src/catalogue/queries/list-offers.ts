import sql, { join, type Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import { pageOf, pageStatement } from './list-page.ts';
import type { List, ListPage, PageRequest, PageRow } from './list-page.ts';
import type { ListKey } from './list-ranges.ts';
import { LISTED_OFFERS, SELLERS_JSON, isFresh, offerProperties, type OfferState } from './offer-rows.ts';

export const OFFER_SORTS = ['price', 'observedAt', 'title'] as const;

export type OfferOrder = readonly [OfferSortKey, ...OfferSortKey[]];

interface OfferSortKey {
  readonly by: (typeof OFFER_SORTS)[number];
  readonly descending: boolean;
}

/** What a list of offers is narrowed to. Null, or an empty list: not by that. */
export interface OfferFilters {
  readonly seller: readonly string[];
  /** ISO 4217. */
  readonly currency: string | null;
  readonly state: OfferState | null;
  /** The film's UUID; an id that leads to it will do. */
  readonly title: string | null;
}

export interface OfferListRequest extends PageRequest {
  readonly filters: OfferFilters;
  readonly order: OfferOrder;
  readonly now: Date;
}

/** A page about offers, and the sellers of that moment. */
export interface OfferPage extends ListPage {
  /** A JSON array: who was asked, and who failed. */
  readonly sellersJson: string;
}

const KEYS: Readonly<Record<OfferSortKey['by'], Sql>> = {
  price: sql`o.price`,
  observedAt: sql`o.observed_at`,
  title: sql`o.title_sort`,
};

/** A page of the listed offers that pass the filters. Ties are broken by id. */
export async function listOffers(db: Queryable, request: OfferListRequest): Promise<OfferPage> {
  const { filters, order, now } = request;
  const [first, ...more] = order.map(({ by, descending }): ListKey => ({
    value: KEYS[by],
    descending,
    unknown: null,
  }));
  if (first === undefined) throw new Error('An order has no key.');
  return readOfferPage(
    db,
    {
      from: sql`${LISTED_OFFERS} as o`,
      where: conditions(filters, now),
      anyOf: [sql`true`],
      keys: [first, ...more],
      id: sql`o.id`,
      planEachTime: false,
      columns: sql`
        o.id, o.seller, o.listing_key, o.title, o.film_id, o.film_title, o.price, o.currency, o.observed_at,
        o.error_code`,
      properties: offerProperties('placed', now),
    },
    request,
  );
}

/** A page of a list, and the sellers of the same moment. */
export async function readOfferPage(db: Queryable, list: List, request: PageRequest): Promise<OfferPage> {
  const statement = pageStatement(list, request, sql`, ${SELLERS_JSON}::text as sellers`);
  const [row] = await db.query<PageRow & { sellers: string }>(statement);
  return { ...pageOf(row, request), sellersJson: row?.sellers ?? '[]' };
}

function conditions({ seller, currency, state, title }: OfferFilters, now: Date): Sql {
  const fresh = isFresh('o', now);
  return join(
    [
      sql`true`,
      ...(seller.length > 0 ? [sql`o.seller = any(${seller}::text[])`] : []),
      ...(currency === null ? [] : [sql`o.currency = ${currency}`]),
      ...(state === null ? [] : [state === 'fresh' ? fresh : sql`not ${fresh}`]),
      ...(title === null ? [] : [sql`o.film_key = ${filmKeyOf(title)}`]),
    ],
    ' and ',
  );
}

/** By what an id's film is told from others. */
export function filmKeyOf(id: string): Sql {
  return sql`coalesce((select title_id from title_alias where alias_id = ${id}), ${id}::uuid)`;
}
