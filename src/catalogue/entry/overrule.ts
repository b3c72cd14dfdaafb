import { SETTABLE_FIELDS } from '../../model/film-values.ts';
import type { FilmValues, SettableField } from '../../model/film-values.ts';
import { RATING_PRECEDENCE } from '../../model/precedence.ts';

type PlainField = Exclude<SettableField, 'rating'>;

/** What a rating system gives. */
export interface Rated {
  readonly system: string;
  readonly rating: number;
  readonly votes: number | null;
}

/** What is served of a title that a person may set, but for the rating. Null: nothing is said. */
export interface SettableValues extends Record<PlainField, unknown> {
  readonly title: string;
  readonly originalTitle: string;
  readonly kind: string;
  readonly year: number | null;
  readonly releaseDate: string | null;
  readonly runtimeMinutes: number | null;
  readonly genres: readonly string[] | null;
  readonly certificate: string | null;
  readonly posterUrl: string | null;
}

/** The same with the ratings, and what stands behind it. */
export interface SettableWords {
  readonly values: SettableValues;
  /** The rating shown. */
  readonly shown: Rated | null;
  /** Those of other systems, in no order. */
  readonly further: readonly Rated[];
  /**
   * What sources say of each field that is set by hand; null: nothing. Of the rating, which is of the system `local`
   * then, what another of that system is: those of other systems are in `further`.
   */
  readonly overruled: Partial<Readonly<Record<SettableField, unknown>>>;
}

/** The words once a person has set and withdrawn values: the same as a merge makes of them. */
export function overrule(words: SettableWords, patch: FilmValues): SettableWords {
  return SETTABLE_FIELDS.reduce((now, field) => {
    const value = patch[field];
    if (value === undefined) return now;
    if (value === null) return Object.hasOwn(now.overruled, field) ? withdrawn(now, field) : now;
    return field === 'rating' ? withRating(now, value as number) : withValue(now, field, value);
  }, words);
}

function withValue(words: SettableWords, field: PlainField, value: unknown): SettableWords {
  const { values, overruled } = words;
  return {
    ...words,
    values: { ...values, [field]: value },
    overruled: { [field]: values[field], ...overruled },
  };
}

function withRating({ values, shown, further, overruled }: SettableWords, rating: number): SettableWords {
  const now: Rated = { system: 'local', rating, votes: null };
  if (Object.hasOwn(overruled, 'rating')) return { values, shown: now, further, overruled };
  const said = shown === null ? further : [shown, ...further];
  return {
    values,
    shown: now,
    further: said.filter(({ system }) => system !== 'local'),
    overruled: { ...overruled, rating: said.find(({ system }) => system === 'local')?.rating ?? null },
  };
}

function withdrawn(words: SettableWords, field: SettableField): SettableWords {
  const { [field]: value, ...overruled } = words.overruled;
  if (field !== 'rating') return { ...words, values: { ...words.values, [field]: value }, overruled };
  const local = value === null ? [] : [{ system: 'local', rating: value as number, votes: null }];
  const [shown = null, ...further] = [...words.further, ...local].sort(byPrecedence);
  return { ...words, shown, further, overruled };
}

function byPrecedence(a: Rated, b: Rated): number {
  return placeOf(a) - placeOf(b) || (a.system < b.system ? -1 : 1);
}

/** Systems that the order does not name come last, as in the merge. */
function placeOf({ system }: Rated): number {
  const place = RATING_PRECEDENCE.findIndex((one) => one === system);
  return place === -1 ? RATING_PRECEDENCE.length : place;
}
