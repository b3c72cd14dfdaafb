import { IMDB_DIGITS } from '../../model/title-key.ts';

/** What a field may hold, and as what a record is rejected whose field holds something else. */
export interface Format {
  /** An RE2 pattern that the whole field must match. */
  readonly pattern: string;
  /** For a number, its type. */
  readonly type?: 'integer' | 'double';
  readonly reason: 'id_invalid' | 'number_invalid' | 'title_missing' | 'name_missing' | 'genres_invalid';
}

/** How the provider says that it does not say. */
export const NULL_FIELD = '\\N';
const NULL = '\\\\N';

/** At most nine digits, which an integer holds. */
const WHOLE = '\\d{1,9}';
/** A genre's name: 1 to 50 characters, of which the first is no space. */
const GENRE = '[^\\s,][^\\t,]{0,49}';
/** Neither empty nor null. */
const SOME_TEXT = '(?:[^\\t\\\\][^\\t]*|\\\\(?:[^\\tN][^\\t]*)?|\\\\N[^\\t]+)';

export const FORMATS = {
  titleId: { pattern: `tt${IMDB_DIGITS}`, reason: 'id_invalid' },
  titleIdOrNull: { pattern: `(?:tt${IMDB_DIGITS}|${NULL})`, reason: 'id_invalid' },
  personId: { pattern: `nm${IMDB_DIGITS}`, reason: 'id_invalid' },
  personIds: { pattern: `(?:nm${IMDB_DIGITS}(?:,nm${IMDB_DIGITS})*|${NULL})`, reason: 'id_invalid' },
  flag: { pattern: `(?:[01]|${NULL})`, type: 'integer', reason: 'number_invalid' },
  year: { pattern: `(?:\\d{1,4}|${NULL})`, type: 'integer', reason: 'number_invalid' },
  whole: { pattern: `(?:${WHOLE}|${NULL})`, type: 'integer', reason: 'number_invalid' },
  /** Up to six digits, so that title and place make one number. */
  place: { pattern: '\\d{1,6}', type: 'integer', reason: 'number_invalid' },
  rating: { pattern: '(?:\\d(?:\\.\\d+)?|10(?:\\.0+)?)', type: 'double', reason: 'number_invalid' },
  title: { pattern: SOME_TEXT, reason: 'title_missing' },
  genres: { pattern: `(?:${NULL}|${GENRE}(?:,${GENRE})*)?`, reason: 'genres_invalid' },
  name: { pattern: SOME_TEXT, reason: 'name_missing' },
} as const satisfies Record<string, Format>;

export const ANY_FIELD = '[^\\t]*';
