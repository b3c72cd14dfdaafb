import sql from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import { freshnessColumns, type Freshness } from './freshness.ts';
import { isoTime } from './iso-time.ts';

/** Every source as last seen, by name. */
export interface SourceEntry extends Freshness {
  readonly name: string;
  readonly state: 'never' | 'running' | 'done' | 'partial' | 'unchanged' | 'failed';
  /** When the provider was last asked. Times are ISO 8601 in UTC; null: never. */
  readonly checkedAt: string | null;
  /** Null: its data are never stale. */
  readonly staleAfterSeconds: number | null;
  /** As the settings write it; null: none. */
  readonly schedule: string | null;
  /** When it is read next; null: not by a schedule, or nobody says. */
  readonly nextRunAt: string | null;
  /** The run whose claims are its word now. */
  readonly run: string | null;
  /** How the last run failed; null when it did not. */
  readonly error: { readonly code: string; readonly message: string | null } | null;
}

/** Every source, by name; ages are those at `now`. */
export function listSources(db: Queryable, now: Date): Promise<SourceEntry[]> {
  return db.query<SourceEntry>(sql`
    select
      name,
      state,
      ${isoTime('checked_at')} as "checkedAt",
      ${freshnessColumns(now)},
      stale_after_seconds as "staleAfterSeconds",
      schedule,
      ${isoTime('next_run_at')} as "nextRunAt",
      run,
      case when error_code is not null then json_build_object('code', error_code, 'message', error_message) end as error
    from source
    order by name`);
}
