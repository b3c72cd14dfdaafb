import sql from 'sql-template-tag';

import type { Transaction } from '../../db/database.ts';
import { titleDocuments } from '../queries/title-document.ts';
import { recordChanges } from './record-changes.ts';

interface KeptDocument {
  readonly id: string;
  readonly key: string;
  readonly document: object;
}

/** Knows how titles were before a transaction changed them, to tell what it changed. */
export class TitleWatch {
  readonly #tx: Transaction;
  readonly #before: KeptDocument[] = [];
  readonly #ids = new Set<string>();

  constructor(tx: Transaction) {
    this.#tx = tx;
  }

  /** The titles watched, those that are not there included. */
  get ids(): string[] {
    return [...this.#ids];
  }

  /** To be called before the titles with these ids are changed for the first time, whether they are there or not. */
  async watch(ids: readonly string[]): Promise<void> {
    const unknown = ids.filter((id) => !this.#ids.has(id));
    if (unknown.length === 0) return;
    for (const id of unknown) this.#ids.add(id);
    this.#before.push(...(await this.#tx.query<KeptDocument>(titleDocuments(sql`${unknown}`))));
  }

  /** Writes what was changed since into a block that has `changes` already; gives how many it has then. */
  async record(block: number, changes: number): Promise<number> {
    if (this.#ids.size === 0) return changes;
    const written = await recordChanges(this.#tx, {
      block,
      changes,
      before: sql`
        select id, key, document
        from jsonb_to_recordset(${JSON.stringify(this.#before)}::jsonb) as kept (id uuid, key text, document jsonb)`,
      after: titleDocuments(sql`${this.ids}`),
      alias: 'title_alias',
    });
    return changes + written;
  }
}
