import { z } from 'zod';

import { distinctNames } from './distinct-names.ts';
import { FILM_KINDS } from '../../model/kinds.ts';

/** Roundhay Garden Scene is of 1888; IMDb's earliest entry, Passage de Venus, of 1874: https://www.imdb.com/title/tt3155794/ */
const FIRST_YEAR = 1874;

/** A line of text without control characters, trimmed. */
function line(maxLength: number) {
  const message = `must have 1 to ${maxLength} characters`;
  return z
    .string(`must be text of 1 to ${maxLength} characters`)
    .trim()
    .min(1, message)
    .max(maxLength, message)
    .refine(
      (text) => !/[\p{Cc}\p{Cs}]/u.test(text),
      'must not contain control characters or half a character',
    )
    .meta({ pattern: '\\S' });
}

const genre = line(50)
  .refine((name) => !name.includes(','), 'must not contain a comma')
  .meta({ pattern: '^[^,]*[^,\\s][^,]*$' });

const genres = z.array(genre, 'must be a list of names').max(20, 'must have at most 20 names');

const posterUrl = z
  .string('must be an https address')
  .max(2000, 'must have at most 2000 characters')
  .refine(
    (text) => /^https:\/\/[^\s\p{Cc}\p{Cs}]+$/u.test(text) && URL.canParse(text),
    'must be an https address',
  )
  .meta({ pattern: '^https://\\S+$' });

/** What each value of a film may be that a person gives. */
export function filmFields(now: () => Date) {
  /** The end of the coming decade: what is announced today is due before. */
  const lastYear = () => Math.floor(now().getUTCFullYear() / 10) * 10 + 19;
  const isInTime = (year: number) => year >= FIRST_YEAR && year <= lastYear();
  const inTime = { error: () => `must be from ${FIRST_YEAR} to ${lastYear()}` };

  return {
    title: line(300),
    originalTitle: line(300),
    kind: z.enum(FILM_KINDS, `must be one of ${FILM_KINDS.join(', ')}`),
    year: z.int('must be a whole number').refine(isInTime, inTime).meta({ minimum: FIRST_YEAR }),
    releaseDate: z.iso
      .date('must be a date such as 1999-03-31')
      .refine((date) => isInTime(Number(date.slice(0, 4))), inTime),
    runtimeMinutes: z
      .int('must be a whole number')
      .min(1, 'must be from 1 to 60000')
      .max(60_000, 'must be from 1 to 60000'),
    genres: genres.transform(distinctNames),
    someGenres: genres
      .min(1, 'must have at least one name; null withdraws what was set')
      .transform(distinctNames),
    rating: z
      .number('must be a number from 0 to 10')
      .min(0, 'must be from 0 to 10')
      .max(10, 'must be from 0 to 10')
      .refine((rating) => Math.round(rating * 10) / 10 === rating, 'must have at most one decimal'),
    certificate: line(50),
    posterUrl,
  };
}
