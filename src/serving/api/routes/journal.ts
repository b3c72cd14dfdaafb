import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { listJournal, type JournalFilters } from '../../../catalogue/queries/list-journal.ts';
import { JOURNAL_ACTIONS } from '../../../model/writers.ts';
import { namedSchemas, pageSchema, problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { uuid } from '../link-parameters.ts';
import { oneOf, pageParameters } from '../query-parameters.ts';
import { askedPage, sendPage } from '../send-page.ts';
import { titleParameter } from '../title-parameter.ts';

const journalListSchema = z
  .strictObject({
    data: z.array(
      z.strictObject({
        seq: z.int().describe('Counts from 1, in the order of commits.'),
        at: z.iso.datetime(),
        action: z.enum(JOURNAL_ACTIONS),
        titleKey: z.string(),
        commentId: z.uuid().nullable(),
        by: z
          .strictObject({ id: z.uuid(), name: z.string().nullable() })
          .nullable()
          .describe(
            'The API key; its name is null where this database does not know it. Null: someone without one.',
          ),
        document: z.looseObject({}).describe('What was written; empty where that was deleted.'),
      }),
    ),
    page: pageSchema,
  })
  .register(namedSchemas, { id: 'JournalList' });

/** `GET /journal`: who wrote what and when, for admins. */
export function journalRoute(app: FastifyInstance, world: ApiWorld): void {
  app.withTypeProvider<ZodTypeProvider>().route({
    method: ['GET', 'HEAD'],
    url: '/journal',
    config: { needs: 'admin' },
    schema: {
      summary: 'Who wrote what, newest first; for admins',
      tags: ['journal'],
      security: [{ key: [] }],
      querystring: z.strictObject({
        key: uuid.optional().describe('Written with this API key.'),
        title: titleParameter(world, 'About this title'),
        action: oneOf(JOURNAL_ACTIONS).optional(),
        ...pageParameters,
      }),
      response: { 200: journalListSchema, ...problemResponse },
    },
    handler: async (request, reply) => {
      const { key = null, title = null, action = null } = request.query;
      const filters: JournalFilters = { key, title, action };
      const asked = askedPage(world, ['journal', filters], request.query);
      const page = await listJournal(world.db, { ...asked, filters });
      reply.header('cache-control', 'no-store');
      // Not kept in memory, where nobody is asked for a key.
      return sendPage(world, request, reply, asked, page, {}, true);
    },
  });
}
