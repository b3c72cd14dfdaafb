import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { FilmbaseError } from '../../model/errors.ts';
import { logAnswer } from './answer-log.ts';
import type { ApiWorld } from './api-world.ts';
import { errorOf, problemOf, sendProblem } from './problem.ts';
import { splitUrl } from './url.ts';

/** Everything that goes wrong is answered with a problem document, wherever it went wrong. */
export function answerProblems(world: ApiWorld) {
  function answer(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const ours = errorOf(error);
    if (ours.code === 'internal') world.log.error({ requestId: request.id, err: error }, 'unexpected error');
    return sendProblem(ours, request, reply);
  }
  return {
    /** Faults of the address that Fastify sees before any hook runs. */
    onFrameworkError: (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
      reply.header('x-request-id', request.id);
      void answer(error, request, reply);
      const { method } = request;
      logAnswer(world, request.id, {
        method,
        route: null,
        status: reply.statusCode,
        milliseconds: 0,
        fromMemory: false,
      });
    },
    /** What is not HTTP, or too large a head: there is no request to answer, only a socket. */
    onClientError: (error: NodeJS.ErrnoException, socket: Socket): void => {
      if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
      else socket.end(rawProblem(error, world.newRequestId()));
    },
    register(app: FastifyInstance, methodsAt: (path: string) => string[]): void {
      app.setErrorHandler(answer);
      app.setNotFoundHandler((request, reply) => answerUnknown(methodsAt, request, reply));
    },
    /** Answers what asks for nothing that there is before its body is read. To be added after what adds headers. */
    refuseUnknown(app: FastifyInstance, methodsAt: (path: string) => string[]): void {
      app.addHook('onRequest', (request, reply, done) => {
        if (request.is404) answerUnknown(methodsAt, request, reply);
        else done();
      });
    },
  };
}

function answerUnknown(
  methodsAt: (path: string) => string[],
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const methods = methodsAt(splitUrl(request.url).path);
  const error = notFound(request, methods);
  if (error.code === 'method_not_allowed') reply.header('allow', methods.join(', '));
  return sendProblem(error, request, reply);
}

function notFound({ method, originalUrl }: FastifyRequest, methods: readonly string[]): FilmbaseError {
  const { path } = splitUrl(originalUrl);
  return methods.length === 0
    ? new FilmbaseError('not_found', `There is nothing at ${path}.`, {
        fields: [{ field: 'the path', message: 'is no address of this API' }],
      })
    : new FilmbaseError('method_not_allowed', `${path} takes ${methods.join(', ')}, not ${method}.`, {
        fields: [{ field: 'the method', message: `must be one of ${methods.join(', ')}` }],
      });
}

function rawProblem(error: NodeJS.ErrnoException, requestId: string): string {
  const what =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? 'The headers are too large.'
      : 'The request is not well-formed HTTP.';
  const body = JSON.stringify(
    problemOf(
      new FilmbaseError('parameter_invalid', what, { fields: [{ field: 'the request', message: what }] }),
      requestId,
    ),
  );
  return [
    'HTTP/1.1 400 Bad Request',
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    'connection: close',
    '',
    body,
  ].join('\r\n');
}
