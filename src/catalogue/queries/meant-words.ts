import { editDistance } from '../../lib/edit-distance.ts';
import type { KnownWord, LookedUp } from './look-up-words.ts';
import type { TypedWord } from './search-text.ts';
import { LEAST_MISTYPED } from './word-grams.ts';

/** A word of titles that a typed one may mean. */
export interface MeantWord {
  /** The place of the typed word. */
  readonly token: number;
  readonly word: string;
  /** What a title that has it gains: how well it fits times how much the typed word says. */
  readonly gain: number;
  /** How many titles have it, more or less. */
  readonly size: number;
  /** Whether it is not what is typed, nor another spelling of that. */
  readonly isGuess: boolean;
}

/** Of each typed word: what it says, 0 to 1, and the words that it may mean. */
export interface Meaning {
  readonly token: number;
  readonly weight: number;
  readonly words: readonly MeantWord[];
  /** The words with this beginning fit so well besides; null: it is not begun. */
  readonly begun: { readonly prefix: string; readonly gain: number } | null;
  /** Titles of this year fit like the word itself; null: it is no year. */
  readonly year: number | null;
}

/** How well a word fits, by how it was found: as typed 1, and less for what is further from it. */
const FITS = {
  otherSpelling: 0.96,
  /** Of a prefix that is the whole word but for its end; of a shorter one less. */
  begun: 0.94,
  begunLess: 0.12,
  mistyped: 0.93,
  mistypedBegun: 0.84,
  /** For each error that would be one in a word of one letter. */
  mistypedLess: 0.9,
} as const;

/** Words like a mistyped one that are tried. */
const MOST_LIKE = 10;

/** A word that so many titles have says nothing. */
const ALL_TITLES = 10 ** 6;

/** What is typed may mean. */
export function meaningsOf(typed: readonly TypedWord[], found: LookedUp): Meaning[] {
  return typed.map((word, token) => {
    const fits = new Map<string, { readonly known: KnownWord; readonly fit: number }>();
    const add = (known: KnownWord | undefined, fit: number) => {
      if (known === undefined || (fits.get(known.word)?.fit ?? 0) >= fit) return;
      fits.set(known.word, { known, fit });
    };
    add(found.known.get(word.text), 1);
    for (const other of word.others) add(found.known.get(other), FITS.otherSpelling);
    if (word.isBegun) for (const known of found.begun) add(known, begunFit(word.text, known.word));
    for (const { known, fit } of mistyped(word, found.near.get(token) ?? [])) add(known, fit);
    const weight = weightOf(
      word.text,
      found,
      [...fits.values()].map(({ known }) => known.size),
    );
    return {
      token,
      weight,
      words: [...fits.values()].map(({ known: { word: meant, size }, fit }) => ({
        token,
        word: meant,
        size,
        gain: fit * weight,
        isGuess: fit < FITS.otherSpelling,
      })),
      begun: word.isBegun ? { prefix: word.text, gain: (FITS.begun - FITS.begunLess) * weight } : null,
      year: word.year,
    };
  });
}

function begunFit(typed: string, word: string): number {
  return FITS.begun - FITS.begunLess * (1 - Array.from(typed).length / Array.from(word).length);
}

/** The words that lie so few errors from the typed one that it may be one of them, nearest first. */
function mistyped({ text, others, isBegun }: TypedWord, near: readonly KnownWord[]) {
  const spellings = [text, ...others.filter((other) => !/[a-z]/.test(text) && /^[a-z]+$/.test(other))];
  return near
    .flatMap((known) => {
      const fits = spellings.map((spelling) => mistypedFit(spelling, known.word, isBegun));
      const fit = Math.max(...fits);
      return fit > 0 ? [{ known, fit }] : [];
    })
    .sort((a, b) => b.fit - a.fit || b.known.best - a.known.best)
    .slice(0, MOST_LIKE);
}

/** 0: it is too far. */
function mistypedFit(typed: string, word: string, isBegun: boolean): number {
  const letters = Array.from(typed).length;
  if (letters < LEAST_MISTYPED) return 0;
  const most = letters < 6 ? 1 : 2;
  const whole = editDistance(typed, word, most);
  if (whole <= most) return FITS.mistyped - (FITS.mistypedLess * whole) / letters;
  const begun = isBegun ? editDistance(typed, word, letters < 8 ? 1 : 2, true) : most + 1;
  return begun <= (letters < 8 ? 1 : 2) ? FITS.mistypedBegun - (FITS.mistypedLess * begun) / letters : 0;
}

/** The fewer titles have a word, the more it says. What no title has may be mistyped, and says as much as what it may mean. */
function weightOf(text: string, { known }: LookedUp, sizes: readonly number[]): number {
  const size = known.get(text)?.size ?? Math.max(0, ...sizes);
  return Math.max(0.1, 1 - Math.log(1 + size) / Math.log(1 + ALL_TITLES));
}
