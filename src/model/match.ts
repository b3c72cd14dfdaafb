/** Why a claim is left alone that could be of a title. */
export const MATCH_REASONS = {
  several_titles: 'Several titles are of its name, and nothing tells which it is.',
  unconfirmed: 'A title is of its name, and nothing else confirms it.',
  runtimes_differ: 'A title is of its name, and its running time is another.',
  original_titles_differ: 'A title is of its name, and its original title is another.',
  source_has_title: 'Its source has another claim about that title.',
  several_claims: 'Several claims of its source are as much like that title.',
  parted: 'Something else that is of that title by now was said not to be the same.',
  imdb_id_twice: 'Another claim of its source has the same IMDb id.',
} as const;

export type MatchReason = keyof typeof MATCH_REASONS;

export const DECISIONS = ['same', 'different', 'withdrawn'] as const;

/** What a person decides of a claim: the title that it is of, those that it is not of, or nothing any longer. */
export interface MatchDecision {
  readonly decision: (typeof DECISIONS)[number];
  /** UUIDs of titles: one for `same`, any number for `different`, none for `withdrawn`. Null: all that it could be. */
  readonly titleIds: readonly string[] | null;
}

/** A decision as the journal keeps it, under the claim's whole key. */
export interface DecisionRecord {
  readonly decision: MatchDecision['decision'];
  /** The id of the claim's own key. */
  readonly matchId: string;
  /** The best key that the title had; of `different` every key of each of the titles. */
  readonly titleKeys: readonly string[];
  /** The ids that the titles had. */
  readonly titleIds: readonly string[];
}

/** What was decided. */
export interface DecidedMatch {
  readonly id: string;
  readonly key: string;
  readonly decision: MatchDecision['decision'];
  readonly titleIds: readonly string[];
}
