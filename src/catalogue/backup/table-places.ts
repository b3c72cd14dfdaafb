/**
 * Where the rows of a table come from when a database is made anew: `published` and `observed` from the lake, by a publish and by
 * the runs of sellers; `derived` of what is published, by each publish and each write, so that other rows may say the same; `lasting`
 * from nowhere else, so that a backup has them; `bookkeeping` is the account that a database keeps of
 * itself.
 */
type TablePlace = 'published' | 'derived' | 'observed' | 'lasting' | 'bookkeeping';

/** Every table of the schema. A test holds it against the migrations. */
export const TABLE_PLACES = {
  title: 'published',
  title_genre: 'published',
  title_detail: 'published',
  title_company: 'published',
  title_country: 'published',
  title_language: 'published',
  title_keyword: 'published',
  title_claim: 'published',
  credit: 'published',
  external_id: 'published',
  further_rating: 'published',
  rating_year: 'published',
  title_name: 'published',
  overruled: 'published',
  episode: 'published',
  company: 'published',
  country: 'published',
  language: 'published',
  keyword: 'published',
  collection: 'published',
  person: 'published',
  report_row: 'published',
  ambiguous_match: 'published',
  search_word: 'derived',
  search_gram: 'derived',
  facet_cell: 'derived',
  facet_bits: 'derived',
  facet_scale: 'derived',
  facet_changed: 'derived',
  seller: 'observed',
  offer: 'observed',
  offer_observation: 'observed',
  offer_run: 'observed',
  // Its numbers stand in title_genre.
  genre: 'lasting',
  title_gone: 'lasting',
  // Of a key that its source has dropped, no version says any more where it leads.
  title_alias: 'lasting',
  journal: 'lasting',
  comment: 'lasting',
  change_block: 'lasting',
  change: 'lasting',
  catalogue_version: 'lasting',
  api_key: 'lasting',
  idempotency_key: 'lasting',
  // Of these two the head of a backup has what lasts.
  installation: 'bookkeeping',
  catalogue_state: 'bookkeeping',
  source: 'bookkeeping',
  run: 'bookkeeping',
  migration: 'bookkeeping',
} as const satisfies Record<string, TablePlace>;

type PlacedTable = keyof typeof TABLE_PLACES;

function tablesOf(place: TablePlace): PlacedTable[] {
  return (Object.keys(TABLE_PLACES) as PlacedTable[]).filter((table) => TABLE_PLACES[table] === place);
}

export const LASTING_TABLES: readonly PlacedTable[] = tablesOf('lasting');

export const PUBLISHED_TABLES: readonly PlacedTable[] = tablesOf('published');

export const OBSERVED_TABLES: readonly PlacedTable[] = tablesOf('observed');

export const DERIVED_TABLES: readonly PlacedTable[] = tablesOf('derived');
