import sql, { empty, raw } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import type { ListPlace, ListPosition } from './list-ranges.ts';
import { isoTime } from './iso-time.ts';

export interface RunEntry {
  readonly name: string;
  readonly source: string;
  readonly state: 'running' | 'done' | 'partial' | 'failed';
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
  /** Null while it runs. */
  readonly finishedAt: string | null;
  readonly manifest: unknown;
}

export interface RunPage {
  /** Newest first. */
  readonly runs: readonly RunEntry[];
  readonly first: ListPlace | null;
  readonly last: ListPlace | null;
  /** Whether there are more beyond the page, in the direction of reading. */
  readonly more: boolean;
}

export interface RunListRequest {
  readonly source: string;
  readonly position: ListPosition;
  readonly limit: number;
}

/** A page of a source's runs, newest first; null if there is no such source. */
export async function listRuns(db: Queryable, request: RunListRequest): Promise<RunPage | null> {
  const { source, position, limit } = request;
  const backward = position.direction === 'backward';
  const way = raw(backward ? 'asc' : 'desc');
  const { beyond } = position;
  const rows = await db.query<RunEntry>(sql`
    select
      name,
      source,
      state,
      ${isoTime('started_at')} as "startedAt",
      ${isoTime('finished_at')} as "finishedAt",
      manifest
    from run
    where source = ${source}
    ${beyond === null ? empty : sql`and (started_at, name) ${raw(backward ? '>' : '<')} (${beyond.keys[0]}::timestamptz, ${beyond.id})`}
    order by started_at ${way}, name ${way}
    limit ${raw(String(limit + 1))}`);
  if (rows.length === 0 && !(await isSource(db, source))) return null;
  const runs = rows.slice(0, limit);
  if (backward) runs.reverse();
  return { runs, first: placeOf(runs[0]), last: placeOf(runs.at(-1)), more: rows.length > limit };
}

async function isSource(db: Queryable, name: string): Promise<boolean> {
  const rows = await db.query(sql`
    select from source where name = ${name}
    union all
    select from run where source = ${name}
    limit 1`);
  return rows.length > 0;
}

function placeOf(run: RunEntry | undefined): ListPlace | null {
  return run === undefined ? null : { keys: [run.startedAt], id: run.name };
}
