import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { IsExpected } from '../../model/writers.ts';
import { matchesState } from './etag.ts';

/** The headers of whatever changes an entity; to be named in the schema of its route. */
export const ifMatchHeaders = z.looseObject({
  'if-match': z
    .string()
    .optional()
    .describe('An `ETag` of it, or `*`: if it has changed since, nothing is done.'),
});

/** What the request says of the state that it expects. */
export function expectedBy({ headers }: FastifyRequest): IsExpected {
  return (state) => matchesState(headers['if-match'], state);
}
