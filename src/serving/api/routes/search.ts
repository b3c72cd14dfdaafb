import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { searchTitles, type FoundTitle } from '../../../catalogue/queries/search-titles.ts';
import { KINDS } from '../../../model/kinds.ts';
import { namedSchemas, problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { oneOf, repeatable, searchText, wholeNumber } from '../query-parameters.ts';
import { SECTION_WORDS } from '../sections.ts';
import { sendJson } from '../send-json.ts';

export const foundSchema = z
  .strictObject({
    data: z.array(
      z.strictObject({
        id: z.uuid(),
        title: z.string(),
        originalTitle: z.string(),
        kind: z.enum(KINDS),
        year: z.int().nullable(),
        genres: z.array(z.string()),
        rating: z.number().min(0).max(10).nullable(),
        votes: z.int().nullable(),
        posterUrl: z.string().nullable(),
        address: z.string().nullable().describe('Where the title is served; null: nowhere by itself.'),
      }),
    ),
  })
  .register(namedSchemas, { id: 'Found' });

const searchQuery = z.strictObject({
  q: searchText.describe(
    'Words of the title, the original or another one, and the year. They may be mistyped, missing or in another order, and the last only begun.',
  ),
  limit: wholeNumber(1, 100).optional().default(10).describe('Most titles. Default: 10.'),
  kind: repeatable(oneOf(KINDS)).describe('Titles of any of these kinds.'),
});

/** `GET /search`: the titles that a text may mean, for each letter as it is typed. */
export function search(app: FastifyInstance, world: ApiWorld): void {
  app.withTypeProvider<ZodTypeProvider>().route({
    method: ['GET', 'HEAD'],
    url: '/search',
    schema: {
      summary: 'Titles of all kinds that a text may mean, most relevant first',
      tags: ['search'],
      querystring: searchQuery,
      response: { 200: foundSchema, ...problemResponse },
    },
    handler: async (request, reply) => {
      const { q, limit, kind } = request.query;
      const { titles, state } = await searchTitles(world.db, q, { limit, kinds: [...new Set(kind)] });
      world.state.learn(state);
      return sendJson(request, reply, JSON.stringify({ data: titles.map(withAddress) }), state);
    },
  });
}

function withAddress({ section, ...title }: FoundTitle): object {
  return { ...title, address: section === null ? null : `${SECTION_WORDS[section].path}/${title.id}` };
}
