import type { FastifyInstance } from 'fastify';
import sql from 'sql-template-tag';

import type { ListedChange } from '../src/catalogue/queries/list-changes.ts';
import type { Database } from '../src/db/database.ts';
import type { SaidChange } from './served-documents.ts';

export interface ChangesAnswer {
  readonly data: readonly ListedChange[];
  readonly next: number;
  readonly latest: number;
}

/** The feed after `since`, to its end, a page at a time. */
export async function readFeed(api: FastifyInstance, since: number, limit = 1_000): Promise<ListedChange[]> {
  const read: ListedChange[] = [];
  for (let from = since; ;) {
    const { data, next } = (await api.inject(`/changes?since=${from}&limit=${limit}`)).json<ChangesAnswer>();
    read.push(...data);
    if (next === from) return read;
    from = next;
  }
}

/** Changes as `changesBetween` says them, by id. */
export function saidBy(changes: readonly ListedChange[]): SaidChange[] {
  return changes
    .map(({ titleId, kind, fields }): SaidChange =>
      fields === null ? [titleId ?? '', kind] : [titleId ?? '', kind, fields],
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** The database's clock, to the microsecond. */
export async function databaseTime(db: Database): Promise<string> {
  const [row] = await db.query<{ at: string }>(
    sql`select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`,
  );
  return row?.at ?? '';
}
