import { z } from 'zod';

/** Parameters of query strings arrive as text: once as a string, several times as a list. */

const ONCE = 'must be given once';

/** A whole number in plain digits. */
export function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z.preprocess(digits(/^-?\d{1,15}$/), z.int(wording(message)).min(min, message).max(max, message));
}

/** A number in plain digits, with a point or without. */
export function decimalNumber(min: number, max: number) {
  const message = `must be a number from ${min} to ${max}`;
  return z.preprocess(
    digits(/^-?\d{1,15}(\.\d{1,15})?$/),
    z.number(wording(message)).min(min, message).max(max, message),
  );
}

/** One of several words. */
export function oneOf<const T extends readonly string[]>(words: T) {
  return z.enum(words, wording(`must be one of ${words.join(', ')}`));
}

/** Some text, given once. */
export function text(maxLength: number) {
  const message = `must have 1 to ${maxLength} characters`;
  return z.string(wording(message)).min(1, message).max(maxLength, message);
}

/** Text that passes `isRight`, given once. */
export function textThat(isRight: (text: string) => boolean, message: string) {
  return z.string(wording(message)).refine(isRight, message);
}

/** What a search may be given: titles are shorter. */
const LONGEST_SEARCH = 200;

/** Words to search for. */
export const searchText = textThat(
  (given) => given.trim() !== '' && given.length <= LONGEST_SEARCH,
  `must have 1 to ${LONGEST_SEARCH} characters, not spaces alone`,
);

/** What every list that has pages takes. */
export const pageParameters = {
  limit: wholeNumber(1, 100).optional().default(20).describe('Most items of the page. Default: 20.'),
  cursor: text(8000)
    .optional()
    .describe('Where the page begins: take it from `page.next` and `page.prev` as they are.'),
};

/** A parameter that may be repeated; a list, empty when it is absent. */
export function repeatable<T extends z.ZodType>(each: T, most = 20) {
  const list = z.array(each).max(most, `may be given at most ${most} times`);
  return z
    .preprocess((given) => (given === undefined ? [] : [given].flat()), list)
    .optional()
    .default([]);
}

function digits(pattern: RegExp) {
  return (given: unknown) => (typeof given === 'string' && pattern.test(given) ? Number(given) : given);
}

function wording(message: string): { error: (issue: { input?: unknown }) => string } {
  return { error: ({ input }) => (Array.isArray(input) ? ONCE : message) };
}
