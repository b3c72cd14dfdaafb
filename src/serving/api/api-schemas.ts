import { z } from 'zod';

import { FILM_KINDS } from '../../model/kinds.ts';

/** The schemas that the API reference names; see `open-api.ts`. */
export const namedSchemas = z.registry<{ id?: string; description?: string }>();

const film = {
  id: z.uuid(),
  imdbId: z.string().nullable(),
  imdbUrl: z.string().nullable(),
  title: z.string(),
  originalTitle: z.string(),
  kind: z.enum(FILM_KINDS),
  year: z.int().nullable(),
  releaseDate: z.iso.date().nullable(),
  runtimeMinutes: z.int().nullable(),
  genres: z.array(z.string()),
  rating: z.number().min(0).max(10).nullable(),
  votes: z.int().nullable(),
  weightedRating: z.number().min(0).max(10).nullable(),
  certificate: z.string().nullable(),
  posterUrl: z.string().nullable(),
};

/** A film as lists have it. Null: no source says. */
const filmSchema = z.strictObject(film).register(namedSchemas, { id: 'Film' });

/** A film alone. */
export const filmDetailSchema = z
  .strictObject({
    ...film,
    endYear: z.int().nullable(),
    isAdult: z.boolean().nullable(),
    ratingSystem: z.string().nullable(),
    sources: z.array(z.string()),
    key: z.string(),
  })
  .register(namedSchemas, { id: 'FilmDetail' });

export const pageSchema = z
  .strictObject({ next: z.string().nullable(), prev: z.string().nullable(), limit: z.int() })
  .register(namedSchemas, { id: 'Page' });

export const filmListSchema = z
  .strictObject({
    data: z.array(filmSchema),
    page: pageSchema,
    count: z.strictObject({ value: z.int(), kind: z.enum(['exact', 'estimated']) }).nullable(),
  })
  .register(namedSchemas, { id: 'FilmList' });

export const genreListSchema = z
  .strictObject({ data: z.array(z.strictObject({ name: z.string(), films: z.int() })) })
  .register(namedSchemas, { id: 'GenreList' });

const time = z.iso.datetime().nullable();

export const sourceListSchema = z
  .strictObject({
    data: z.array(
      z.strictObject({
        name: z.string(),
        state: z.enum(['never', 'running', 'done', 'unchanged', 'failed']),
        checkedAt: time,
        freshAt: time,
        run: z.string().nullable(),
        error: z.strictObject({ code: z.string(), message: z.string().nullable() }).nullable(),
      }),
    ),
  })
  .register(namedSchemas, { id: 'SourceList' });

export const runListSchema = z
  .strictObject({
    data: z.array(
      z.strictObject({
        name: z.string(),
        source: z.string(),
        state: z.enum(['running', 'done', 'failed']),
        startedAt: z.iso.datetime(),
        finishedAt: time,
        manifest: z.looseObject({}),
      }),
    ),
    page: pageSchema,
  })
  .register(namedSchemas, { id: 'RunList' });

const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    errors: z.array(z.strictObject({ field: z.string(), message: z.string() })),
  })
  .register(namedSchemas, { id: 'Problem' });

/** For routes that take no parameters in the query string. */
export const noQuery = z.strictObject({});

/** What every route may answer besides. */
export const problemResponse = {
  default: {
    description: 'A problem: see its `type`.',
    content: { 'application/problem+json': { schema: problemSchema } },
  },
};
