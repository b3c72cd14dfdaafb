import { z } from 'zod';

import type { FilmEntry } from '../../model/film-entry.ts';
import { parseImdbId } from '../../model/title-key.ts';
import { filmFields } from './film-fields.ts';

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

/** What `POST /movies` takes. What is left out, or null, is not known. */
export function filmEntryBody(now: () => Date) {
  const fields = filmFields(now);
  return z
    .strictObject({
      title: fields.title,
      originalTitle: fields.originalTitle.nullish(),
      kind: fields.kind.optional(),
      year: fields.year.nullish(),
      releaseDate: fields.releaseDate.nullish(),
      runtimeMinutes: fields.runtimeMinutes.nullish(),
      genres: fields.genres.nullish(),
      rating: fields.rating.nullish(),
      certificate: fields.certificate.nullish(),
      posterUrl: fields.posterUrl.nullish(),
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
