import sql, { join, raw, type Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import { LISTED_OFFERS, SELLERS_JSON, offerProperties } from './offer-rows.ts';

// Reports on offers: asked of the offers as they are now, where other reports are published with the catalogue. Each uses the last good
// price of a listing, stale or not, so that a seller that fails is neither cheaper nor dearer for it.

export const BASES = ['mean', 'sum'] as const;

/** What a reader of such a report chooses. */
export interface OfferReportSelection {
  /** The sellers that are compared; none: all that have an offer in the currency. */
  readonly sellers: readonly string[];
  readonly basis: (typeof BASES)[number];
  /** How many ranks are listed, with all that tie. */
  readonly top: number;
  readonly now: Date;
}

export interface OfferReport {
  readonly name: 'cheapest-seller' | 'cheapest-title';
  readonly title: string;
  /** One sentence. */
  readonly description: string;
  /** Its columns in CSV, in order. */
  readonly columns: readonly string[];
  /** Which of the choices it takes besides `top`. */
  readonly takes: readonly ('seller' | 'basis')[];
  /** A select of its rows, with columns of these names, and the order of the rows by them. */
  readonly rows: (selection: OfferReportSelection) => { readonly select: Sql; readonly orderBy: Sql };
}

const CHEAPEST_TITLE: OfferReport = {
  name: 'cheapest-title',
  title: 'The cheapest offers of all',
  description: 'For each currency the lowest last price among all listed offers, all that tie.',
  columns: [
    'currency',
    'rank',
    'price',
    'title',
    'filmId',
    'seller',
    'listingKey',
    'observedAt',
    'ageSeconds',
    'state',
  ],
  takes: ['seller'],
  rows: ({ sellers, top, now }) => ({
    select: sql`
      select
        o.currency, o.rank, one.price, one.title, o.film_id as "filmId", one.seller, one."listingKey",
        one."observedAt", one."ageSeconds", one.state
      from (
        select o.*, rank() over (partition by o.currency order by o.price) as rank
        from ${LISTED_OFFERS} as o
        where ${isCompared(sellers)}
      ) as o
      cross join lateral (select ${offerProperties('o', now)}) as one
      where o.rank <= ${top}`,
    orderBy: sql`currency, rank, title, seller, "listingKey"`,
  }),
};

/**
 * The basket is the films that each compared seller offers in the currency; one that a seller offers twice counts with its lower price.
 * Sums are compared, which are exact, and means are rounded when they are shown. Without a common film nobody has a rank.
 */
const CHEAPEST_SELLER: OfferReport = {
  name: 'cheapest-seller',
  title: 'The cheapest seller',
  description:
    'For each currency the sellers by the mean (or the sum) of their last prices of the films that all compared sellers offer.',
  columns: ['currency', 'rank', 'seller', 'value', 'films', 'sellers'],
  takes: ['seller', 'basis'],
  rows: ({ sellers, basis, top }) => ({
    select: sql`
      select
        c.currency,
        case when c.films > 0 then c.place end as rank,
        c.seller,
        case when c.films > 0 then trim_scale(${basis === 'sum' ? sql`c.total` : sql`round(c.total / c.films, 4)`}) end as value,
        c.films,
        c.sellers
      from (
        with price as (
          select currency, seller, film_key, min(price) as price
          from ${LISTED_OFFERS} as o
          where ${isCompared(sellers)}
          group by currency, seller, film_key
        ),
        compared as (
          select currency, count(distinct seller) as sellers
          from price
          group by currency
        ),
        basket as (
          select p.currency, p.film_key
          from price as p
          join compared as c on c.currency = p.currency
          group by p.currency, p.film_key, c.sellers
          having count(*) = c.sellers
        )
        select
          p.currency,
          p.seller,
          count(b.film_key) as films,
          c.sellers,
          sum(p.price) filter (where b.film_key is not null) as total,
          rank() over (
            partition by p.currency
            order by sum(p.price) filter (where b.film_key is not null)
          ) as place
        from price as p
        join compared as c on c.currency = p.currency
        left join basket as b on b.currency = p.currency and b.film_key = p.film_key
        group by p.currency, p.seller, c.sellers
      ) as c
      where c.place <= ${top}`,
    orderBy: sql`currency, rank, seller`,
  }),
};

/** In the order of their names. */
export const OFFER_REPORTS: readonly OfferReport[] = [CHEAPEST_SELLER, CHEAPEST_TITLE];

/** All rows of the report as a JSON array, and the sellers of that moment. */
export async function readOfferReport(
  db: Queryable,
  report: OfferReport,
  selection: OfferReportSelection,
): Promise<{ readonly rowsJson: string; readonly sellersJson: string }> {
  const { select, orderBy } = report.rows(selection);
  const [row] = await db.query<{ rows: string; sellers: string }>(sql`
    select
      (select coalesce(json_agg(row_to_json(r) order by ${orderBy}), '[]')::text from (${select}) as r) as rows,
      ${SELLERS_JSON}::text as sellers`);
  if (row === undefined) throw new Error('A select without a table gave no row.');
  return { rowsJson: row.rows, sellersJson: row.sellers };
}

/** The same rows as text, in the order of the columns; null: unknown. */
export async function readOfferReportCells(
  db: Queryable,
  report: OfferReport,
  selection: OfferReportSelection,
): Promise<readonly (readonly (string | null)[])[]> {
  const { select, orderBy } = report.rows(selection);
  const cells = join(report.columns.map((name) => sql`r.${raw(`"${name}"`)}::text`));
  const rows = await db.query<{ cells: (string | null)[] }>(sql`
    select array[${cells}] as cells from (${select}) as r order by ${orderBy}`);
  return rows.map((row) => row.cells);
}

/** Those of `names` that no seller has. */
export async function unknownSellers(db: Queryable, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const rows = await db.query<{ name: string }>(sql`
    select name from unnest(${names}::text[]) as asked (name) where name not in (select name from seller)`);
  return rows.map(({ name }) => name);
}

function isCompared(sellers: readonly string[]): Sql {
  return sellers.length === 0 ? sql`true` : sql`o.seller = any(${sellers}::text[])`;
}
