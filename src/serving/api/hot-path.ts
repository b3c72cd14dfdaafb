import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { acceptsJson, encodingFor, prefersPage } from './accept.ts';
import type { ApiWorld } from './api-world.ts';
import { logAnswer } from './answer-log.ts';
import type { BodyCache, KeptAnswer } from './body-cache.ts';
import { isMatch } from './etag.ts';
import { requestIdOf } from './request-id.ts';
import { forcesJson } from './json-ending.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * A server that answers what is kept in memory, and what the client has already (304), itself, in the words in
 * which `handler` has answered it before; everything else goes to `handler`.
 */
export function createHotServer(world: ApiWorld, cache: BodyCache, handler: Handler): Server {
  return createServer((request, response) => {
    const kept = findKept(cache, request);
    if (kept === undefined) handler(request, response);
    else answer(world, kept, request, response);
  });
}

function findKept(cache: BodyCache, { method, url, headers }: IncomingMessage): KeptAnswer | undefined {
  if ((method !== 'GET' && method !== 'HEAD') || url === undefined) return undefined;
  if (headers['x-no-compression'] !== undefined) return undefined;
  const takesJson = acceptsJson(headers.accept) && !prefersPage(headers.accept);
  if (!takesJson && !forcesJson(url)) return undefined;
  return cache.find(url, encodingFor(headers['accept-encoding']));
}

function answer(world: ApiWorld, kept: KeptAnswer, request: IncomingMessage, response: ServerResponse): void {
  const start = performance.now();
  const requestId = requestIdOf(request.headers['x-request-id'], world.newRequestId);
  const matches = isMatch(request.headers['if-none-match'], kept.etag);
  const headers = matches ? kept.headersNotModified : kept.headers;
  response.writeHead(matches ? 304 : 200, [...headers, 'x-request-id', requestId]);
  // Of a HEAD, Node leaves the body out.
  response.end(matches ? undefined : kept.body);
  logAnswer(world, requestId, {
    method: request.method ?? 'GET',
    route: kept.route,
    status: matches ? 304 : 200,
    milliseconds: performance.now() - start,
    fromMemory: true,
  });
}
