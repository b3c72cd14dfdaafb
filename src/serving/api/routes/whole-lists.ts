import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

import { listCountries, listLanguages } from '../../../catalogue/queries/list-codes.ts';
import { listGenres } from '../../../catalogue/queries/list-genres.ts';
import { noQuery, problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { codeListSchema, genreListSchema } from '../link-schemas.ts';
import { sendJson } from '../send-json.ts';

const LISTS = [
  {
    url: '/genres',
    summary: 'Every genre that a film has, by name, and how many films have it',
    schema: genreListSchema,
    list: listGenres,
  },
  {
    url: '/countries',
    summary: 'Every country, by code, and how many films are of it',
    schema: codeListSchema,
    list: listCountries,
  },
  {
    url: '/languages',
    summary: 'Every language, by code, and how many films are originally in it or have it spoken',
    schema: codeListSchema,
    list: listLanguages,
  },
] as const;

/** `GET /genres`, `GET /countries`, `GET /languages`: short lists, given whole. */
export function wholeLists(app: FastifyInstance, { db, state }: ApiWorld): void {
  const typed = app.withTypeProvider<ZodTypeProvider>();
  for (const { url, summary, schema, list } of LISTS) {
    typed.route({
      method: ['GET', 'HEAD'],
      url,
      schema: {
        summary,
        tags: ['films'],
        querystring: noQuery,
        response: { 200: schema, ...problemResponse },
      },
      handler: async (request, reply) => {
        const found = await list(db);
        state.learn(found.state);
        return sendJson(request, reply, `{"data":${found.json}}`, found.state);
      },
    });
  }
}
