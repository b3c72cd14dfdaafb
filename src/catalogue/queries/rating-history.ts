import type { Queryable } from '../../db/database.ts';
import { findTitleMemory, type TitleDocument, type TitleMemory } from './title-changes.ts';

/** What a system gave from a time on. */
export interface RatingPoint {
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** 0 to 10; null: it gave none, from then on. */
  readonly rating: number | null;
  readonly votes: number | null;
}

export interface RatingSeries {
  readonly system: string;
  /** Oldest first; each differs from the one before it. */
  readonly points: readonly RatingPoint[];
}

/** A system's rating as documents have it. */
type GivenRating = Pick<RatingPoint, 'rating' | 'votes'> & { readonly system: string };

/** The ratings of the title with this UUID since its first that is known, a series for each system, by name. */
export async function findRatingHistory(db: Queryable, id: string): Promise<RatingSeries[]> {
  return ratingSeries(await findTitleMemory(db, id, null));
}

/** The first point of a title that was there already is of when what is known begins. */
function ratingSeries({ now, changes, oldestAt }: TitleMemory): RatingSeries[] {
  const series = new Map<string, RatingPoint[]>();
  const note = (at: string, is: readonly GivenRating[], was: readonly GivenRating[]) => {
    for (const system of new Set([...is, ...was].map((given) => given.system))) {
      const point = pointOf(at, system, is);
      if (same(point, pointOf(at, system, was))) continue;
      series.set(system, [point, ...(series.get(system) ?? [])]);
    }
  };
  let given = ratingsOf(now);
  for (const { kind, at, before } of changes) {
    if (kind === 'updated' && before?.ratings === undefined) continue;
    const was = kind === 'created' ? [] : ratingsOf(before);
    note(at, kind === 'created' || kind === 'updated' ? given : [], was);
    given = was;
  }
  if (oldestAt !== null) note(oldestAt, given, []);
  return [...series]
    .map(([system, points]) => ({ system, points }))
    .sort((a, b) => (a.system < b.system ? -1 : 1));
}

function ratingsOf(document: TitleDocument | null): readonly GivenRating[] {
  return (document?.ratings ?? []) as readonly GivenRating[];
}

function pointOf(at: string, system: string, ratings: readonly GivenRating[]): RatingPoint {
  const given = ratings.find((rating) => rating.system === system);
  return { at, rating: given?.rating ?? null, votes: given?.votes ?? null };
}

function same(a: RatingPoint, b: RatingPoint): boolean {
  return a.rating === b.rating && a.votes === b.votes;
}
