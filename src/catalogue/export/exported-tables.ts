import { ARRAY_COLUMNS, VERSION_TABLES, TABLES_OF_TITLE, TITLE_COLUMNS } from '../served-columns.ts';

/** The select of an exported table, given the relation of each catalogue table; `lists`: whether the format has lists. */
type ExportedTable = (from: (table: string) => string, lists: boolean) => string;

/**
 * The tables that can be exported: those of the catalogue, and two that bring together what it holds apart. Fingerprints
 * are left out. Where the format has lists, names joined by commas become lists, and so does JSON text.
 */
export const EXPORTED_TABLES: Readonly<Record<string, ExportedTable>> = {
  ...Object.fromEntries(VERSION_TABLES.map((table) => [table, plainTable(table)])),
  title: columnsOf('title', TITLE_COLUMNS),
  title_detail: columnsOf('title_detail', TABLES_OF_TITLE.title_detail),
  credit: columnsOf('credit', TABLES_OF_TITLE.credit),
  /** Every rating of every title: the one that is shown, and those of other systems. */
  rating: (from) => `
    select id as title_id, rating_system as system, rating, votes
    from ${from('title')}
    where rating is not null
    union all
    select title_id, system, rating, votes
    from ${from('further_rating')}`,
  title_genre: (from) => `
    select id as title_id, unnest(string_split(genres, ',')) as genre
    from ${from('title')}
    where genres is not null`,
};

function plainTable(table: string): ExportedTable {
  return (from) => `select * from ${from(table)}`;
}

function columnsOf(table: string, columns: readonly string[]): ExportedTable {
  return (from, lists) => `select ${(lists ? columns.map(asList) : columns).join(', ')} from ${from(table)}`;
}

function asList(column: string): string {
  if (ARRAY_COLUMNS.includes(column)) return `coalesce(string_split(${column}, ','), []) as ${column}`;
  return column === 'characters'
    ? `coalesce(cast(cast(characters as json) as varchar[]), []) as characters`
    : column;
}
