import { createHash } from 'node:crypto';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import type { Comment } from '../../model/comment.ts';
import type { Section } from '../../model/kinds.ts';
import type { Problem } from '../api/problem.ts';
import { SECTION_WORDS } from '../api/sections.ts';
import { idOfTitle } from '../api/title-place.ts';
import type { PageServer } from './page-server.ts';

/** What the form sends; what its words may be is checked where programs' are. */
const commentForm = z.strictObject({
  author: z.string(),
  text: z.string(),
  /** An API key, where comments need one. */
  key: z.string().optional(),
  /** Of the page that the form stood on. */
  once: z.string().max(200),
});

type CommentForm = z.output<typeof commentForm>;

/** `POST /movies/{id}/comments/form`, and of the other sections: a comment from a page's form. */
export function commentForms(app: FastifyInstance, pages: PageServer): void {
  for (const section of Object.keys(SECTION_WORDS) as Section[]) commentFormRoute(app, pages, section);
}

function commentFormRoute(app: FastifyInstance, pages: PageServer, section: Section): void {
  const { path } = SECTION_WORDS[section];
  app.withTypeProvider<ZodTypeProvider>().route({
    method: 'POST',
    url: `${path}/:id/comments/form`,
    schema: { hide: true, params: idOfTitle, body: commentForm },
    handler: async (request, reply) => {
      const title = `${path}/${encodeURIComponent(request.params.id)}`;
      const answer = await post(app, request, `${title}/comments`, request.body);
      if (answer.statusCode === 308) return reply.redirect(titleOf(String(answer.headers.location)), 303);
      if (answer.statusCode === 201) return seeComment(answer.json<Comment>(), title, reply);
      const page = pages.pageOf(`${path}/:id`);
      if (page === undefined) throw new Error(`${path} has no page that shows a refused form.`);
      const { author, text } = request.body;
      const form = { values: { author, text }, problem: answer.json<Problem>() };
      return pages.answer(page, request, reply, { address: title, form });
    },
  });
}

/** Writes it as programs do: the same address, checks, limits and journal. The same words from the same page are written once. */
function post(
  app: FastifyInstance,
  { ip, id }: FastifyRequest,
  url: string,
  { author, text, key, once }: CommentForm,
) {
  const content = JSON.stringify([once, author, text]);
  return app.inject({
    method: 'POST',
    url,
    headers: {
      accept: 'application/json',
      'accept-encoding': 'identity',
      'x-request-id': id,
      'idempotency-key': createHash('sha256').update(content).digest('base64url'),
      ...(key !== undefined && key !== '' && { authorization: `Bearer ${key}` }),
    },
    payload: { author, text },
    remoteAddress: ip,
  });
}

/** The address of the page that a comment is on, without what is below it. */
function titleOf(location: string): string {
  return location.replace(/\/comments$/, '');
}

function seeComment({ id }: Comment, title: string, reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-store').redirect(`${title}#comment-${id}`, 303);
}
