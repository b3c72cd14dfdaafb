import sql, { raw, type Sql } from 'sql-template-tag';

/** Three times the five minutes after which sellers are asked by default. */
const LEAST_FRESH_SECONDS = 15 * 60;

/** Ten years: an interval that every date can take. */
const MOST_FRESH_SECONDS = 10 * 365 * 86_400;

/**
 * A price is fresh while it was observed in the last so many seconds, and the last check gave it: three times the interval
 * of a schedule such as `every 30m`, at least 15 minutes. Of a cron expression the interval is not known here.
 */
const FRESH_SECONDS = sql`least(${MOST_FRESH_SECONDS}::bigint, greatest(${LEAST_FRESH_SECONDS}::bigint, (
  select 3 * every[1]::bigint * case every[2] when 's' then 1 when 'm' then 60 when 'h' then 3600 else 86400 end
  from source, regexp_match(schedule, '^every ([0-9]{1,6})[[:space:]]?([smhd])$') as every
  where name = 'prices'
)))`;

export const OFFER_STATES = ['fresh', 'stale'] as const;

export type OfferState = (typeof OFFER_STATES)[number];

/**
 * The listed offers, each with the film that it is of, as a relation: an offer holds the key under which it was found, and
 * follows that key's film. `film_key` tells films apart, also those that the catalogue does not have.
 */
export const LISTED_OFFERS = sql`(
  select
    o.id, o.seller, o.listing_key, o.title, o.title_sort, o.price, o.currency, o.observed_at, o.error_code,
    coalesce(alias.title_id, o.alias_id) as film_key,
    film.id as film_id,
    film.title as film_title
  from offer as o
  left join title_alias as alias on alias.alias_id = o.alias_id
  left join title as film on film.id = coalesce(alias.title_id, o.alias_id)
  where o.listed
)`;

/** Whether the offer `alias` is fresh at `now`. */
export function isFresh(alias: string, now: Date): Sql {
  const o = raw(alias);
  return sql`(
    ${o}.error_code is null
    and ${o}.observed_at > ${now}::timestamptz - make_interval(secs => ${FRESH_SECONDS})
  )`;
}

/** The properties of an offer, made of a row of `LISTED_OFFERS` named `alias`. */
export function offerProperties(alias: string, now: Date): Sql {
  const o = raw(alias);
  return sql`
    ${o}.id,
    ${o}.seller,
    ${o}.listing_key as "listingKey",
    ${o}.title,
    case when ${o}.film_id is not null
      then json_build_object('id', ${o}.film_id, 'title', ${o}.film_title)
    end as film,
    trim_scale(${o}.price) as price,
    ${o}.currency,
    ${utc(sql`${o}.observed_at`)} as "observedAt",
    ${ageSeconds(sql`${o}.observed_at`, now)} as "ageSeconds",
    case when ${isFresh(alias, now)} then 'fresh' else 'stale' end as state`;
}

/** Whole seconds from `moment` to `now`, at least 0. */
function ageSeconds(moment: Sql, now: Date): Sql {
  return sql`greatest(0, floor(extract(epoch from ${now}::timestamptz - ${moment})))::bigint`;
}

/** A moment as ISO 8601 in UTC, with milliseconds. */
export function utc(moment: Sql): Sql {
  return sql`to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** An offer as JSON, made of a row of `LISTED_OFFERS` named `alias`. */
export function offerJson(alias: string, now: Date): Sql {
  return sql`(select row_to_json(one) from (select ${offerProperties(alias, now)}) as one)`;
}

/** Each seller that is asked, and how it was last found, as a JSON array. */
export const SELLERS_JSON = sql`(
  select coalesce(
    json_agg(
      json_build_object(
        'name', s.name,
        'currency', s.currency,
        'state', case
          when s.checked_at is null then 'never'
          when s.error_code is null then 'answered'
          else 'failed'
        end,
        'checkedAt', ${utc(sql`s.checked_at`)},
        'answeredAt', ${utc(sql`s.answered_at`)},
        'error', case when s.error_code is not null
          then json_build_object('code', s.error_code, 'message', s.error_message)
        end
      )
      order by s.name
    ),
    '[]'
  )
  from seller as s
  where s.asked
)`;
