import { z } from 'zod';

/** The schemas that the API reference names; see `open-api.ts`. */
export const namedSchemas = z.globalRegistry;

/** Where the pages before and after are, as relative addresses; null where there is none. */
export const pageSchema = z
  .strictObject({ next: z.string().nullable(), prev: z.string().nullable(), limit: z.int() })
  .register(namedSchemas, { id: 'Page' });

const time = z.iso.datetime().nullable();

export const sourceListSchema = z
  .strictObject({
    data: z.array(
      z.strictObject({
        name: z.string(),
        state: z.enum(['never', 'running', 'done', 'partial', 'unchanged', 'failed']),
        checkedAt: time,
        freshAt: time,
        ageSeconds: z.int().min(0).nullable(),
        isStale: z.boolean(),
        staleAfterSeconds: z.int().nullable(),
        schedule: z.string().nullable(),
        nextRunAt: time,
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
        state: z.enum(['running', 'done', 'partial', 'failed']),
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
