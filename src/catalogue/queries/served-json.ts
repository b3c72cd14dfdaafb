import sql, { type Sql } from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import type { ServedState } from './catalogue-state.ts';

/** JSON text, and what was served when it was read. */
export interface ServedJson<T extends string | null = string> {
  readonly json: T;
  readonly state: ServedState;
}

/** What the expression `json` gives now; null where that is null. */
export async function readServedJson(db: Queryable, json: Sql): Promise<ServedJson<string | null>> {
  const [row] = await db.query<{ version: number; journal_seq: number; json: string | null }>(sql`
    select state.version, state.journal_seq, (${json})::text as json
    from catalogue_state as state`);
  if (row === undefined) throw new Error('catalogue_state has no row');
  return { json: row.json, state: { version: row.version, journalSeq: row.journal_seq } };
}

/** The rows of the statement `rows`, in the order `orderBy` of its columns, as a JSON array of objects. */
export async function readServedArray(db: Queryable, rows: Sql, orderBy: Sql): Promise<ServedJson> {
  const { json, state } = await readServedJson(
    db,
    sql`select json_agg(row_to_json(item) order by ${orderBy}) from (${rows}) as item`,
  );
  return { json: json ?? '[]', state };
}
