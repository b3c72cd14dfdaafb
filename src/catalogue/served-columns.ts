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
] as const;

export const TITLE_ALIAS_COLUMNS = ['alias_id', 'key', 'title_id'] as const;

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
