import { isDeepStrictEqual } from 'node:util';

import {
  COUNTED_FIELDS,
  EPISODE_FIELDS,
  ORIGIN_FIELDS,
  originRule,
  placeOfSource,
  placeOfSystem,
  type OriginOrder,
} from './origin-fields.ts';

/** What is said of a title, by the names of the API; counted lists as how many they have. What is not said is not there, or null. */
export interface TitleWords {
  readonly [field: string]: unknown;
  /** By system. */
  readonly ratings?: Readonly<Record<string, RatingWord>>;
  /** By system, without imdb's, which is `imdbId`. */
  readonly externalIds?: Readonly<Record<string, string>>;
}

interface RatingWord {
  readonly rating: number;
  readonly votes?: number | null;
}

/** Who says something, and when it was read. */
export interface Speaker {
  readonly source: string;
  /** The source's own key of the title; null: it is of no source's own, such as a value set by hand. */
  readonly sourceKey: string | null;
  /** The run whose claim it is; null: it is in no run yet. */
  readonly run: string | null;
  /** When the run began, or when a person wrote it. ISO 8601 in UTC; null: not known. */
  readonly readAt: string | null;
}

/** What one source says of a title. */
export interface Testimony extends Speaker {
  readonly words: TitleWords;
}

/** Why another's word is not served. */
export type Lost = 'same' | 'precedence' | 'system' | 'elsewhere' | 'set_by_hand';

export interface LosingWord extends Speaker {
  readonly value: unknown;
  readonly lost: Lost;
  /** The same in a sentence. */
  readonly why: string;
}

/** Where a value comes from. */
export interface Origin extends Omit<Speaker, 'source'> {
  readonly value: unknown;
  /** Null: nobody says it. */
  readonly source: string | null;
  /** Whether a person set it in the place of what the sources say. */
  readonly byHand: boolean;
  /** The field whose word it is made of; null: it is said itself. */
  readonly madeOf: string | null;
  /** What others say, those that come first in precedence before the others. */
  readonly others: readonly LosingWord[];
}

/** All that is known of what is said of a title. */
export interface Testimonies {
  /** As it is served. */
  readonly served: TitleWords;
  readonly testimonies: readonly Testimony[];
  /** The fields that a person set, and who and when. */
  readonly byHand: Readonly<Record<string, Speaker>>;
}

/** A value that someone says, and, of a rating, whose system's it is. */
interface Said extends Speaker {
  readonly value: unknown;
  readonly system: string | null;
  /** Whether it is said of another place than the title's, such as a number in another season. */
  readonly elsewhere: boolean;
}

/** Where each field of a title comes from, in the order of the declaration; then its ids and ratings by system. */
export function tellOrigins(title: Testimonies): Record<string, Origin> {
  const { served } = title;
  const fields = [
    ...Object.keys(ORIGIN_FIELDS).filter((field) => !EPISODE_FIELDS.includes(field) || field in served),
    ...Object.keys(served.externalIds ?? {}).map((system) => `externalIds.${system}`),
    ...Object.keys(served.ratings ?? {}).map((system) => `ratings.${system}`),
  ];
  return Object.fromEntries(fields.map((field) => [field, originOf(title, field)]));
}

function originOf(title: Testimonies, field: string): Origin {
  const rule = originRule(field);
  if ('madeOf' in rule) {
    const base = originOf(title, rule.madeOf);
    return { ...base, value: wordFor(title.served, field), madeOf: rule.madeOf, others: [] };
  }
  const said = rule.by === 'rating' ? saidRatings(title, field) : saidWords(title, field, rule.by);
  const value = wordFor(title.served, field);
  const hand = handOf(title, field);
  const first = hand === null ? said[0] : { ...hand, value, system: null, elsewhere: false };
  const winner = first === undefined || first.elsewhere ? null : first;
  const losers = said.filter((one) => one !== winner && isSaid(one));
  return {
    value: winner === null ? value : winner.value,
    source: winner?.source ?? null,
    sourceKey: winner?.sourceKey ?? null,
    run: winner?.run ?? null,
    readAt: winner?.readAt ?? null,
    byHand: hand !== null,
    madeOf: null,
    others: losers.map((loser) => losing(field, winner, loser, hand !== null)),
  };
}

/** A rating set by hand is one of the system `local`. */
function handOf({ byHand }: Testimonies, field: string): Speaker | null {
  const set = field === 'votes' || field === 'ratings.local' ? 'rating' : field;
  return byHand[set] ?? null;
}

/** Who says the field, first to last, those who say it of another place at the end; where nobody does, who says what stands in for it. */
function saidWords(title: Testimonies, field: string, by: OriginOrder): Said[] {
  const rule = originRule(field);
  const { orElse, within = [] } = 'by' in rule ? rule : {};
  const places = within.map((place) => ({ place, value: originOf(title, place).value }));
  const isElsewhere = (words: TitleWords) =>
    places.some(({ place, value }) => ![null, value].includes(wordFor(words, place)));
  const said = title.testimonies
    .map((testimony) => ({
      ...speakerOf(testimony),
      value: wordFor(testimony.words, field),
      system: null,
      elsewhere: isElsewhere(testimony.words),
    }))
    .filter(isSaid)
    .filter(({ value }) => value !== 0 || !COUNTED_FIELDS.includes(field))
    .sort(
      (a, b) =>
        Number(a.elsewhere) - Number(b.elsewhere) ||
        placeOfSource(by, a.source) - placeOfSource(by, b.source) ||
        compareNames(a.source, b.source),
    );
  if (said.length > 0 || orElse === undefined) return said;
  return title.testimonies.some(({ words }) => isWord(wordFor(words, orElse)))
    ? saidWords(title, orElse, by)
    : [];
}

/** Who gives a rating, the system that is shown first. Each has its own votes, or none. */
function saidRatings({ testimonies }: Testimonies, field: string): Said[] {
  return testimonies
    .flatMap((testimony) =>
      Object.entries(testimony.words.ratings ?? {}).map(([system, rating]) => ({
        ...speakerOf(testimony),
        value: field === 'votes' ? (rating.votes ?? null) : rating.rating,
        system,
        elsewhere: false,
      })),
    )
    .sort(
      (a, b) =>
        placeOfSystem(a.system) - placeOfSystem(b.system) ||
        placeOfSource('source', a.source) - placeOfSource('source', b.source) ||
        compareNames(a.system, b.system) ||
        compareNames(a.source, b.source),
    );
}

/** `winner` null: nobody is heard, since each says it of another place. */
function losing(field: string, winner: Said | null, loser: Said, byHand: boolean): LosingWord {
  const lost = whyLost(winner, loser, byHand);
  return { ...speakerOf(loser), value: loser.value, lost, why: wordsFor(lost, field, winner, loser) };
}

function whyLost(winner: Said | null, loser: Said, byHand: boolean): Lost {
  if (winner === null) return 'elsewhere';
  const sameSystem = winner.system === loser.system;
  if (sameSystem && isDeepStrictEqual(winner.value, loser.value)) return 'same';
  if (byHand) return 'set_by_hand';
  if (loser.elsewhere) return 'elsewhere';
  return sameSystem ? 'precedence' : 'system';
}

function wordsFor(lost: Lost, field: string, winner: Said | null, loser: Said): string {
  switch (lost) {
    case 'same':
      return 'says the same';
    case 'precedence':
      return `${winner?.source ?? ''} comes before ${loser.source} for ${field}`;
    case 'system':
      return `ratings of ${winner?.system ?? ''} are shown before those of ${loser.system ?? ''}`;
    case 'elsewhere':
      return 'says it of another series or season';
    case 'set_by_hand':
      return 'a person has set it';
  }
}

/** What the words have for a field, which may be one of several by system: `ratings.tmdb`. */
function wordFor(words: TitleWords, field: string): unknown {
  const [name = '', system] = field.split('.', 2);
  if (system === undefined) return words[name] ?? null;
  if (name === 'externalIds') return words.externalIds?.[system] ?? null;
  const rating = words.ratings?.[system];
  return rating === undefined ? null : { rating: rating.rating, votes: rating.votes ?? null };
}

function isSaid({ value }: { readonly value: unknown }): boolean {
  return isWord(value);
}

/** An empty list says nothing. */
function isWord(value: unknown): boolean {
  return value !== null && !(Array.isArray(value) && value.length === 0);
}

function speakerOf({ source, sourceKey, run, readAt }: Speaker): Speaker {
  return { source, sourceKey, run, readAt };
}

function compareNames(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
