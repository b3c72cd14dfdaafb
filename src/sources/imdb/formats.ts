/** What a field may hold, and as what a record is rejected whose field holds something else. */
export interface Format {
  /** An RE2 pattern that the whole field must match. */
  readonly pattern: string;
  /** For a number, its type. */
  readonly type?: 'integer' | 'double';
  readonly reason: 'id_invalid' | 'number_invalid' | 'title_missing' | 'name_missing';
}

/** How the provider says that it does not say. */
export const NULL_FIELD = '\\N';
const NULL = '\\\\N';

/**
 * Seven digits, or more where seven do not hold the number: so an id and its number stand for each other, and a
 * number is what is compared.
 */
const ID_DIGITS = '(?:\\d{7}|[1-9]\\d{7,9})';
/** At most nine digits, which an integer holds. */
const WHOLE = '\\d{1,9}';
/** Neither empty nor null. */
const SOME_TEXT = '(?:[^\\t\\\\][^\\t]*|\\\\(?:[^\\tN][^\\t]*)?|\\\\N[^\\t]+)';

export const FORMATS = {
  titleId: { pattern: `tt${ID_DIGITS}`, reason: 'id_invalid' },
  titleIdOrNull: { pattern: `(?:tt${ID_DIGITS}|${NULL})`, reason: 'id_invalid' },
  personId: { pattern: `nm${ID_DIGITS}`, reason: 'id_invalid' },
  personIds: { pattern: `(?:nm${ID_DIGITS}(?:,nm${ID_DIGITS})*|${NULL})`, reason: 'id_invalid' },
  flag: { pattern: `(?:[01]|${NULL})`, type: 'integer', reason: 'number_invalid' },
  year: { pattern: `(?:\\d{1,4}|${NULL})`, type: 'integer', reason: 'number_invalid' },
  whole: { pattern: `(?:${WHOLE}|${NULL})`, type: 'integer', reason: 'number_invalid' },
  /** Up to six digits, so that title and place make one number. */
  place: { pattern: '\\d{1,6}', type: 'integer', reason: 'number_invalid' },
  rating: { pattern: '(?:\\d(?:\\.\\d+)?|10(?:\\.0+)?)', type: 'double', reason: 'number_invalid' },
  title: { pattern: SOME_TEXT, reason: 'title_missing' },
  name: { pattern: SOME_TEXT, reason: 'name_missing' },
} as const satisfies Record<string, Format>;

export const ANY_FIELD = '[^\\t]*';
