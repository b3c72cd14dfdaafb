import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { encodingFor } from './accept.ts';
import type { ApiWorld } from './api-world.ts';
import type { BodyCache } from './body-cache.ts';
import { entityTag, etagOf, isMatch } from './etag.ts';

const VARY = 'Accept, Accept-Encoding';

/** Headers that speak of a body, which a 304 does not have. */
const OF_THE_BODY = new Set(['content-type', 'content-length', 'content-encoding']);

/**
 * The last step of every route, after the body is compressed: its ETag, what the answer varies by, a 304 where the
 * client has the body already, and the answer kept in memory. To be added after the compression.
 */
export function finishAnswers(app: FastifyInstance, world: ApiWorld, cache: BodyCache): void {
  app.decorateRequest('servedState', null);
  app.decorateRequest('entityState', null);
  app.decorateRequest('variesByCookie', false);
  app.addHook('onRoute', (route) => {
    route.onSend = [route.onSend ?? []].flat().concat((request, reply, body, done) => {
      if (isEntity(request, reply, body)) reply.header('etag', tagOf(request, body));
      done(null, isFinal(request, reply, body) ? finish(world, cache, request, reply, body) : body);
    });
  });
}

/** Whether it is what a write made: whoever wrote can write again without reading. */
function isEntity(request: FastifyRequest, reply: FastifyReply, body: unknown): body is string | Buffer {
  return request.entityState !== null && !isRead(request) && isWhole(reply, body);
}

function isRead({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}

function isWhole(reply: FastifyReply, body: unknown): body is string | Buffer {
  return reply.statusCode < 300 && (typeof body === 'string' || Buffer.isBuffer(body));
}

function tagOf({ entityState }: FastifyRequest, body: string | Buffer): string {
  const etag = etagOf(body);
  return entityState === null ? etag : entityTag(entityState, etag);
}

function isFinal(request: FastifyRequest, reply: FastifyReply, body: unknown): body is string | Buffer {
  return reply.statusCode === 200 && isRead(request) && isWhole(reply, body) && !reply.hasHeader('etag');
}

function finish(
  world: ApiWorld,
  cache: BodyCache,
  request: FastifyRequest,
  reply: FastifyReply,
  body: string | Buffer,
): string | Buffer | null {
  const etag = tagOf(request, body);
  reply.header('etag', etag);
  reply.header('vary', varyOf(world, request));
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-cache');
  keep(cache, request, reply, Buffer.from(body), etag);
  if (!isMatch(request.headers['if-none-match'], etag)) return body;
  reply.code(304);
  for (const header of OF_THE_BODY) reply.removeHeader(header);
  return null;
}

function varyOf({ corsOrigin }: ApiWorld, { variesByCookie }: FastifyRequest): string {
  const byOrigin = corsOrigin === null || corsOrigin === '*' ? '' : ', Origin';
  return `${VARY}${byOrigin}${variesByCookie ? ', Cookie' : ''}`;
}

function keep(
  cache: BodyCache,
  request: FastifyRequest,
  reply: FastifyReply,
  body: Buffer,
  etag: string,
): void {
  const state = request.servedState;
  if (state === null || !cache.isOn) return;
  const headers: string[] = [];
  const headersNotModified: string[] = [];
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (name === 'x-request-id' || name === 'content-length' || value === undefined) continue;
    headers.push(name, String(value));
    if (!OF_THE_BODY.has(name)) headersNotModified.push(name, String(value));
  }
  headers.push('content-length', String(body.length));
  const route = request.routeOptions.url ?? '';
  cache.keep(request.originalUrl, encodingFor(request.headers['accept-encoding']), {
    state,
    etag,
    body,
    headers,
    headersNotModified,
    route,
  });
}
