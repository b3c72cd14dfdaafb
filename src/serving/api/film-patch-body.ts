import { z } from 'zod';

import type { SettableField } from '../../model/film-values.ts';
import { filmFields } from './film-fields.ts';

/**
 * What `PATCH /movies/{id}` takes, a JSON merge patch (RFC 7396): a value is set, null withdraws what was set by hand, and
 * what is left out stays.
 */
export function filmPatchBody(now: () => Date) {
  const fields = filmFields(now);
  return z
    .strictObject({
      title: orWithdrawn(fields.title),
      originalTitle: orWithdrawn(fields.originalTitle),
      kind: orWithdrawn(fields.kind),
      year: orWithdrawn(fields.year),
      releaseDate: orWithdrawn(fields.releaseDate),
      runtimeMinutes: orWithdrawn(fields.runtimeMinutes),
      genres: orWithdrawn(fields.someGenres),
      rating: orWithdrawn(fields.rating),
      certificate: orWithdrawn(fields.certificate),
      posterUrl: orWithdrawn(fields.posterUrl),
    } satisfies Record<SettableField, z.ZodType>)
    .refine((patch) => Object.keys(patch).length > 0, {
      error: 'must name at least one field',
      when: ({ issues }) => issues.length === 0,
    });
}

function orWithdrawn<T extends z.ZodType>(field: T) {
  return field.nullable().exactOptional();
}
