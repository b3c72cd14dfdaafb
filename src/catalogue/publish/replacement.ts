import type { Database } from '../../db/database.ts';
import { NAMES_OF_TABLES_OF_THINGS, NAMES_OF_TABLES_OF_TITLE } from '../served-columns.ts';
import type { Extract, Extracts } from './extract.ts';
import { fillPublishTables, publishInOneTransaction } from './last-transaction.ts';
import type { PublishWork } from './publish-request.ts';
import { fillTable } from './stage.ts';
import { buildNextIndexes, SWAPPED_TABLES, swapTables } from './swap.ts';
import type { SwappedTable } from './swap.ts';

/** A vacuum that started on a table being built would hold up its swap. */
const LIKE = (table: string) => `(like ${table}) with (autovacuum_enabled = false)`;

/**
 * Builds the whole catalogue beside the served one, and puts it in its place. The two large tables and the others go
 * side by side, each from extract to indexes, so that the lake's engine and the database both have work.
 */
export async function replaceAll(db: Database, extracts: Extracts, work: PublishWork): Promise<void> {
  const { timer } = work;
  await allDone([
    timer.time('titles', () => buildNext(db, 'title', extracts.title(), work)),
    timer.time('genres', () => buildNext(db, 'title_genre', extracts.titleGenre(), work)),
    timer.time('details', () => buildOthers(db, extracts, work)),
    fillPublishTables(db, extracts),
  ]);
  await timer.time('swap', () =>
    publishInOneTransaction(db, work, async (tx) => {
      await tx.execute(`lock table ${SWAPPED_TABLES.join(', ')} in access exclusive mode`);
      await swapTables(tx);
    }),
  );
}

async function buildOthers(db: Database, extracts: Extracts, work: PublishWork): Promise<void> {
  for (const table of NAMES_OF_TABLES_OF_TITLE) await buildNext(db, table, extracts.ofTitle(table), work);
  for (const table of NAMES_OF_TABLES_OF_THINGS) await buildNext(db, table, extracts.things(table), work);
}

async function buildNext(
  db: Database,
  table: SwappedTable,
  extracting: Promise<Extract>,
  { progress }: PublishWork,
): Promise<void> {
  await fillTable(db, { name: `${table}_next`, definition: LIKE(table), extract: await extracting });
  await buildNextIndexes(db, table, (done, total) => {
    progress({ label: `indexes of ${table}`, done, total, unit: 'steps' });
  });
}

/** Waits for all, also when one fails: none may work on behind its caller's back. */
async function allDone(works: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(works);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
