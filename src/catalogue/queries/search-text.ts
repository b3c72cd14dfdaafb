import { joinedName, searchName } from '../../model/search-names.ts';
import { titleSort } from '../../model/title-sort.ts';
import { typedOtherwise } from './other-spellings.ts';

/** One word of what is typed. */
export interface TypedWord {
  readonly text: string;
  /** Words that stand for it as well: numbers written otherwise, another script in Latin letters, itself joined with its neighbour. */
  readonly others: readonly string[];
  /** Whether it may go on: the last word, as long as no space or sign follows. */
  readonly isBegun: boolean;
  /** The year that it may mean; null: none. */
  readonly year: number | null;
}

/** The years that a title may be of. */
const FIRST_YEAR = 1870;
const LAST_YEAR = 2100;

/** The words of what is typed to find a title, each once, in order; none where nothing but spaces is typed. */
export function typedWords(text: string): TypedWord[] {
  const words = searchName(text).split(' ').filter(Boolean);
  const isOpen = /[\p{L}\p{N}\p{M}]$/u.test(text);
  const joined = joinedName(text).split(' ').filter(Boolean);
  return [...new Set(words)].map((word) => {
    const neighbours = [
      ...besides(words, word),
      ...joined.filter((whole) => whole !== word && whole.includes(word) && !words.includes(whole)),
    ];
    return {
      text: word,
      others: [...new Set([...typedOtherwise(word), ...neighbours])],
      isBegun: isOpen && word === words.at(-1),
      year: yearOf(word),
    };
  });
}

/** The word joined with those that stand beside it, wherever it stands. */
function besides(words: readonly string[], word: string): string[] {
  return words.flatMap((after, at) => {
    const before = words[at - 1];
    return before !== undefined && (before === word || after === word) ? [before + after] : [];
  });
}

/** What a title may be called that is called just as it is typed: the whole, and what is left of it without a year. */
export function wholeNames(text: string): string[] {
  const names = [titleSort(text), searchName(text)];
  const withoutYear = names.map((name) =>
    name
      .split(' ')
      .filter((word) => yearOf(word) === null)
      .join(' '),
  );
  return [...new Set([...names, ...withoutYear])].filter(Boolean);
}

function yearOf(word: string): number | null {
  const year = /^\d{4}$/.test(word) ? Number(word) : 0;
  return year >= FIRST_YEAR && year <= LAST_YEAR ? year : null;
}
