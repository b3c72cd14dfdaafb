import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { Claim, KeptAnswer, Ticket } from '../../model/writers.ts';
import type { ApiWorld } from './api-world.ts';
import { sendJson } from './send-json.ts';

/** The headers that every `POST` takes; to be named in the schema of each. */
export const postHeaders = z.looseObject({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/, 'must have 1 to 255 visible characters of ASCII, without spaces')
    .optional()
    .describe(
      'A text that is new for each request, such as a UUID. A repeat with the same text, path and body within a day is not ' +
        'done again, and is given the same answer.',
    ),
});

/** What a `POST` does, and how it is answered. */
interface Post<R extends object> {
  /** Does it and fills the ticket with what it gives; null: nothing was to be done, and the request is answered. */
  readonly work: (ticket: Ticket | null) => Promise<R | null>;
  /** The answer to what was done. */
  readonly answer: (result: R) => KeptAnswer | Promise<KeptAnswer>;
  /** Whether it hangs on nothing but what was done and the request, so that it need not be kept for a repeat. */
  readonly isMadeAnew: boolean;
}

/** Does what a `POST` asks for, once for each `Idempotency-Key`, and answers. Errors of `claimRequest`. */
export async function answerOnce<R extends object>(
  { writers }: ApiWorld,
  request: FastifyRequest,
  reply: FastifyReply,
  post: Post<R>,
): Promise<FastifyReply> {
  const claim = await claimOf(request, writers);
  if (claim?.state === 'done') {
    reply.header('idempotency-replayed', 'true');
    return send(request, reply, claim.answer ?? (await answerAnew(writers, post, claim)));
  }
  const ticket = claim?.ticket ?? null;
  const result = await tryWork(writers, post, ticket);
  if (result === null) return reply;
  const answer = await post.answer(result);
  if (ticket !== null && !post.isMadeAnew) await writers.keepAnswer(ticket, answer);
  return send(request, reply, answer);
}

/** Null: the request is not to be repeated. */
async function claimOf(request: FastifyRequest, writers: ApiWorld['writers']): Promise<Claim | null> {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string') return null;
  const { apiKey, ip, method, url, body } = request;
  const holder = apiKey === null ? `address:${ip}` : `key:${apiKey.id}`;
  return writers.claimRequest({ holder, key, content: JSON.stringify([method, url, body]) });
}

/** A try that comes to nothing leaves the request to the next. */
async function tryWork<R extends object>(
  writers: ApiWorld['writers'],
  { work }: Post<R>,
  ticket: Ticket | null,
): Promise<R | null> {
  if (ticket === null) return work(null);
  let result: R | null = null;
  try {
    result = await work(ticket);
    return result;
  } finally {
    if (result === null) await writers.freeRequest(ticket);
  }
}

/** For a request that was done and, as its process was killed, not answered. */
async function answerAnew<R extends object>(
  writers: ApiWorld['writers'],
  post: Post<R>,
  { ticket, result }: Claim & { state: 'done' },
): Promise<KeptAnswer> {
  const answer = await post.answer(result as R);
  if (!post.isMadeAnew) await writers.keepAnswer(ticket, answer);
  return answer;
}

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, location, json, entityState }: KeptAnswer,
): FastifyReply {
  request.entityState = entityState;
  reply.code(status).header('location', location).header('cache-control', 'no-store');
  return sendJson(request, reply, json);
}
