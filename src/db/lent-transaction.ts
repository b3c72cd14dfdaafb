import type { Transaction } from './database.ts';
import { Turns } from './turns.ts';

/**
 * Runs `work` with `tx`, whose statements run one after the other even when asked for at once, and comes back when
 * all of them have ended. What `work` asks later, from a task that it left behind, is refused: the connection is in
 * other hands by then.
 */
export async function lendTransaction<T>(tx: Transaction, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const turns = new Turns();
  let open = true;

  async function ask<R>(question: () => Promise<R>): Promise<R> {
    if (!open) throw new Error('The transaction has ended.');
    return turns.run(question);
  }

  try {
    return await work({
      engine: tx.engine,
      query: (statement) => ask(() => tx.query(statement)),
      execute: (text) => ask(() => tx.execute(text)),
      copyIn: (table, columns, csv) => ask(() => tx.copyIn(table, columns, csv)),
    });
  } finally {
    open = false;
    await turns.run(() => Promise.resolve());
  }
}
