import { z } from 'zod';

/** Characters that control something, but for line breaks and tabs, and halves of characters. */
const CONTROL = /[^\P{Cc}\n\t]|\p{Cs}/u;

/** What is there to be seen. */
const VISIBLE = /[^\p{C}\p{Z}]/u;

/** Line breaks and tabs, and what turns the direction of writing, by which a name can pass for another. */
const BEYOND_A_LINE = /[\t\n\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

const AUTHOR_CHARACTERS = 100;

const TEXT_CHARACTERS = 2_000;

/** Text without white space around it, of so many characters of Unicode; lines end with LF. */
function words(most: number) {
  const message = `must have 1 to ${most} characters`;
  return z
    .string(`must be text of 1 to ${most} characters`)
    .meta({ minLength: 1, maxLength: most, pattern: '\\S' })
    .transform((given) => given.replaceAll('\r\n', '\n').trim())
    .refine((given) => Array.from(given).length <= most, message)
    .refine((given) => VISIBLE.test(given), message)
    .refine((given) => !CONTROL.test(given), 'must not contain control characters or half a character');
}

const author = words(AUTHOR_CHARACTERS)
  .refine((name) => !BEYOND_A_LINE.test(name), 'must be one line, without marks of direction')
  .describe(`The name of whoever writes, 1 to ${AUTHOR_CHARACTERS} characters in one line.`);

const text = words(TEXT_CHARACTERS).describe(
  `1 to ${TEXT_CHARACTERS} characters, white space around it not counted; it may have several lines.`,
);

/** What `POST` and `PUT` take: the whole comment. */
export const commentBody = z.strictObject({ author, text });

/** What `PATCH` takes: what is to be otherwise. */
export const commentChangeBody = z
  .strictObject({ author: author.optional(), text: text.optional() })
  .refine((given) => Object.values(given).some((one) => one !== undefined), 'must have author or text');
