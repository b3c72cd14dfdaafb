import { WEIGHTED_RATING } from './merge/precedence.ts';

/**
 * A rating that counts as much as its votes bear, to three decimals; null where the votes are not known. The merge computes
 * the same in SQL (`weighted_rating` in expressions.sql); a test holds them together.
 */
export function weightedRating(rating: number, votes: number | null): number | null {
  if (votes === null) return null;
  const { mean, leastVotes } = WEIGHTED_RATING;
  return Math.round(((votes * rating + leastVotes * mean) / (votes + leastVotes)) * 1000) / 1000;
}
