import { titleLetters, titleSort } from './title-sort.ts';

/** Letters from which no accent can be taken away, and what is typed for them; `plain_letters` of the merge has the same. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

const NOT_PLAIN = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g');
const SIGNS = /[^\p{L}\p{N}\p{Z}]+/gu;
const SPACES = /\p{Z}+/gu;

/** Characters of a name that are searched, as of the sort form. */
const LONGEST = 300;

/**
 * The normalised names by which a title called so is found, besides its sort form, each once: plain letters for those that
 * keyboards lack, the original title, and each with signs left out where they part no words ("Spider-Man" is "spiderman" too).
 * The merge computes the same in SQL (`name.sql`); a test holds them together.
 */
export function searchNames(title: string, originalTitle: string): string[] {
  const forms = [title, originalTitle].flatMap((name) => [searchName(name), joinedName(name)]);
  const sortForm = titleSort(title);
  return [...new Set(forms)].filter((form) => form !== '' && form !== sortForm);
}

/** A title, or what is typed to find it, in the form in which it is searched. */
export function searchName(text: string): string {
  return plainLetters(titleSort(text));
}

/** The same with signs left out; empty where they are all there is. */
export function joinedName(text: string): string {
  const joined = titleLetters(text).replace(SIGNS, '').replace(SPACES, ' ').trim();
  return plainLetters(Array.from(joined).slice(0, LONGEST).join(''));
}

function plainLetters(text: string): string {
  return text.replace(NOT_PLAIN, (letter) => PLAIN[letter] ?? letter);
}
