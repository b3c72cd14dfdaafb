import { z } from 'zod';

/** Requests of a free key per day: https://www.omdbapi.com/apikey.aspx */
const FREE_REQUESTS_PER_DAY = 1000;

export const omdbSettings = z.strictObject({
  series: z
    .array(z.string().trim().min(1))
    .default(['Game of Thrones'])
    .describe('Series whose seasons and episodes are read, by title or IMDb id.'),
  perDay: z
    .int()
    .min(0)
    .default(FREE_REQUESTS_PER_DAY)
    .describe('Requests that are sent within a day of UTC; 1,000 are what a free key may.'),
  enrich: z
    .boolean()
    .default(true)
    .describe(
      'Whether the films of the catalogue are asked for, most voted first, once the series are read.',
    ),
  refreshAfterDays: z
    .int()
    .min(1)
    .default(30)
    .describe(
      'Days after which a document is asked for again, once nothing new is left and the day still has requests.',
    ),
  baseUrl: z.string().min(1).default('https://www.omdbapi.com/').describe('Where OMDb is, without a key.'),
});

export type OmdbSettings = z.output<typeof omdbSettings>;
