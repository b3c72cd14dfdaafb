import type { Database } from '../../db/database.ts';
import type { Extracts } from './extract.ts';
import { publishInOneTransaction } from './last-transaction.ts';
import type { PublishRequest } from './publish-request.ts';
import { fillTable } from './stage.ts';
import { buildNextIndexes, SWAPPED_TABLES, swapTables } from './swap.ts';

/** A vacuum that started on a table being built would hold up its swap. */
const LIKE = (table: string) => `(like ${table}) with (autovacuum_enabled = false)`;

/** Builds the whole catalogue beside the served one, and puts it in its place. */
export async function replaceAll(db: Database, extracts: Extracts, request: PublishRequest): Promise<void> {
  const tables = [
    { name: 'title_next', definition: LIKE('title'), extract: extracts.title },
    { name: 'title_genre_next', definition: LIKE('title_genre'), extract: extracts.titleGenre },
    { name: 'publish_alias', definition: '(like title_alias)', extract: extracts.alias },
    { name: 'publish_deleted', definition: '(id uuid, key text)', extract: extracts.deleted },
  ];
  const { timer } = request;
  await timer.time('copy', () => Promise.all(tables.map((table) => fillTable(db, table))));
  await timer.time('index', () =>
    buildNextIndexes(db, (done, total) => {
      request.progress({ label: 'indexes', done, total, unit: 'steps' });
    }),
  );
  await timer.time('swap', () =>
    publishInOneTransaction(db, request, async (tx) => {
      await tx.execute(`lock table ${SWAPPED_TABLES.join(', ')} in access exclusive mode`);
      await swapTables(tx);
    }),
  );
}
