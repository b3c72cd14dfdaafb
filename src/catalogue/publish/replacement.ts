import type { Database } from '../../db/database.ts';
import {
  NAMES_OF_FACET_TABLES,
  NAMES_OF_SEARCH_TABLES,
  NAMES_OF_TABLES_OF_THINGS,
  NAMES_OF_TABLES_OF_TITLE,
} from '../served-columns.ts';
import type { Extracts } from './extract.ts';
import { fillPublishTables, publishInOneTransaction } from './last-transaction.ts';
import type { PublishWork } from './publish-request.ts';
import { AS_SWAPPED_IN } from './shadowed-tables.ts';
import { stageChanges } from './stage-changes.ts';
import { buildNext, lockForSwap, SWAPPED_TABLES, swapTables } from './swap.ts';

/**
 * Builds the whole catalogue beside the served one, and puts it in its place. The two large tables and the others, in
 * two lots, go side by side, each from extract to indexes, so that the lake's engine and the database both have work.
 */
export async function replaceAll(db: Database, extracts: Extracts, work: PublishWork): Promise<void> {
  const { timer } = work;
  await allDone([
    timer.time('titles', () => buildNext(db, 'title', extracts.title(), work)),
    timer.time('genres', () => buildNext(db, 'title_genre', extracts.titleGenre(), work)),
    timer.time('details', () => buildDetails(db, extracts, work)),
    timer.time('reports', () => buildReports(db, extracts, work)),
    timer.time('search', () => buildSearch(db, extracts, work)),
    timer.time('facets', () => buildFacets(db, extracts, work)),
    fillPublishTables(db, extracts),
  ]);
  const staged = await timer.time('changes', () => stageChanges(db, extracts, work, AS_SWAPPED_IN));
  await timer.time('swap', () =>
    publishInOneTransaction(db, work, {
      lock: lockForSwap(SWAPPED_TABLES),
      staged,
      change: (tx) => swapTables(tx, SWAPPED_TABLES),
    }),
  );
}

async function buildDetails(db: Database, extracts: Extracts, work: PublishWork): Promise<void> {
  for (const table of NAMES_OF_TABLES_OF_TITLE) await buildNext(db, table, extracts.ofTitle(table), work);
}

async function buildReports(db: Database, extracts: Extracts, work: PublishWork): Promise<void> {
  await buildNext(db, 'report_row', extracts.reports(), work);
  await buildNext(db, 'ambiguous_match', extracts.matches(), work);
  for (const table of NAMES_OF_TABLES_OF_THINGS) await buildNext(db, table, extracts.things(table), work);
}

/** Builds the tables by which titles are found by words, of all titles. */
export async function buildSearch(
  db: Database,
  extracts: Pick<Extracts, 'search'>,
  work: Pick<PublishWork, 'progress'>,
): Promise<void> {
  const search = await extracts.search();
  for (const table of NAMES_OF_SEARCH_TABLES)
    await buildNext(db, table, Promise.resolve(search[table]), work);
}

/** The same of the tables by which they are counted for facets. */
export async function buildFacets(
  db: Database,
  extracts: Pick<Extracts, 'facets'>,
  work: Pick<PublishWork, 'progress'>,
): Promise<void> {
  const facets = await extracts.facets();
  for (const table of NAMES_OF_FACET_TABLES) await buildNext(db, table, Promise.resolve(facets[table]), work);
}

/** Waits for all, also when one fails: none may work on behind its caller's back. */
async function allDone(works: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(works);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
