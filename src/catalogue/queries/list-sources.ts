import sql, { raw } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';

/** `column` as ISO 8601 in UTC, whatever the session's time zone is. */
export const isoTime = (column: string) =>
  raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`);

/** Every source as last seen, by name. */
export interface SourceEntry {
  readonly name: string;
  readonly state: 'never' | 'running' | 'done' | 'unchanged' | 'failed';
  /** When the provider was last asked. Times are ISO 8601 in UTC; null: never. */
  readonly checkedAt: string | null;
  /** When its data were last read whole or found unchanged. */
  readonly freshAt: string | null;
  /** The run whose claims are its word now. */
  readonly run: string | null;
  /** How the last run failed; null when it did not. */
  readonly error: { readonly code: string; readonly message: string | null } | null;
}

/** Every source, by name. */
export function listSources(db: Queryable): Promise<SourceEntry[]> {
  return db.query<SourceEntry>(sql`
    select
      name,
      state,
      ${isoTime('checked_at')} as "checkedAt",
      ${isoTime('fresh_at')} as "freshAt",
      run,
      case when error_code is not null then json_build_object('code', error_code, 'message', error_message) end as error
    from source
    order by name`);
}
