import { z } from 'zod';

import { lowerAscii } from '../../lib/lower-ascii.ts';
import { isUuid } from '../../model/title-key.ts';
import { text, textThat } from './query-parameters.ts';

/** Parameters that name what films are linked to. */

const COUNTRY = /^[A-Za-z]{2}$/;
const LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** ISO 3166-1 alpha-2 in whatever case; gives it in upper case. */
export const countryCode = textThat((text) => COUNTRY.test(text), 'must be a code of two letters, such as NZ')
  .meta({ pattern: COUNTRY.source })
  .transform((code) => code.toUpperCase());

/** ISO 639 in whatever case; gives it in lower case. */
export const languageCode = textThat(
  (text) => LANGUAGE.test(text),
  'must be a code of a language, such as en',
)
  .meta({ pattern: LANGUAGE.source })
  .transform(lowerAscii);

export const uuid = textThat(isUuid, 'must be a UUID').meta({ format: 'uuid' }).transform(lowerAscii);

/** An id in lower case, or a name as given. */
export const idOrName = text(200).transform((given) => (isUuid(given) ? lowerAscii(given) : given));

/** Words joined by commas, repeated or both; gives each once, in the order of `words`. */
export function wordList<const T extends readonly [string, ...string[]]>(words: T) {
  const message = `must be made of ${words.join(', ')}, joined by commas`;
  const one = `(${words.join('|')})`;
  const joined = z.string().meta({ pattern: `^${one}(,${one})*$` });
  return z
    .union([joined, z.array(joined)], message)
    .optional()
    .transform((given, context): T[number][] => {
      const asked = [given ?? []].flat().flatMap((one) => one.split(','));
      if (asked.every((word) => words.includes(word))) return words.filter((word) => asked.includes(word));
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    });
}
