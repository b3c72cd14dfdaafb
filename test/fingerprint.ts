import sql from 'sql-template-tag';

import type { Queryable } from '../src/db/database.ts';

/** Of each table how many rows it has, and a sum over them that changes with any of them. */
export type Fingerprint = Readonly<Record<string, { readonly rows: number; readonly sum: string }>>;

/** What a request may leave behind that is refused: that it was sent. */
const BOOKKEEPING = ['idempotency_key'];

/** Gives the function that takes the fingerprint of the database, of every other table that it has now. */
export async function openFingerprint(db: Queryable): Promise<() => Promise<Fingerprint>> {
  const tables = await db.query<{ name: string }>(sql`
    select table_name as name
    from information_schema.tables
    where table_schema = 'public'
      and table_type = 'BASE TABLE'
      and table_name <> all(${BOOKKEEPING})
    order by name`);
  const all = tables.map(
    ({ name }) => `
    select '${name}' as name, count(*) as rows, coalesce(sum(hashtextextended(t::text, 0)), 0)::text as sum
    from "${name}" as t`,
  );
  const text = all.join('\n    union all');
  return async () => {
    const rows = await db.query<{ name: string; rows: number; sum: string }>({ text, values: [] });
    return Object.fromEntries(rows.map(({ name, ...print }) => [name, print]));
  };
}
