import {
  NAMES_OF_TABLES_OF_THINGS,
  NAMES_OF_TABLES_OF_TITLE,
  TABLES_OF_THINGS,
  type TableOfThings,
} from '../served-columns.ts';

// Heads of statements in which the names of the served tables stand for what they will be once a publish is done.

/** Of a publish that builds tables beside and swaps them in. */
export const AS_SWAPPED_IN = withTables(
  ['title', ...NAMES_OF_TABLES_OF_TITLE, ...NAMES_OF_TABLES_OF_THINGS].map((table) => [
    table,
    `select * from ${table}_next`,
  ]),
);

const THINGS_APPLIED = NAMES_OF_TABLES_OF_THINGS.map((table): [string, string] => [
  table,
  appliedThings(table),
]);

/** Of a publish by rows: the titles that it brings, and no others. */
export const AS_BROUGHT_BY_ROWS = withTables([
  ...['title', ...NAMES_OF_TABLES_OF_TITLE].map((table): [string, string] => [
    table,
    `select * from publish_${table}`,
  ]),
  ...THINGS_APPLIED,
]);

/** Of a publish by rows: the titles that it leaves alone. */
export const AS_LEFT_BY_ROWS = withTables(THINGS_APPLIED);

function appliedThings(table: TableOfThings): string {
  const [key] = TABLES_OF_THINGS[table];
  return `
    select * from publish_${table}
    union all
    select t.*
    from ${table} as t
    where not exists (select from publish_${table} as p where p.${key} = t.${key})`;
}

/** Read like the tables themselves, by their indexes. */
function withTables(tables: readonly (readonly [string, string])[]): string {
  return `with ${tables.map(([table, select]) => `${table} as not materialized (${select})`).join(',\n')}`;
}
