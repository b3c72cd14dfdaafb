import sql from 'sql-template-tag';

import { firstCharacters, shownText } from '../../lib/shown-text.ts';
import type { Database, Queryable, Transaction } from '../../db/database.ts';
import { literal } from '../../model/lake-engine.ts';
import type { LakeEngine } from '../../model/lake-engine.ts';
import { titleId } from '../../model/title-key.ts';
import { titleSort } from '../../model/title-sort.ts';

/** The source whose claims offers are. */
export const OFFER_SOURCE = 'prices';

/** A run of the lake, and where its claims are; a file may hold other runs of the day as well. */
export interface OfferRun {
  readonly run: string;
  /** Parquet files of the claim table `offer`; none where it has no rows. */
  readonly offers: readonly string[];
  /** Of the claim table `poll`. */
  readonly polls: readonly string[];
}

export interface OfferRequest {
  readonly idSalt: string;
  /** Every committed run of the lake that has claims of these tables; those that are in are not read again. */
  readonly runs: readonly OfferRun[];
}

/**
 * Brings the runs that the database does not have yet into it, oldest first, each in one transaction, so that being
 * stopped anywhere loses nothing, a repetition changes nothing, and a new database gets the whole history. A run that is older than
 * one that is in adds to the history alone. Gives the runs that were brought in.
 */
export async function publishOffers(
  db: Database,
  engine: LakeEngine,
  { idSalt, runs }: OfferRequest,
): Promise<string[]> {
  const there = await listOfferRuns(db);
  const missing = runs.filter(({ run }) => !there.has(run)).toSorted((a, b) => (a.run < b.run ? -1 : 1));
  const published: string[] = [];
  for (const run of missing) {
    const observed = await readRun(engine, idSalt, run);
    if (await db.transaction((tx) => publishRun(tx, run.run, observed))) published.push(run.run);
  }
  return published;
}

/** The runs whose offers are in the database. */
async function listOfferRuns(db: Queryable): Promise<ReadonlySet<string>> {
  const rows = await db.query<{ run: string }>(sql`select run from offer_run`);
  return new Set(rows.map(({ run }) => run));
}

/** Gives each of the sellers that the settings name a row, so that one that was never asked is shown, too. */
export async function registerSellers(
  db: Queryable,
  sellers: readonly { readonly name: string; readonly currency: string }[],
): Promise<void> {
  for (const { name, currency } of sellers) {
    await db.query(sql`
      insert into seller (name, currency, asked)
      values (${name}, ${currency}, true)
      on conflict (name) do update
      set currency = excluded.currency, asked = true`);
  }
}

interface Observed {
  readonly offers: readonly object[];
  readonly polls: readonly object[];
}

interface OfferRow {
  readonly title_key: string;
  readonly title: string | null;
  readonly listing_key: string;
}

/** Characters of a text that is published. */
const TEXT_CHARACTERS = 1_000;

/** Of what titles are sorted by: an index of the database takes no more than some 2,700 bytes. */
const SORT_CHARACTERS = 500;

/** What a run saw, as rows for `jsonb_to_recordset`; prices are text, since numbers in JSON are read as binary ones here. */
async function readRun(
  engine: LakeEngine,
  idSalt: string,
  { run, offers, polls }: OfferRun,
): Promise<Observed> {
  const aliasOf = (key: string) => titleId(idSalt, `${OFFER_SOURCE}:${key}`);
  const offerRows = await claimsOf<OfferRow>(
    engine,
    run,
    offers,
    `title_key, seller, listing_key, title, year, cast(price as varchar) as price, currency,
      ${moment('observed_at')} as observed_at`,
  );
  const pollRows = await claimsOf<{ title_key: string | null }>(
    engine,
    run,
    polls,
    `seller, listing_key, title_key, ${moment('polled_at')} as polled_at, error_code, error_message`,
  );
  return {
    offers: offerRows.map((row) => {
      const title = row.title ?? row.listing_key;
      return {
        ...row,
        title,
        title_sort: firstCharacters(titleSort(title), SORT_CHARACTERS),
        alias_id: aliasOf(row.title_key),
      };
    }),
    polls: pollRows.map((row) => ({
      ...row,
      alias_id: row.title_key === null ? null : aliasOf(row.title_key),
    })),
  };
}

async function claimsOf<R extends object>(
  engine: LakeEngine,
  run: string,
  files: readonly string[],
  columns: string,
): Promise<R[]> {
  if (files.length === 0) return [];
  const rows = await engine.rows<R>(`
    select ${columns}
    from read_parquet([${files.map(literal).join(', ')}], hive_partitioning = false, union_by_name = true)
    where run = ${literal(run)}`);
  return rows.map(publishable);
}

/** The row without what the database takes in no text: whatever a run in the lake holds, it must not hold up those after it. */
function publishable<R extends object>(row: R): R {
  const shown = Object.entries(row).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'string' ? shownText(value, TEXT_CHARACTERS) : value,
  ]);
  return Object.fromEntries(shown) as R;
}

function moment(column: string): string {
  return `strftime(${column}, '%Y-%m-%dT%H:%M:%S.%fZ')`;
}

/** False where another process was quicker. */
async function publishRun(tx: Transaction, run: string, { offers, polls }: Observed): Promise<boolean> {
  const [last] = await tx.query<{ run: string | null }>(sql`select max(run) as run from offer_run`);
  const added = await tx.query(sql`
    insert into offer_run (run) values (${run}) on conflict do nothing returning run`);
  if (added.length === 0) return false;
  await addObservations(tx, run, offers);
  const isLatest = last?.run === null || last === undefined || last.run < run;
  if (!isLatest) return true;
  const pollsJson = JSON.stringify(polls);
  await noteSellers(tx, pollsJson);
  await noteFailures(tx, pollsJson);
  await noteOffers(tx, JSON.stringify(offers));
  await unlist(tx, pollsJson, JSON.stringify(offers));
  return true;
}

const OFFER_ROWS = sql`
  as o (
    alias_id uuid, seller text, listing_key text, title text, title_sort text, year smallint, price numeric(18, 4),
    currency text, observed_at timestamptz
  )`;

const POLL_ROWS = sql`
  as p (
    seller text, listing_key text, alias_id uuid, polled_at timestamptz, error_code text, error_message text
  )`;

async function addObservations(tx: Transaction, run: string, offers: readonly object[]): Promise<void> {
  await tx.query(sql`
    insert into offer_observation (seller, listing_key, run, observed_at, title, year, price, currency)
    select o.seller, o.listing_key, ${run}, o.observed_at, o.title, o.year, o.price, o.currency
    from jsonb_to_recordset(${JSON.stringify(offers)}::jsonb) ${OFFER_ROWS}
    on conflict do nothing`);
}

/** A seller fails when its list does, or any of its listings; the list's error is told first. */
async function noteSellers(tx: Transaction, polls: string): Promise<void> {
  await tx.query(sql`
    with p as (select * from jsonb_to_recordset(${polls}::jsonb) ${POLL_ROWS}),
    failed as (
      select
        seller,
        count(listing_key) as listings,
        min(error_code) filter (where listing_key is null) as list_code,
        min(error_message) filter (where listing_key is null) as list_message,
        (array_agg(error_code order by listing_key))[1] as first_code,
        (array_agg(error_message order by listing_key))[1] as first_message
      from p
      where error_code is not null
      group by seller
    )
    insert into seller (name, asked, checked_at, answered_at, error_code, error_message)
    select
      p.seller,
      true,
      p.polled_at,
      case when p.error_code is null then p.polled_at end,
      coalesce(f.list_code, f.first_code),
      case
        when f.list_code is not null then f.list_message
        when f.listings > 0 then concat(f.listings, ' of its listings failed; the first: ', f.first_message)
      end
    from p
    left join failed as f on f.seller = p.seller
    where p.listing_key is null
    on conflict (name) do update
    set
      asked = true,
      checked_at = excluded.checked_at,
      answered_at = coalesce(excluded.answered_at, seller.answered_at),
      error_code = excluded.error_code,
      error_message = excluded.error_message`);
  await tx.query(sql`
    update seller
    set asked = false
    where asked
    and name not in (
      select p.seller from jsonb_to_recordset(${polls}::jsonb) ${POLL_ROWS}
    )`);
}

/** A price stays when its check fails, and so does every price of a seller whose list does. */
async function noteFailures(tx: Transaction, polls: string): Promise<void> {
  await tx.query(sql`
    update offer
    set checked_at = p.polled_at, error_code = p.error_code, error_message = p.error_message
    from jsonb_to_recordset(${polls}::jsonb) ${POLL_ROWS}
    where p.listing_key is null
    and p.error_code is not null
    and offer.seller = p.seller
    and offer.listed`);
  await tx.query(sql`
    update offer
    set
      checked_at = p.polled_at,
      error_code = p.error_code,
      error_message = p.error_message,
      alias_id = coalesce(p.alias_id, offer.alias_id),
      listed = true
    from jsonb_to_recordset(${polls}::jsonb) ${POLL_ROWS}
    where p.error_code is not null
    and offer.seller = p.seller
    and offer.listing_key = p.listing_key`);
}

async function noteOffers(tx: Transaction, offers: string): Promise<void> {
  await tx.query(sql`
    insert into offer (
      seller, listing_key, alias_id, title, title_sort, year, price, currency, observed_at, checked_at, listed
    )
    select
      o.seller, o.listing_key, o.alias_id, o.title, o.title_sort, o.year, o.price, o.currency, o.observed_at,
      o.observed_at, true
    from jsonb_to_recordset(${offers}::jsonb) ${OFFER_ROWS}
    on conflict (seller, listing_key) do update
    set
      alias_id = excluded.alias_id,
      title = excluded.title,
      title_sort = excluded.title_sort,
      year = excluded.year,
      price = excluded.price,
      currency = excluded.currency,
      observed_at = excluded.observed_at,
      checked_at = excluded.checked_at,
      error_code = null,
      error_message = null,
      listed = true`);
  await tx.query(sql`
    update seller
    set currency = o.currency
    from jsonb_to_recordset(${offers}::jsonb) ${OFFER_ROWS}
    where seller.name = o.seller`);
}

/**
 * Every listing of a list that answered is asked for, so one of which the run says nothing is not in it any more; nor are those of a
 * seller that is asked no more.
 */
async function unlist(tx: Transaction, polls: string, offers: string): Promise<void> {
  await tx.query(sql`
    with p as (select * from jsonb_to_recordset(${polls}::jsonb) ${POLL_ROWS}),
    seen as (
      select seller, listing_key from p where listing_key is not null
      union
      select o.seller, o.listing_key from jsonb_to_recordset(${offers}::jsonb) ${OFFER_ROWS}
    )
    update offer
    set listed = false
    where listed
    and (seller, listing_key) not in (select seller, listing_key from seen)
    and seller not in (select seller from p where listing_key is null and error_code is not null)`);
}
