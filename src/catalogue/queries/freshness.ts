import sql, { type Sql } from 'sql-template-tag';

import { isoTime } from './iso-time.ts';

/** How fresh the data of a source are, by a clock. */
export interface Freshness {
  /** When they were last read whole or found unchanged. ISO 8601 in UTC; null: never. */
  readonly freshAt: string | null;
  /** Whole seconds since; null: never read. */
  readonly ageSeconds: number | null;
  /** Whether that is longer than the source allows; what was never read is not stale. */
  readonly isStale: boolean;
}

/** The columns of `Freshness` at `now`, made of a row of `source` named `source`. */
export function freshnessColumns(now: Date): Sql {
  const age = ageSeconds(now);
  return sql`
    ${isoTime('source.fresh_at')} as "freshAt",
    ${age} as "ageSeconds",
    coalesce(${age} > source.stale_after_seconds, false) as "isStale"`;
}

/**
 * How fresh each of the film's sources is that says when its data are stale, in order of precedence, as JSON made of a row of
 * `title` named `t`; null if there is none.
 */
export function filmFreshness(now: Date): Sql {
  return sql`(
    select json_agg(row_to_json(fresh) order by array_position(t.sources, fresh.source))
    from (
      select source.name as source, ${freshnessColumns(now)}
      from source
      where source.name = any(t.sources)
      and source.stale_after_seconds is not null
    ) as fresh
  )`;
}

/** Clocks of two machines differ: what was read a moment ahead is of now. */
function ageSeconds(now: Date): Sql {
  const seconds = sql`extract(epoch from ${now}::timestamptz - source.fresh_at)`;
  return sql`case when source.fresh_at is not null then floor(greatest(0, ${seconds}))::int end`;
}
