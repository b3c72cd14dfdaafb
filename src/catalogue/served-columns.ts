/** The columns of `title` in PostgreSQL, in order; the catalogue's Parquet has them under the same names. */
export const TITLE_COLUMNS = [
  'id',
  'key',
  'imdb_id',
  'kind',
  'is_film',
  'title',
  'original_title',
  'title_sort',
  'year',
  'end_year',
  'release_date',
  'runtime_minutes',
  'is_adult',
  'genres',
  'certificate',
  'poster_url',
  'rating',
  'votes',
  'rating_system',
  'weighted_rating',
  'popularity',
  'sources',
] as const;

/** The columns of `title_genre`: the genre, the title, and the title's sort keys. */
export const TITLE_GENRE_COLUMNS = [
  'genre_id',
  'title_id',
  'title_sort',
  'year',
  'runtime_minutes',
  'rating',
  'votes',
  'weighted_rating',
  'popularity',
] as const;

export const TITLE_ALIAS_COLUMNS = ['alias_id', 'key', 'title_id'] as const;

/**
 * The tables whose rows belong to one title, named by `title_id`: they change only with their title, whose `row_hash`
 * heeds them.
 */
export const TABLES_OF_TITLE = {
  title_detail: [
    'title_id',
    'status',
    'original_language',
    'budget',
    'revenue',
    'tagline',
    'overview',
    'homepage',
    'collection_id',
    'suspect',
  ],
  title_company: ['title_id', 'company_id', 'ordering'],
  title_country: ['title_id', 'country_code', 'ordering'],
  title_language: ['title_id', 'language_code', 'ordering'],
  title_keyword: ['title_id', 'keyword_id', 'ordering'],
  credit: ['title_id', 'person_id', 'part', 'ordering', 'category', 'department', 'job', 'characters'],
  external_id: ['title_id', 'system', 'value'],
  further_rating: ['title_id', 'system', 'rating', 'votes'],
  rating_year: ['title_id', 'system', 'year', 'rating', 'votes'],
  title_name: ['title_id', 'name', 'is_aka'],
  overruled: ['title_id', 'field', 'value'],
  episode: ['title_id', 'series_id', 'season_number', 'episode_number'],
  title_claim: ['title_id', 'source', 'source_key', 'document'],
} as const;

export type TableOfTitle = keyof typeof TABLES_OF_TITLE;

/** The tables of what titles have in common. The first column is the key. */
export const TABLES_OF_THINGS = {
  company: ['id', 'key', 'name'],
  country: ['code', 'name'],
  language: ['code', 'name'],
  keyword: ['id', 'key', 'name'],
  collection: ['id', 'key', 'name'],
  person: ['id', 'key', 'name', 'birth_year', 'death_year'],
} as const;

export type TableOfThings = keyof typeof TABLES_OF_THINGS;

/** Where titles name the things that they have in common. */
export const LINKS_TO_THINGS = {
  company: { link: 'title_company', column: 'company_id' },
  country: { link: 'title_country', column: 'country_code' },
  language: { link: 'title_language', column: 'language_code' },
  keyword: { link: 'title_keyword', column: 'keyword_id' },
  collection: { link: 'title_detail', column: 'collection_id' },
  person: { link: 'credit', column: 'person_id' },
} as const satisfies Record<TableOfThings, { link: TableOfTitle; column: string }>;

export const NAMES_OF_TABLES_OF_TITLE = Object.keys(TABLES_OF_TITLE) as TableOfTitle[];

export const NAMES_OF_TABLES_OF_THINGS = Object.keys(TABLES_OF_THINGS) as TableOfThings[];

/** The claims that could be of a title and are left alone: small, and replaced whole by each publish. */
export const AMBIGUOUS_MATCH_COLUMNS = ['id', 'key', 'source', 'reason', 'candidates'] as const;

/** The tables of a catalogue version in the lake, each a Parquet file. */
export const CATALOGUE_TABLES = [
  'title',
  'title_alias',
  ...NAMES_OF_TABLES_OF_TITLE,
  ...NAMES_OF_TABLES_OF_THINGS,
  'ambiguous_match',
] as const;

/** And one that is computed of them. */
export const VERSION_TABLES = [...CATALOGUE_TABLES, 'report_row'] as const;

/** The columns that Parquet has as names joined by commas, and PostgreSQL as an array. */
export const ARRAY_COLUMNS: readonly string[] = [
  'genres',
  'sources',
  'suspect',
  'candidates',
  'languages',
  'countries',
];

/** The tables by which titles are found by words: made of `title` and `title_name` when they are published. */
export const SEARCH_TABLES = {
  search_word: ['word', 'best', 'size', 'numbers', 'added'],
  search_gram: ['gram', 'words'],
} as const;

export type SearchTable = keyof typeof SEARCH_TABLES;

export const NAMES_OF_SEARCH_TABLES = Object.keys(SEARCH_TABLES) as SearchTable[];

/** The tables by which titles are counted for facets: made of titles when they are published, too. */
export const FACET_TABLES = {
  facet_cell: ['kind', 'is_film', 'genres', 'year', 'rating', 'languages', 'countries', 'titles'],
  facet_bits: ['facet', 'value', 'bits'],
  facet_scale: ['bound'],
  facet_changed: [
    'title_id',
    'n',
    'is_sampled',
    'kind',
    'is_film',
    'genres',
    'sources',
    'year',
    'rating',
    'votes',
    'runtime_minutes',
    'languages',
    'countries',
  ],
} as const;

export type FacetTable = keyof typeof FACET_TABLES;

export const NAMES_OF_FACET_TABLES = Object.keys(FACET_TABLES) as FacetTable[];

/** The columns of `report_row`; the catalogue's Parquet has three words before them. */
export const REPORT_ROW_COLUMNS = [
  'series',
  'id',
  'year',
  'company_id',
  'company_name',
  'genre',
  'name_sort',
  'films',
  'n',
  'sum',
  'mean',
  'median',
  'geomean',
  'p90',
] as const;
