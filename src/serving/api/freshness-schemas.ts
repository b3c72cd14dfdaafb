import { z } from 'zod';

import { namedSchemas } from './api-schemas.ts';

/** How fresh a source's data are. */
const freshness = {
  freshAt: z.iso.datetime().nullable().describe('When they were last read whole, or found unchanged.'),
  ageSeconds: z.int().min(0).nullable().describe('Since then; null: never read.'),
  isStale: z.boolean().describe('Whether that is longer than the source allows.'),
};

/** The sources that a list of films is narrowed to. */
export const listedSources = z.array(
  z
    .strictObject({
      name: z.string(),
      state: z.enum(['never', 'running', 'done', 'partial', 'unchanged', 'failed']),
      ...freshness,
    })
    .register(namedSchemas, { id: 'ListedSource' }),
);

/** Of a film: its sources that say when their data are stale. */
export const filmFreshnessSchema = z.array(
  z.strictObject({ source: z.string(), ...freshness }).register(namedSchemas, { id: 'FilmFreshness' }),
);
