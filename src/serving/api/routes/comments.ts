import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { findComment } from '../../../catalogue/queries/find-comment.ts';
import type { Comment } from '../../../model/comment.ts';
import type { CommentChange, Editor } from '../../../model/writers.ts';
import { noQuery, problemResponse } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { commentBody, commentChangeBody } from '../comment-body.ts';
import { commentSchema } from '../comment-schemas.ts';
import { idParameter, noSuchId, pathId } from '../find-by-id.ts';
import { expectedBy, ifMatchHeaders } from '../if-match.ts';
import { sendJson } from '../send-json.ts';

const NOT_FOUND = 'comment_not_found';

const ofComment = { tags: ['comments'], params: idParameter, querystring: noQuery };

/** What a write takes besides. */
const written = {
  ...ofComment,
  security: [{ key: [] }],
  headers: ifMatchHeaders,
};

/** `GET`, `PUT`, `PATCH` and `DELETE` of `/comments/{id}`. */
export function comments(app: FastifyInstance, world: ApiWorld): void {
  findRoute(app, world);
  changeRoutes(app, world);
  deleteRoute(app, world);
}

function findRoute(app: FastifyInstance, { db, state }: ApiWorld): void {
  app.withTypeProvider<ZodTypeProvider>().route({
    method: ['GET', 'HEAD'],
    url: '/comments/:id',
    schema: {
      ...ofComment,
      summary: 'A comment',
      response: { 200: commentSchema, ...problemResponse },
    },
    handler: async (request, reply) => {
      const id = pathId(request.params.id, NOT_FOUND);
      const found = await findComment(db, id);
      if (found.json === null) throw noSuchId(id, NOT_FOUND);
      state.learn(found.state);
      request.entityState = stateOf(JSON.parse(found.json) as Comment);
      return sendJson(request, reply, found.json, found.state);
    },
  });
}

const CHANGES = [
  { method: 'PUT', summary: 'Write a comment anew', body: commentBody },
  { method: 'PATCH', summary: 'Change a comment', body: commentChangeBody },
] as const;

function changeRoutes(app: FastifyInstance, world: ApiWorld): void {
  for (const { method, summary, body } of CHANGES) {
    app.withTypeProvider<ZodTypeProvider>().route({
      method,
      url: '/comments/:id',
      config: { needs: 'author' },
      schema: { ...written, summary, body, response: { 200: commentSchema, ...problemResponse } },
      handler: async (request, reply) =>
        change(world, request, reply, { id: request.params.id, words: request.body }),
    });
  }
}

function deleteRoute(app: FastifyInstance, { writers }: ApiWorld): void {
  app.withTypeProvider<ZodTypeProvider>().route({
    method: 'DELETE',
    url: '/comments/:id',
    config: { needs: 'author' },
    schema: {
      ...written,
      summary: 'Delete a comment',
      response: { 204: z.undefined().describe('It is deleted.'), ...problemResponse },
    },
    handler: async (request, reply) => {
      await writers.deleteComment(pathId(request.params.id, NOT_FOUND), editorOf(request));
      return reply.code(204).header('cache-control', 'no-store').send(undefined);
    },
  });
}

async function change(
  { writers }: ApiWorld,
  request: FastifyRequest,
  reply: FastifyReply,
  { id, words }: CommentChange,
): Promise<FastifyReply> {
  const changed = await writers.changeComment({ id: pathId(id, NOT_FOUND), words }, editorOf(request));
  request.entityState = stateOf(changed);
  reply.header('cache-control', 'no-store');
  return sendJson(request, reply, JSON.stringify(changed));
}

function editorOf(request: FastifyRequest): Editor {
  const { apiKey, editToken } = request;
  return { apiKey, editToken, isExpected: expectedBy(request) };
}

/** What the ETag of a comment begins with. */
function stateOf({ revision }: Comment): string {
  return String(revision);
}
