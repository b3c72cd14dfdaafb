import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import { findTitleAlone } from '../../../catalogue/queries/find-title.ts';
import { listComments } from '../../../catalogue/queries/list-comments.ts';
import type { Comment, CommentWords, WrittenComment } from '../../../model/comment.ts';
import { SECTION_KINDS, type Section } from '../../../model/kinds.ts';
import type { KeptAnswer } from '../../../model/writers.ts';
import { answerOnce, postHeaders } from '../answer-once.ts';
import { problemResponse, noQuery } from '../api-schemas.ts';
import type { ApiWorld } from '../api-world.ts';
import { commentBody } from '../comment-body.ts';
import { commentListSchema, writtenCommentSchema } from '../comment-schemas.ts';
import { pageParameters } from '../query-parameters.ts';
import { SECTION_WORDS } from '../sections.ts';
import { askedPage, sendPage } from '../send-page.ts';
import { elsewhere, idOfTitle, placeOf, redirectTo } from '../title-place.ts';

/** `GET` and `POST` of `/movies/{id}/comments`, and of the other sections. */
export function titleComments(app: FastifyInstance, world: ApiWorld): void {
  for (const section of Object.keys(SECTION_KINDS) as Section[]) {
    listOf(app, world, section);
    writeTo(app, world, section);
  }
}

function listOf(app: FastifyInstance, world: ApiWorld, section: Section): void {
  const { path, one, article } = SECTION_WORDS[section];
  app.withTypeProvider<ZodTypeProvider>().route({
    method: ['GET', 'HEAD'],
    url: `${path}/:id/comments`,
    schema: {
      summary: `What people say about ${article} ${one}, newest first`,
      tags: ['comments'],
      params: idOfTitle,
      querystring: z.strictObject(pageParameters),
      response: { 200: commentListSchema, ...elsewhere, ...problemResponse },
    },
    handler: async (request, reply) => {
      const asked = { section, id: request.params.id };
      const place = await placeOf(world, asked, (address) => findTitleAlone(world.db, address));
      if ('elsewhere' in place) return redirectTo(place.elsewhere, request, reply);
      const title = place.here.id;
      const page = askedPage(world, ['comments', title], request.query);
      return sendPage(world, request, reply, page, await listComments(world.db, { ...page, title }));
    },
  });
}

function writeTo(app: FastifyInstance, world: ApiWorld, section: Section): void {
  const { path, one, article } = SECTION_WORDS[section];
  app.withTypeProvider<ZodTypeProvider>().route({
    method: 'POST',
    url: `${path}/:id/comments`,
    config: world.openComments ? {} : { needs: 'write' },
    schema: {
      summary: `Comment on ${article} ${one}`,
      tags: ['comments'],
      security: [...(world.openComments ? [{}] : []), { key: [] }],
      headers: postHeaders,
      params: idOfTitle,
      querystring: noQuery,
      body: commentBody,
      response: { 201: writtenCommentSchema, ...elsewhere, ...problemResponse },
    },
    handler: async (request, reply) =>
      answerOnce(world, request, reply, {
        work: async (ticket) => {
          const asked = { section, id: request.params.id };
          const place = await placeOf(world, asked, (address) => findTitleAlone(world.db, address));
          if ('here' in place) {
            const comment = { titleId: place.here.id, words: request.body };
            return world.writers.writeComment(comment, { apiKey: request.apiKey, ticket });
          }
          redirectTo(place.elsewhere, request, reply);
          return null;
        },
        answer: (written) => {
          const token = request.apiKey === null ? world.writers.editTokenOf(written.id) : undefined;
          return answerOf(written, request.body, token);
        },
        isMadeAnew: true,
      }),
  });
}

/** The words are those of the request, so that nothing keeps them beside the comment. */
function answerOf(written: WrittenComment, words: CommentWords, editToken: string | undefined): KeptAnswer {
  const { id, title, createdAt, updatedAt, revision } = written;
  const { author, text } = words;
  const comment: Comment = { id, title, author, text, createdAt, updatedAt, revision };
  return {
    status: 201,
    location: `/comments/${id}`,
    json: JSON.stringify({ ...comment, editToken }),
    entityState: String(revision),
  };
}
