import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

import { findTitle, type TitleAddress } from '../../../catalogue/queries/find-title.ts';
import type { KeptAnswer } from '../../../model/writers.ts';
import { answerOnce, postHeaders } from '../answer-once.ts';
import { noQuery, problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { filmEntryBody } from '../film-entry-body.ts';
import { filmDetailSchema } from '../title-schemas.ts';
import { SECTION_WORDS } from '../sections.ts';
import { placeOf } from '../title-place.ts';

/** `POST /movies`: enters a film that no source has. */
export function enterMovie(app: FastifyInstance, world: ApiWorld): void {
  app.withTypeProvider<ZodTypeProvider>().route({
    method: 'POST',
    url: '/movies',
    config: { needs: 'write' },
    schema: {
      summary: 'Enter a film that no source has',
      tags: ['films'],
      security: [{ key: [] }],
      headers: postHeaders,
      querystring: noQuery,
      body: filmEntryBody(world.now),
      response: { 201: filmDetailSchema, ...problemResponse },
    },
    handler: async (request, reply) =>
      answerOnce(world, request, reply, {
        work: (ticket) => world.writers.enterFilm(request.body, { apiKey: request.apiKey, ticket }),
        answer: ({ id }) => answerFilm(world, { section: 'films', id }),
        isMadeAnew: false,
      }),
  });
}

/** The film as it is served; a publish may have found meanwhile that it is one with another title. */
async function answerFilm(world: ApiWorld, film: TitleAddress): Promise<KeptAnswer> {
  const place = await placeOf(world, film, (address) => findTitle(world.db, address, world.now()));
  if ('elsewhere' in place) return answerFilm(world, place.elsewhere);
  const { json, entityState } = place.found;
  const { section, id } = place.here;
  return { status: 201, location: `${SECTION_WORDS[section].path}/${id}`, json, entityState };
}
