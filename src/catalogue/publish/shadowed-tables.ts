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

/** Of a publish by rows: titles go and come as a whole, the others stay, and so it is with things. */
export const AS_APPLIED_BY_ROWS = withTables([
  ['title', appliedTitles('title', 'id')],
  ...NAMES_OF_TABLES_OF_TITLE.map((table) => [table, appliedTitles(table, 'title_id')] as const),
  ...NAMES_OF_TABLES_OF_THINGS.map((table) => [table, appliedThings(table)] as const),
]);

function appliedTitles(table: string, titleId: string): string {
  return `
    select * from publish_${table}
    union all
    select t.*
    from ${table} as t
    where not exists (select from publish_title as p where p.id = t.${titleId})
      and not exists (select from publish_deleted as p where p.id = t.${titleId})
      and not exists (select from publish_alias as p where p.alias_id = t.${titleId})`;
}

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
