import sql from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import type { RunEntry } from './list-runs.ts';
import { isoTime } from './iso-time.ts';

/** The run of this name; null if there is none. */
export async function findRun(db: Queryable, name: string): Promise<RunEntry | null> {
  const [run] = await db.query<RunEntry>(sql`
    select
      name,
      source,
      state,
      ${isoTime('started_at')} as "startedAt",
      ${isoTime('finished_at')} as "finishedAt",
      manifest
    from run
    where name = ${name}`);
  return run ?? null;
}
