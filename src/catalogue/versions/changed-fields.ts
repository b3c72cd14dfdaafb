import { literal } from '../../model/lake-engine.ts';
import {
  ARRAY_COLUMNS,
  NAMES_OF_TABLES_OF_TITLE,
  TABLES_OF_TITLE,
  TITLE_COLUMNS,
} from '../served-columns.ts';
import type { TableOfTitle } from '../served-columns.ts';

/** The file of a table of a version; null where it has none. */
export type FileOf = (table: string) => string | null;

/** What the API calls the rows that a title has in a table; one that is not here has a field for each of its columns, or its name. */
const FIELDS: Partial<Record<TableOfTitle, string>> = {
  title_company: 'companies',
  title_country: 'countries',
  title_language: 'languages',
  title_keyword: 'keywords',
  credit: 'credits',
  external_id: 'externalIds',
  further_rating: 'furtherRatings',
  rating_year: 'ratingsByYear',
  title_claim: 'provenance',
};

/** Columns that are made of others, or tell a title from others. */
const NOT_FIELDS: readonly string[] = ['id', 'title_id', 'key', 'title_sort', 'is_film'];

/**
 * The select of what is other in one version than in the other of the titles of `difference` (`id`, `change`) that are in
 * both: `id`, `field`, and `was` and `is` as JSON text, of lists how many they have. `columnsOf`: those that a file has.
 */
export function changedFields(
  before: FileOf,
  after: FileOf,
  columnsOf: (file: string) => readonly string[],
): string {
  const selects: string[] = [];
  const both = (table: string) => ({ before: before(table), after: after(table) });
  for (const { table, id } of [
    { table: 'title', id: 'id' },
    { table: 'title_detail', id: 'title_id' },
  ]) {
    const files = both(table);
    if (files.before === null || files.after === null) continue;
    const known = columnsOf(files.before).filter((column) => columnsOf(files.after ?? '').includes(column));
    const columns = table === 'title' ? TITLE_COLUMNS : TABLES_OF_TITLE.title_detail;
    const compared = columns.filter((column) => known.includes(column) && !NOT_FIELDS.includes(column));
    selects.push(
      ...compared.map((column) => changedColumn(files.before ?? '', files.after ?? '', id, column)),
    );
  }
  for (const table of NAMES_OF_TABLES_OF_TITLE.filter((name) => name !== 'title_detail')) {
    const files = both(table);
    if (files.before !== null && files.after !== null)
      selects.push(changedRows(table, files.before, files.after));
  }
  return selects.join('\nunion all\n');
}

function changedColumn(before: string, after: string, id: string, column: string): string {
  const shown = (row: string) =>
    ARRAY_COLUMNS.includes(column) ? `string_split(${row}.${column}, ',')` : `${row}.${column}`;
  return `select d.id, ${literal(camelCase(column))} as field,
  cast(to_json(${shown('o')}) as varchar) as was,
  cast(to_json(${shown('n')}) as varchar) as "is"
from (select id from difference where change = 'updated') as d
left join ${literal(before)} as o
  on o.${id} = d.id
left join ${literal(after)} as n
  on n.${id} = d.id
where o.${column} is distinct from n.${column}`;
}

function changedRows(table: TableOfTitle, before: string, after: string): string {
  return `select d.id, ${literal(FIELDS[table] ?? camelCase(table))} as field,
  cast(coalesce(o.total, 0) as varchar) as was,
  cast(coalesce(n.total, 0) as varchar) as "is"
from (select id from difference where change = 'updated') as d
left join (${rowsOfTitles(table, before)}) as o
  on o.title_id = d.id
left join (${rowsOfTitles(table, after)}) as n
  on n.title_id = d.id
where o.fingerprint is distinct from n.fingerprint`;
}

function rowsOfTitles(table: TableOfTitle, file: string): string {
  return `
  select r.title_id, count(*) as total, sum(hash(r)) as fingerprint
  from (select ${TABLES_OF_TITLE[table].join(', ')} from ${literal(file)}) as r
  semi join difference as d
    on d.id = r.title_id
  group by r.title_id`;
}

function camelCase(column: string): string {
  return column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
