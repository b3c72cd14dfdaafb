import { z } from 'zod';

import { distinctNames } from './distinct-names.ts';
import type { FilmEntry } from '../../model/film-entry.ts';
import { FILM_KINDS } from '../../model/kinds.ts';
import { parseImdbId } from '../../model/title-key.ts';

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

const genres = z
  .array(genre, 'must be a list of names')
  .max(20, 'must have at most 20 names')
  .transform(distinctNames);

const imdbId = z
  .string('must be an IMDb id or the address of its page')
  .meta({ pattern: '^\\s*(tt\\d{7,10}|https?://\\S+)\\s*$' })
  .transform((text, context) => {
    const id = parseImdbId(text.trim());
    if (id !== null) return id;
    context.addIssue({
      code: 'custom',
      message: 'must be an IMDb id, such as tt0133093, or the address of its page',
    });
    return z.NEVER;
  });

const posterUrl = z
  .string('must be an https address')
  .max(2000, 'must have at most 2000 characters')
  .refine(
    (text) => /^https:\/\/[^\s\p{Cc}\p{Cs}]+$/u.test(text) && URL.canParse(text),
    'must be an https address',
  )
  .meta({ pattern: '^https://\\S+$' });

/** What `POST /movies` takes. What is left out, or null, is not known. */
export function filmEntryBody(now: () => Date) {
  /** The end of the coming decade: what is announced today is due before. */
  const lastYear = () => Math.floor(now().getUTCFullYear() / 10) * 10 + 19;
  const isInTime = (year: number) => year >= FIRST_YEAR && year <= lastYear();
  const inTime = { error: () => `must be from ${FIRST_YEAR} to ${lastYear()}` };

  return z
    .strictObject({
      title: line(300),
      originalTitle: line(300).nullish(),
      kind: z.enum(FILM_KINDS, `must be one of ${FILM_KINDS.join(', ')}`).optional(),
      year: z.int('must be a whole number').refine(isInTime, inTime).meta({ minimum: FIRST_YEAR }).nullish(),
      releaseDate: z.iso
        .date('must be a date such as 1999-03-31')
        .refine((date) => isInTime(Number(date.slice(0, 4))), inTime)
        .nullish(),
      runtimeMinutes: z
        .int('must be a whole number')
        .min(1, 'must be from 1 to 60000')
        .max(60_000, 'must be from 1 to 60000')
        .nullish(),
      genres: genres.nullish(),
      rating: z
        .number('must be a number from 0 to 10')
        .min(0, 'must be from 0 to 10')
        .max(10, 'must be from 0 to 10')
        .refine((rating) => Math.round(rating * 10) / 10 === rating, 'must have at most one decimal')
        .nullish(),
      certificate: line(50).nullish(),
      posterUrl: posterUrl.nullish(),
      imdbId: imdbId.nullish(),
    })
    .transform((given): FilmEntry => ({
      title: given.title,
      originalTitle: given.originalTitle ?? null,
      kind: given.kind ?? 'movie',
      year: given.year ?? null,
      releaseDate: given.releaseDate ?? null,
      runtimeMinutes: given.runtimeMinutes ?? null,
      genres: given.genres ?? [],
      rating: given.rating ?? null,
      certificate: given.certificate ?? null,
      posterUrl: given.posterUrl ?? null,
      imdbId: given.imdbId ?? null,
    }));
}
