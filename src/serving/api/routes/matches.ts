import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import {
  findMatch,
  listAmbiguousMatches,
  MATCH_STATES,
  type MatchFilters,
} from '../../../catalogue/queries/list-ambiguous-matches.ts';
import type { MatchDecision } from '../../../model/match.ts';
import { answerOnce, postHeaders } from '../answer-once.ts';
import { noQuery, problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { idParameter, pathId, sendFound } from '../find-by-id.ts';
import { decidedSchema, decisionBody, matchListSchema, matchSchema } from '../match-schemas.ts';
import { oneOf, pageParameters, text } from '../query-parameters.ts';
import { askedPage, sendPage } from '../send-page.ts';

const NOT_FOUND = 'match_not_found';

const ofMatch = { tags: ['matches'], params: idParameter, querystring: noQuery };

/** `GET /matches`, `GET` and `POST` of `/matches/{id}`: what sources say of titles that a person has to tell apart. */
export function matchRoutes(app: FastifyInstance, world: ApiWorld): void {
  listRoute(app, world);
  findRoute(app, world);
  decideRoute(app, world);
}

function listRoute(app: FastifyInstance, world: ApiWorld): void {
  app.withTypeProvider<ZodTypeProvider>().route({
    method: ['GET', 'HEAD'],
    url: '/matches',
    schema: {
      summary: 'What sources say that could be of a title and was left alone, by key',
      tags: ['matches'],
      querystring: z.strictObject({
        source: text(100).optional().describe('Said by this source.'),
        state: oneOf(MATCH_STATES).optional().describe('Those that nobody has decided, or that someone has.'),
        ...pageParameters,
      }),
      response: { 200: matchListSchema, ...problemResponse },
    },
    handler: async (request, reply) => {
      const { source = null, state = null } = request.query;
      const filters: MatchFilters = { source, state };
      const asked = askedPage(world, ['matches', filters], request.query);
      return sendPage(
        world,
        request,
        reply,
        asked,
        await listAmbiguousMatches(world.db, { ...asked, filters }),
      );
    },
  });
}

function findRoute(app: FastifyInstance, world: ApiWorld): void {
  app.withTypeProvider<ZodTypeProvider>().route({
    method: ['GET', 'HEAD'],
    url: '/matches/:id',
    schema: {
      ...ofMatch,
      summary: 'A match, and what was decided of it',
      response: { 200: matchSchema, ...problemResponse },
    },
    handler: async (request, reply) =>
      sendFound(world, request, reply, { id: request.params.id, find: findMatch, code: NOT_FOUND }),
  });
}

function decideRoute(app: FastifyInstance, world: ApiWorld): void {
  app.withTypeProvider<ZodTypeProvider>().route({
    method: 'POST',
    url: '/matches/:id',
    config: { needs: 'write' },
    schema: {
      ...ofMatch,
      summary: 'Decide which title it is, or is not',
      description:
        'The decision wins over what is alike and over ids that sources give, outlives every sync, and takes the place of one ' +
        'before it; `withdrawn` takes it back. It is heeded by the next merge, which begins soon: titles are served ' +
        'as decided once that is published. While an older version is served again after a rollback, nothing is merged ' +
        'until a source says something new or someone asks for a sync, and the decision waits so long. It is refused where it goes ' +
        'against decisions about others, or where a title would have two keys of a source. Besides those listed, the id of any key that a source but imdb has for a title ' +
        'can be decided of, so that what a wrong id put together is parted.',
      security: [{ key: [] }],
      headers: postHeaders,
      body: decisionBody,
      response: { 202: decidedSchema, ...problemResponse },
    },
    handler: async (request, reply) =>
      answerOnce(world, request, reply, {
        work: async (ticket) => {
          const decided = await world.writers.decideMatch(
            pathId(request.params.id, NOT_FOUND),
            decisionOf(request.body),
            { apiKey: request.apiKey, ticket },
          );
          world.publishSoon();
          return decided;
        },
        answer: ({ id, key, decision, titleIds }) => ({
          status: 202,
          location: `/matches/${id}`,
          json: JSON.stringify({ id, key, decision, titleIds }),
          entityState: null,
        }),
        isMadeAnew: true,
      }),
  });
}

function decisionOf(body: z.output<typeof decisionBody>): MatchDecision {
  const { decision } = body;
  if (decision === 'same') return { decision, titleIds: [body.titleId.toLowerCase()] };
  if (decision === 'withdrawn') return { decision, titleIds: [] };
  return { decision, titleIds: body.titleIds?.map((id) => id.toLowerCase()) ?? null };
}
