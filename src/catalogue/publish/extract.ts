import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { literal } from '../../model/lake-engine.ts';
import type { LakeEngine } from '../../model/lake-engine.ts';
import {
  AMBIGUOUS_MATCH_COLUMNS,
  ARRAY_COLUMNS,
  FACET_TABLES,
  LINKS_TO_THINGS,
  NAMES_OF_TABLES_OF_THINGS,
  REPORT_ROW_COLUMNS,
  SEARCH_TABLES,
  TABLES_OF_THINGS,
  TABLES_OF_TITLE,
  TITLE_ALIAS_COLUMNS,
  TITLE_COLUMNS,
  TITLE_GENRE_COLUMNS,
} from '../served-columns.ts';
import type { FacetTable, SearchTable, TableOfThings, TableOfTitle } from '../served-columns.ts';

/** Small enough that the embedded database, which answers no one meanwhile, copies one in well under 200 ms. */
const PIECE_BYTES = 2_000_000;

/** CSV files to be copied into one table. */
export interface Extract {
  readonly columns: readonly string[];
  readonly files: readonly string[];
}

/** What a publish copies into the database, each extracted when it is asked for. */
export interface Extracts {
  title(): Promise<Extract>;
  titleGenre(): Promise<Extract>;
  ofTitle(table: TableOfTitle): Promise<Extract>;
  things(table: TableOfThings): Promise<Extract>;
  /** The keys of the things that are there no longer. Asked by a publish by rows alone, whose compare found them. */
  goneThings(table: TableOfThings): Promise<Extract>;
  reports(): Promise<Extract>;
  matches(): Promise<Extract>;
  /** The search tables of all titles, also where only changed ones are published. */
  search(): Promise<Readonly<Record<SearchTable, Extract>>>;
  /** The facet tables of all titles. */
  facets(): Promise<Readonly<Record<FacetTable, Extract>>>;
  alias(): Promise<Extract>;
  deleted(): Promise<Extract>;
  /** The titles that may be served otherwise than before. Asked where both versions were compared. */
  touched(): Promise<Extract>;
}

/** The genre names in a `title` file. */
export async function genreNames(engine: LakeEngine, titleFile: string): Promise<string[]> {
  const rows = await engine.rows<{ genres: string }>(
    `select distinct genres from ${literal(titleFile)} where genres is not null`,
  );
  return [...new Set(rows.flatMap(({ genres }) => genres.split(',')))].sort();
}

/** The rows of a `title` file as CSV; with `onlyChanged`, those that `difference` names as created or updated. */
export async function extractTitles(
  engine: LakeEngine,
  titleFile: string,
  into: string,
  onlyChanged: boolean,
): Promise<Extract> {
  return extractRows(engine, into, TITLE_COLUMNS, changed(titleFile, 'id', onlyChanged));
}

/** The same of a table whose rows belong to titles. */
export async function extractOfTitle(
  engine: LakeEngine,
  table: TableOfTitle,
  file: string,
  into: string,
  onlyChanged: boolean,
): Promise<Extract> {
  return extractRows(engine, into, TABLES_OF_TITLE[table], changed(file, 'title_id', onlyChanged));
}

/** The rows of a table of things: all, or those that `compareThings` found to be new or changed. */
export async function extractThings(
  engine: LakeEngine,
  table: TableOfThings,
  file: string,
  into: string,
  onlyChanged: boolean,
): Promise<Extract> {
  return extractRows(engine, into, TABLES_OF_THINGS[table], onlyChanged ? `changed_${table}` : literal(file));
}

/** The keys of the things that `compareThings` found to be gone. */
export async function extractGoneThings(
  engine: LakeEngine,
  table: TableOfThings,
  into: string,
): Promise<Extract> {
  return extractRows(engine, into, [TABLES_OF_THINGS[table][0]], `gone_${table}`);
}

/** As PostgreSQL's `lower` under the collation C, by which it tells genres. */
const LOWER_GENRES = `translate(genres, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')`;

/** A row for each genre of each film, `genres` being told by name with A to Z in lower case. */
export async function extractTitleGenres(
  engine: LakeEngine,
  titleFile: string,
  into: string,
  onlyChanged: boolean,
  genres: ReadonlyMap<string, { readonly id: number }>,
): Promise<Extract> {
  const ids = [...genres].map(([name, { id }]) => `(${literal(name)}, ${id})`);
  if (ids.length === 0) return { columns: TITLE_GENRE_COLUMNS, files: [] };
  await engine.run(
    `create or replace temp table genre_id as select * from (values ${ids.join(', ')}) as v (name, genre_id)`,
  );
  const keys = TITLE_GENRE_COLUMNS.filter((column) => column !== 'genre_id' && column !== 'title_id');
  return extract(
    engine,
    into,
    TITLE_GENRE_COLUMNS,
    `select g.genre_id, t.title_id, ${keys.map((column) => `t.${column}`).join(', ')}
     from (
       select unnest(list_distinct(string_split(${LOWER_GENRES}, ','))) as name, id as title_id, ${keys.join(', ')}
       from ${changed(titleFile, 'id', onlyChanged)}
       where is_film and genres is not null
     ) as t
     join genre_id as g on g.name = t.name`,
  );
}

export async function extractReports(engine: LakeEngine, reportFile: string, into: string): Promise<Extract> {
  return extractRows(engine, into, REPORT_ROW_COLUMNS, literal(reportFile));
}

/** The claims that are left alone. */
export async function extractMatches(engine: LakeEngine, matchFile: string, into: string): Promise<Extract> {
  return extractRows(engine, into, AMBIGUOUS_MATCH_COLUMNS, literal(matchFile));
}

/** The rows of a search table, which the selects of `listPostings` give. */
export async function extractSearch(
  engine: LakeEngine,
  table: SearchTable,
  selects: readonly string[],
  into: string,
): Promise<Extract> {
  const files: string[] = [];
  for (const [place, select] of selects.entries()) {
    const extracted = await extract(engine, join(into, String(place)), SEARCH_TABLES[table], select);
    files.push(...extracted.files);
  }
  return { columns: SEARCH_TABLES[table], files };
}

/** The rows of a facet table; expects what `listFacets` leaves in the engine. */
export async function extractFacets(engine: LakeEngine, table: FacetTable, into: string): Promise<Extract> {
  return extractRows(engine, into, FACET_TABLES[table], table);
}

export async function extractAliases(engine: LakeEngine, aliasFile: string, into: string): Promise<Extract> {
  return extractRows(engine, into, TITLE_ALIAS_COLUMNS, literal(aliasFile));
}

/** Ids and keys of the titles that `difference` names as deleted. */
export async function extractDeleted(engine: LakeEngine, into: string): Promise<Extract> {
  return extractRows(engine, into, ['id', 'key'], `difference where change = 'deleted'`);
}

/**
 * The ids of the titles that may be served otherwise: those that `difference` names; those linked to something whose name
 * `compareThings` found to be changed; the series of episodes that differ, and the episodes of series. `filesOf` gives the
 * files of a table, of both versions where both have it, the newer one first.
 */
export async function extractTouched(
  engine: LakeEngine,
  filesOf: (table: TableOfTitle) => readonly [string, ...string[]],
  into: string,
): Promise<Extract> {
  const linked = NAMES_OF_TABLES_OF_THINGS.map((table) => {
    const { link, column } = LINKS_TO_THINGS[table];
    const key = TABLES_OF_THINGS[table][0];
    return `
      select l.title_id as id
      from ${literal(filesOf(link)[0])} as l
      semi join changed_${table} as c on c.${key} = l.${column}`;
  });
  const related = filesOf('episode').flatMap((file) => [
    `select e.series_id as id from ${literal(file)} as e semi join difference as d on d.id = e.title_id`,
    `select e.title_id as id from ${literal(file)} as e semi join difference as d on d.id = e.series_id`,
  ]);
  const select = ['select id from difference', ...linked, ...related].join(' union ');
  return extract(engine, into, ['id'], select);
}

/** The relation of a file's rows, or of those whose title `difference` names as created or updated. */
function changed(file: string, titleId: string, onlyChanged: boolean): string {
  if (!onlyChanged) return literal(file);
  return `(select t.* from ${literal(file)} as t semi join (select id from difference where change <> 'deleted') as d on d.id = t.${titleId})`;
}

function extractRows(
  engine: LakeEngine,
  into: string,
  columns: readonly string[],
  from: string,
): Promise<Extract> {
  const select = columns.map((column) =>
    ARRAY_COLUMNS.includes(column) ? `${arrayText(column)} as ${column}` : column,
  );
  return extract(engine, into, columns, `select ${select.join(', ')} from ${from}`);
}

async function extract(
  engine: LakeEngine,
  into: string,
  columns: readonly string[],
  select: string,
): Promise<Extract> {
  await mkdir(into, { recursive: true });
  await engine.run(`
    copy (${select}) to ${literal(into)}
    (format csv, header false, nullstr '', file_size_bytes ${PIECE_BYTES}, overwrite_or_ignore true)`);
  const names = await readdir(into);
  return { columns, files: names.sort().map((name) => join(into, name)) };
}

/** An SQL expression: names joined by commas as the text of a PostgreSQL array. */
function arrayText(column: string): string {
  return `case when ${column} is null then '{}' else concat('{"', replace(replace(replace(${column}, '\\', '\\\\'), '"', '\\"'), ',', '","'), '"}') end`;
}
