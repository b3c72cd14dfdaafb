import compress from '@fastify/compress';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
} from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';

import { guardRoutes } from './access.ts';
import { acceptsCsv, acceptsEvents, acceptsJson, encodingFor, ENCODINGS } from './accept.ts';
import { collectMethods } from './allowed-methods.ts';
import { logAnswer } from './answer-log.ts';
import type { ApiWorld } from './api-world.ts';
import { BodyCache } from './body-cache.ts';
import { answerProblems } from './answer-problems.ts';
import { withoutCsvEnding } from './csv-ending.ts';
import { finishAnswers } from './finish-answer.ts';
import { createHotServer } from './hot-path.ts';
import { withoutJsonEnding } from './json-ending.ts';
import { documentApi } from './open-api.ts';
import { FilmbaseError } from '../../model/errors.ts';
import { isOwn } from './own-request.ts';
import { requestIdOf } from './request-id.ts';
import { ROUTES } from './routes.ts';
import { checkUrl, parseQuery } from './url.ts';
import { countWrites } from './write-limits.ts';

/** Largest body of a request: many times what the longest film entry takes. */
const BODY_LIMIT_BYTES = 64 * 1024;

/** Answers below this size are not worth compressing. */
const COMPRESS_FROM_BYTES = 1024;

/** All that we answer is compressed at once, so that its length and hash are known: the longest is some 100 kB. */
const COMPRESS_AT_ONCE_BYTES = 4 * 1024 * 1024;

/** The longest IMDb link and more; a longer parameter of a path is refused. */
const MAX_PATH_PARAMETER = 300;

/** Adds what answers in other forms than the API's own, before its routes are added. */
export type AddForms = (app: FastifyInstance, world: ApiWorld, cache: BodyCache) => Promise<void>;

/** The API over `world`, with what `addForms` adds, ready to listen or to be asked by `inject`. */
export async function buildApi(world: ApiWorld, addForms?: AddForms): Promise<FastifyInstance> {
  const cache = new BodyCache(world.state, world.cacheBytes);
  const problems = answerProblems(world);
  const loggerInstance: FastifyBaseLogger = world.log;
  const app = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    serverFactory: (handler) => createHotServer(world, cache, handler),
    genReqId: (request) => requestIdOf(request.headers['x-request-id'], world.newRequestId),
    rewriteUrl: (request) => withoutCsvEnding(request, withoutJsonEnding(request)),
    frameworkErrors: problems.onFrameworkError,
    clientErrorHandler: problems.onClientError,
    bodyLimit: BODY_LIMIT_BYTES,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    trustProxy: world.trustedProxies.length === 0 ? false : [...world.trustedProxies],
    routerOptions: { querystringParser: parseQuery, maxParamLength: MAX_PATH_PARAMETER },
  });
  // Every body is JSON; Fastify would take plain text, too.
  app.removeContentTypeParser('text/plain');
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  const methodsAt = collectMethods(app);
  problems.register(app, methodsAt);
  checkRequests(app);
  logAnswers(app, world);
  await registerParts(app, world, cache);
  problems.refuseUnknown(app, methodsAt);
  guardRoutes(app, world.writers, await countWrites(app, world));
  await addForms?.(app, world, cache);
  for (const route of ROUTES) route(app, world);
  await app.ready();
  return app;
}

/** What holds for every request, before its route sees it. */
function checkRequests(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    const { headers } = request;
    // What compresses the answer and what keeps it must agree on the encoding.
    headers['accept-encoding'] =
      headers['x-no-compression'] === undefined ? encodingFor(headers['accept-encoding']) : 'identity';
    checkUrl(request.originalUrl);
    if (!isAcceptable(request)) {
      const { csv, events } = request.routeOptions.config;
      const forms = csv === true ? 'JSON or CSV' : events === true ? 'JSON or a stream of events' : 'JSON';
      throw new FilmbaseError(
        'not_acceptable',
        `This resource is ${forms}, which the request does not accept.`,
      );
    }
    done();
  });
  app.addHook('preValidation', (request, _reply, done) => {
    const { body, routeOptions } = request;
    done(body === undefined || routeOptions.schema?.body !== undefined ? undefined : bodyNotTaken());
  });
}

function bodyNotTaken(): FilmbaseError {
  const message = 'is not taken here';
  return new FilmbaseError('body_invalid', `A body ${message}.`, {
    fields: [{ field: 'the body', message }],
  });
}

/** Whether the route has a form that the request accepts. */
function isAcceptable({
  is404,
  headers: { accept },
  routeOptions: { url, config },
}: FastifyRequest): boolean {
  if (is404 || url === undefined || config.text === true) return true;
  return (
    acceptsJson(accept) ||
    (config.csv === true && acceptsCsv(accept)) ||
    (config.events === true && acceptsEvents(accept))
  );
}

function logAnswers(app: FastifyInstance, world: ApiWorld): void {
  app.addHook('onResponse', (request, reply, done) => {
    if (isOwn(request)) {
      done();
      return;
    }
    logAnswer(world, request.id, {
      method: request.method,
      route: request.is404 ? null : (request.routeOptions.url ?? null),
      status: reply.statusCode,
      milliseconds: reply.elapsedTime,
      fromMemory: false,
    });
    done();
  });
}

async function registerParts(app: FastifyInstance, world: ApiWorld, cache: BodyCache): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    crossOriginResourcePolicy: { policy: world.corsOrigin === null ? 'same-origin' : 'cross-origin' },
    // Whoever puts TLS in front sets it there.
    strictTransportSecurity: false,
    // These speak to browsers of the past, or of pages that JSON is not; each costs time in every answer.
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xFrameOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  });
  await app.register(cors, {
    origin: world.corsOrigin ?? false,
    methods: ['GET', 'HEAD'],
    exposedHeaders: ['ETag', 'Link', 'Location', 'Retry-After', 'X-Request-Id'],
    strictPreflight: false,
  });
  await app.register(compress, {
    encodings: [...ENCODINGS],
    globalDecompression: false,
    threshold: COMPRESS_FROM_BYTES,
    syncThreshold: COMPRESS_AT_ONCE_BYTES,
  });
  finishAnswers(app, world, cache);
  await documentApi(app, world.version);
}
