import type { FastifyReply, FastifyRequest } from 'fastify';

import type { ServedState } from '../../catalogue/queries/catalogue-state.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What was served when the answer was read, if it depends on nothing else: then it can be kept. */
    servedState: ServedState | null;
    /** Tells what the entity is, whatever form its answer has; null: it is none that can be written. See `matchesState`. */
    entityState: string | null;
    /** Whether the answer hangs on a cookie: a page's colours do. */
    variesByCookie: boolean;
  }
}

/** Answers with JSON text as it is. With `state`, the answer is kept for as long as that is what is served. */
export function sendJson(
  request: FastifyRequest,
  reply: FastifyReply,
  json: string,
  state: ServedState | null = null,
): FastifyReply {
  request.servedState = state;
  return reply.header('content-type', 'application/json; charset=utf-8').send(json);
}
