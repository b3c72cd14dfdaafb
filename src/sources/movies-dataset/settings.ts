import { z } from 'zod';

export const moviesDatasetSettings = z.strictObject({
  url: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe(
      'A folder or zip on this machine, the address of a zip, or a base URL under which the files lie; without it, a sync that names no source leaves this one out.',
    ),
});

export type MoviesDatasetSettings = z.output<typeof moviesDatasetSettings>;
