import { z } from 'zod';

/** Line breaks apart, characters that are not to be seen, and halves of characters. */
const UNSEEN = /[^\P{Cc}\n]|\p{Cs}/u;

const LINE_BREAK = /[\n\u2028\u2029]/;

const AUTHOR_CHARACTERS = 100;

const TEXT_CHARACTERS = 2_000;

/** Text without white space around it, of so many characters of Unicode; lines end with LF. */
function words(most: number) {
  const message = `must have 1 to ${most} characters`;
  return z
    .string(`must be text of 1 to ${most} characters`)
    .meta({ minLength: 1, maxLength: most, pattern: '\\S' })
    .transform((given) => given.replaceAll('\r\n', '\n').trim())
    .refine((given) => given !== '' && Array.from(given).length <= most, message)
    .refine((given) => !UNSEEN.test(given), 'must not contain control characters or half a character');
}

const author = words(AUTHOR_CHARACTERS)
  .refine((name) => !LINE_BREAK.test(name), 'must be one line')
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
