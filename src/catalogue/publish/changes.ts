import sql, { raw, type Sql } from 'sql-template-tag';

import type { Database, Transaction } from '../../db/database.ts';
import { recountTitles } from '../facet-index/recount-titles.ts';
import { indexTitles } from '../search-index/index-titles.ts';
import { deleteGenreRows } from '../genre-rows.ts';
import {
  NAMES_OF_FACET_TABLES,
  NAMES_OF_SEARCH_TABLES,
  NAMES_OF_TABLES_OF_THINGS,
  NAMES_OF_TABLES_OF_TITLE,
  TABLES_OF_THINGS,
  TABLES_OF_TITLE,
  TITLE_COLUMNS,
  TITLE_GENRE_COLUMNS,
} from '../served-columns.ts';
import type { TableOfThings, TableOfTitle } from '../served-columns.ts';
import type { Extracts } from './extract.ts';
import { fillPublishTables, publishInOneTransaction } from './last-transaction.ts';
import { fillTable } from './stage.ts';
import type { PublishWork } from './publish-request.ts';
import { buildFacets, buildSearch } from './replacement.ts';
import { AS_APPLIED_BY_ROWS } from './shadowed-tables.ts';
import { stageChanges } from './stage-changes.ts';
import { buildNext, swapTables } from './swap.ts';

/** Titles that were served under an id that now leads to another, such as an entered film that a source has too. */
const DROPPED = `
    select id from publish_deleted
    union all
    select alias_id from publish_alias`;

/**
 * Readers go on under the lock, and writers wait: a film entered between two of the statements that follow would leave
 * genre rows that no later one knows of.
 */
const LOCK = 'lock table title, title_genre in share row exclusive mode';

const APPLY = `
${deleteGenreRows(raw(`select id from publish_title union all ${DROPPED}`)).text};

  delete from title
  where id in (${DROPPED}
  );

  insert into title (${TITLE_COLUMNS.join(', ')})
  select ${TITLE_COLUMNS.join(', ')}
  from publish_title
  on conflict (id) do update
  set ${updates(TITLE_COLUMNS)};

  insert into title_genre (${TITLE_GENRE_COLUMNS.join(', ')})
  select ${TITLE_GENRE_COLUMNS.join(', ')}
  from publish_title_genre;

  ${NAMES_OF_TABLES_OF_TITLE.map(applyOfTitle).join(';\n')};
  delete from title_name
  where title_id in (select alias_id from publish_alias);

  ${NAMES_OF_TABLES_OF_THINGS.map(applyThings).join(';\n')}`;

/**
 * Applies a small difference row by row. Readers read on: they see the rows as they were until the commit. The reports,
 * of which any film changes many rows, are replaced.
 */
export async function applyChanges(db: Database, extracts: Extracts, work: PublishWork): Promise<void> {
  const { timer } = work;
  await timer.time('stage', async () => {
    await fillTable(db, {
      name: 'publish_title',
      definition: '(like title)',
      extract: await extracts.title(),
    });
    const genres = await extracts.titleGenre();
    await fillTable(db, { name: 'publish_title_genre', definition: '(like title_genre)', extract: genres });
    await stageDetails(db, extracts);
    await buildNext(db, 'report_row', extracts.reports(), work);
    await buildNext(db, 'ambiguous_match', extracts.matches(), work);
    await fillPublishTables(db, extracts);
  });
  const worn = { search: await isSearchWorn(db), facets: await areFacetsWorn(db) };
  if (worn.search) await timer.time('search', () => buildSearch(db, extracts, work));
  if (worn.facets) await timer.time('facets', () => buildFacets(db, extracts, work));
  const staged = await timer.time('changes', async () => {
    await indexStaged(db);
    return stageChanges(db, extracts, work, AS_APPLIED_BY_ROWS);
  });
  await timer.time('apply', () =>
    publishInOneTransaction(db, work, {
      lock: LOCK,
      staged,
      change: async (tx) => {
        if (worn.facets) await tx.execute(APPLY);
        else await recountTitles(tx, await listIds(tx, CHANGED), () => tx.execute(APPLY));
        await swapTables(tx, [
          'report_row',
          'ambiguous_match',
          ...(worn.search ? NAMES_OF_SEARCH_TABLES : []),
          ...(worn.facets ? NAMES_OF_FACET_TABLES : []),
        ]);
        if (!worn.search) await indexTitles(tx, await listIds(tx, sql`select id from publish_title`));
      },
    }),
  );
}

/** A title has about so many words. */
const WORDS_OF_TITLE = 5;

/** With more of the rows of words than this share added one by one, all are made anew: lookups would read ever more. */
const WORN_SHARE = 0.2;

/** The embedded database answers no one while words are added. */
const WORN_EMBEDDED = 5_000;

/** Whether so many words are to be added to the lists of words, or have been, that these are built anew instead. */
async function isSearchWorn(db: Database): Promise<boolean> {
  const [row] = await db.query<{ words: number; added: number; changed: number }>(sql`
    select
      (select count(*) from search_word) as words,
      (select count(*) from search_word where added) as added,
      (select count(*) from publish_title) as changed`);
  if (row === undefined) throw new Error('A count gave no row.');
  const most = Math.min(row.words * WORN_SHARE, db.engine === 'postgres' ? Infinity : WORN_EMBEDDED);
  return row.added + row.changed * WORDS_OF_TITLE > most;
}

/** With more rows of changed titles than these, facets are counted anew: each count reads all of them, in some 10 ms. */
const WORN_FACETS = 5_000;

async function areFacetsWorn(db: Database): Promise<boolean> {
  const [row] = await db.query<{ changed: number }>(sql`
    select (select count(*) from facet_changed) + 2 * (select count(*) from publish_title) as changed`);
  return (row?.changed ?? 0) > WORN_FACETS;
}

/** All titles that are written, and those that are served no longer. */
const CHANGED = sql`
  select id from publish_title
  union
  select id from title where id in (${raw(DROPPED)})`;

async function listIds(tx: Transaction, select: Sql): Promise<string[]> {
  return (await tx.query<{ id: string }>(select)).map(({ id }) => id);
}

async function stageDetails(db: Database, extracts: Extracts): Promise<void> {
  for (const table of NAMES_OF_TABLES_OF_TITLE) {
    const extract = await extracts.ofTitle(table);
    await fillTable(db, { name: `publish_${table}`, definition: `(like ${table})`, extract });
  }
  for (const table of NAMES_OF_TABLES_OF_THINGS) {
    const extract = await extracts.things(table);
    await fillTable(db, { name: `publish_${table}`, definition: `(like ${table})`, extract });
    const gone = await extracts.goneThings(table);
    await fillTable(db, { name: `publish_gone_${table}`, definition: goneDefinition(table), extract: gone });
  }
}

/** So that the documents of titles are made of the staged rows as of the served ones. */
async function indexStaged(db: Database): Promise<void> {
  const keys = [
    ['title', 'id'],
    ...NAMES_OF_TABLES_OF_TITLE.map((table) => [table, 'title_id']),
    ...NAMES_OF_TABLES_OF_THINGS.map((table) => [table, TABLES_OF_THINGS[table][0]]),
    ['episode', 'series_id'],
  ];
  for (const [table, key] of keys) await db.execute(`create index on publish_${table} (${key})`);
}

function goneDefinition(table: TableOfThings): string {
  const [key] = TABLES_OF_THINGS[table];
  return `as select ${key} from ${table} where false`;
}

/**
 * A title's rows go and come as a whole. Of ids that now lead to another, a source's title is among the deleted, and
 * an entered film that no merge has seen yet has none but for its names and values set by hand.
 */
function applyOfTitle(table: TableOfTitle): string {
  const columns = TABLES_OF_TITLE[table].join(', ');
  return `
  delete from ${table}
  where title_id in (
    select id from publish_title
    union all ${table === 'overruled' ? DROPPED : 'select id from publish_deleted'}
  );

  insert into ${table} (${columns})
  select ${columns}
  from publish_${table}`;
}

function applyThings(table: TableOfThings): string {
  const columns = TABLES_OF_THINGS[table];
  const [key] = columns;
  return `
  delete from ${table}
  where ${key} in (select ${key} from publish_gone_${table});

  insert into ${table} (${columns.join(', ')})
  select ${columns.join(', ')}
  from publish_${table}
  on conflict (${key}) do update
  set ${updates(columns)}`;
}

/** All but the first column, which is the key. */
function updates(columns: readonly string[]): string {
  return columns
    .slice(1)
    .map((column) => `${column} = excluded.${column}`)
    .join(', ');
}
