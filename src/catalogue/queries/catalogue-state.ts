import sql from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';

/** What is served: it changes with each publish and each entry. */
export interface ServedState {
  /** The catalogue version; 0 before the first publish. */
  readonly version: number;
  /** The last journal entry. */
  readonly journalSeq: number;
}

export interface CatalogueState extends ServedState {
  /** Null before the first publish. */
  readonly publishedAt: Date | null;
}

/** What is served now. */
export async function findCatalogueState(db: Queryable): Promise<CatalogueState> {
  const [row] = await db.query<{ version: number; journal_seq: number; published_at: Date | null }>(sql`
    select version, journal_seq, published_at
    from catalogue_state`);
  if (row === undefined) throw new Error('catalogue_state has no row');
  return { version: row.version, journalSeq: row.journal_seq, publishedAt: row.published_at };
}

/** Whether both are of one moment between publishes and entries. */
export function isSameState(a: ServedState, b: ServedState): boolean {
  return a.version === b.version && a.journalSeq === b.journalSeq;
}
