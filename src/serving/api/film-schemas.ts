import { z } from 'zod';

import { FILM_KINDS } from '../../model/kinds.ts';
import { namedSchemas, pageSchema } from './api-schemas.ts';
import { filmOffersSchema } from './offer-schemas.ts';
import { creditsSchema, filmPartLists } from './film-part-schemas.ts';
import { filmFreshnessSchema, listedSources } from './freshness-schemas.ts';

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
export const filmSchema = z.strictObject(film).register(namedSchemas, { id: 'Film' });

/** A film in a list that may be asked for more. */
const listedFilmSchema = z
  .strictObject({ ...film, credits: creditsSchema.optional().describe('With `include=credits`.') })
  .register(namedSchemas, { id: 'ListedFilm' });

const dollars = z.int().min(1).nullable();

const coded = z.array(z.strictObject({ code: z.string(), name: z.string() }));

/** A film alone. */
export const filmDetailSchema = z
  .strictObject({
    ...film,
    endYear: z.int().nullable(),
    isAdult: z.boolean().nullable(),
    ratingSystem: z.string().nullable().describe('Whose rating and votes these are.'),
    popularity: z.number().min(0).nullable().describe('On the scale of its source.'),
    status: z.string().nullable().describe('Released, Rumored, Post Production, …'),
    originalLanguage: z.string().nullable().describe('A code, as `/languages` has it.'),
    budget: dollars.describe('US dollars; null: not known.'),
    revenue: dollars.describe('US dollars; null: not known.'),
    suspect: z.array(z.enum(['budget', 'revenue'])).describe('Those that are too small to be true.'),
    tagline: z.string().nullable(),
    overview: z.string().nullable(),
    homepage: z.string().nullable(),
    collection: z.strictObject({ id: z.uuid(), name: z.string() }).nullable(),
    countries: coded,
    languages: coded.describe('Those spoken in it.'),
    externalIds: z
      .record(z.string(), z.string())
      .describe('Its id at each system that has it: imdb, tmdb, movielens, …'),
    sources: z.array(z.string()),
    key: z.string(),
    freshness: filmFreshnessSchema.describe('Of its sources that say when their data are stale.'),
    credits: creditsSchema.optional().describe('With `include=credits`.'),
    ratings: filmPartLists.ratings.optional().describe('With `include=ratings`.'),
    companies: filmPartLists.companies.optional().describe('With `include=companies`.'),
    keywords: filmPartLists.keywords.optional().describe('With `include=keywords`.'),
    offers: filmOffersSchema.optional().describe('With `include=offers`.'),
  })
  .register(namedSchemas, { id: 'FilmDetail' });

export const filmListSchema = z
  .strictObject({
    data: z.array(listedFilmSchema),
    page: pageSchema,
    count: z.strictObject({ value: z.int(), kind: z.enum(['exact', 'estimated']) }).nullable(),
    search: z
      .strictObject({ matched: z.int(), isCut: z.boolean() })
      .optional()
      .describe('With `q`: how many films it finds before filters, and whether only the most relevant of them are listed.'),
    sources: listedSources.optional().describe('With `source`: those sources, as they are now.'),
  })
  .register(namedSchemas, { id: 'FilmList' });
