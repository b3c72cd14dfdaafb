import { z } from 'zod';

import { COMMENTS_INCLUDED } from '../../catalogue/queries/list-comments.ts';
import { SETTABLE_FIELDS } from '../../model/film-values.ts';
import { EPISODE_KINDS, FILM_KINDS, SERIES_KINDS, type Kind } from '../../model/kinds.ts';
import { namedSchemas, pageSchema } from './api-schemas.ts';
import { commentSchema } from './comment-schemas.ts';
import { filmOffersSchema } from './offer-schemas.ts';
import { creditsSchema, titlePartLists } from './title-part-schemas.ts';
import { filmFreshnessSchema, listedSources } from './freshness-schemas.ts';
import { originsSchema } from './provenance-schemas.ts';

const count = z.int().min(0);

/** What every title has in lists. Null: no source says. */
function titleOf<const T extends readonly Kind[]>(kinds: T) {
  return {
    id: z.uuid(),
    imdbId: z.string().nullable(),
    imdbUrl: z.string().nullable(),
    title: z.string(),
    originalTitle: z.string(),
    kind: z.enum(kinds),
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
}

const film = titleOf(FILM_KINDS);

const series = titleOf(SERIES_KINDS);

const episode = {
  ...titleOf(EPISODE_KINDS),
  series: z.strictObject({ id: z.uuid(), title: z.string() }).nullable(),
  seasonNumber: count.nullable(),
  episodeNumber: count.nullable().describe('Within the season.'),
};

/** What a list may be asked to add to its titles. */
const listed = { credits: creditsSchema.optional().describe('With `include=credits`.') };

/** A film as lists have it. */
export const filmSchema = z.strictObject(film).register(namedSchemas, { id: 'Film' });

const listedFilmSchema = z.strictObject({ ...film, ...listed }).register(namedSchemas, { id: 'ListedFilm' });

const seriesSchema = z.strictObject({ ...series, ...listed }).register(namedSchemas, { id: 'Series' });

const episodeSchema = z.strictObject({ ...episode, ...listed }).register(namedSchemas, { id: 'Episode' });

const dollars = z.int().min(1).nullable();

const coded = z.array(z.strictObject({ code: z.string(), name: z.string() }));

/** What a title has alone. */
const detail = {
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
  freshness: filmFreshnessSchema
    .optional()
    .describe('Of its sources that say when their data are stale; not with `as_of`.'),
  credits: creditsSchema.optional().describe('With `include=credits`.'),
  ratings: titlePartLists.ratings.optional().describe('With `include=ratings`.'),
  companies: titlePartLists.companies.optional().describe('With `include=companies`.'),
  keywords: titlePartLists.keywords.optional().describe('With `include=keywords`.'),
  provenance: originsSchema.optional().describe('With `include=provenance`.'),
  comments: z
    .array(commentSchema)
    .optional()
    .describe(
      `With \`include=comments\`: the newest ${COMMENTS_INCLUDED}. All are at \`/comments\` below it.`,
    ),
};

/** A film alone. */
export const filmDetailSchema = z
  .strictObject({
    ...film,
    ...detail,
    handSet: z.array(z.enum(SETTABLE_FIELDS)).describe('What was set by hand, by `PATCH`.'),
    offers: filmOffersSchema.optional().describe('With `include=offers`.'),
  })
  .register(namedSchemas, { id: 'FilmDetail' });

/** A series alone. */
export const seriesDetailSchema = z
  .strictObject({
    ...series,
    ...detail,
    seasons: z
      .array(z.strictObject({ season: count.nullable(), episodes: z.int().min(1) }))
      .describe('How many episodes each has, in order; null: those of an unknown season.'),
    episodes: z.array(episodeSchema).optional().describe('With `include=episodes`.'),
  })
  .register(namedSchemas, { id: 'SeriesDetail' });

/** An episode alone. */
export const episodeDetailSchema = z
  .strictObject({ ...episode, ...detail })
  .register(namedSchemas, { id: 'EpisodeDetail' });

const facetSchema = z
  .strictObject({
    kind: z.enum(['exact', 'estimated']),
    error: z
      .number()
      .min(0)
      .max(1)
      .describe(
        'Of an estimate: by which share the count of a value that 1 in 100 titles has is off at most, 19 times in 20.',
      ),
    values: z
      .array(
        z.strictObject({
          value: z.string(),
          name: z.string().optional().describe('Of a language or a country.'),
          count: z.int().min(0),
        }),
      )
      .describe('Most titles first.'),
  })
  .register(namedSchemas, { id: 'Facet' });

const facetsSchema = z.strictObject({
  genre: facetSchema.optional(),
  decade: facetSchema.optional().describe('By its first year.'),
  kind: facetSchema.optional(),
  language: facetSchema.optional().describe('Original or spoken.'),
  country: facetSchema.optional(),
  rating: facetSchema.optional().describe('By whole points: 7 is from 7 to below 8.'),
});

export const filmListSchema = listOf(listedFilmSchema, 'FilmList');

export const seriesListSchema = listOf(seriesSchema, 'SeriesList');

export const episodeListSchema = listOf(episodeSchema, 'EpisodeList');

function listOf<T extends z.ZodType>(title: T, id: string) {
  return z
    .strictObject({
      data: z.array(title),
      page: pageSchema,
      count: z.strictObject({ value: z.int(), kind: z.enum(['exact', 'estimated']) }).nullable(),
      facets: facetsSchema.optional().describe('With `facets`.'),
      search: z
        .strictObject({ matched: count, isCut: z.boolean() })
        .optional()
        .describe(
          'With `q`: how many it finds before filters, and whether only the most relevant of them are listed.',
        ),
      sources: listedSources.optional().describe('With `source`: those sources, as they are now.'),
    })
    .register(namedSchemas, { id });
}
