const MARKS = /\p{M}+/gu;
const NO_WORD = /[^\p{L}\p{N}]+/gu;

/**
 * The normalised form by which titles sort and match: lower case, without accents, each run of anything but
 * letters and digits one space, at most 300 characters of it. A title of signs alone ("???") keeps them. The merge computes the same in SQL
 * (`title_sort` in expressions.sql); a test holds them together.
 */
export function titleSort(title: string): string {
  return firstCharacters(titleLetters(title).replace(NO_WORD, ' ').trim() || lowerCase(title));
}

/** The title in lower case and without accents. */
export function titleLetters(title: string): string {
  return lowerCase(title).normalize('NFD').replace(MARKS, '').normalize('NFC');
}

/** Each character by itself: what follows a sigma does not make it another letter. */
function lowerCase(text: string): string {
  return Array.from(text, (character) => character.toLowerCase()).join('');
}

/** An index of PostgreSQL takes no key longer than about 2,700 bytes. */
const LONGEST = 300;

function firstCharacters(text: string): string {
  return text.length <= LONGEST ? text : Array.from(text).slice(0, LONGEST).join('');
}
