import type { FastifyInstance, FastifyRequest } from 'fastify';

import { EDIT_TOKEN_PREFIX } from '../../model/comment.ts';
import { FilmbaseError } from '../../model/errors.ts';
import type { ApiKey, Writers } from '../../model/writers.ts';
import type { CountWrite } from './write-limits.ts';

/**
 * What a request must bear: a key with that role, or, where `author` is what is needed, any key or an edit token, of which
 * whoever writes decides.
 */
type Need = ApiKey['role'] | 'author';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Without it, nothing is needed. */
    needs?: Need;
  }

  interface FastifyRequest {
    /** The key that the request bears; null: none, or it was not looked at, since nothing hangs on it. */
    apiKey: ApiKey | null;
    /** The edit token that the request bears in place of a key. */
    editToken: string | null;
  }
}

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Sees to it, before a route's body is read, that whoever asks may: its `config.needs` says what for. Looks the key up each
 * time, so that revoking holds at once. Writes are counted, and keys that are not known. To be added before the routes.
 */
export function guardRoutes(app: FastifyInstance, writers: Writers, countWrite: CountWrite): void {
  app.decorateRequest('apiKey', null);
  app.decorateRequest('editToken', null);
  app.addHook('onRequest', async (request, reply) => {
    const { needs } = request.routeOptions.config;
    const writes = !READING.has(request.method);
    if (request.is404 || (needs === undefined && !writes)) return;
    const bearer = bearerOf(request);
    const isToken = needs === 'author' && bearer?.startsWith(EDIT_TOKEN_PREFIX) === true;
    if (isToken) request.editToken = bearer;
    else if (bearer !== null) request.apiKey = await writers.findApiKey(bearer);
    const isUnknown = bearer !== null && !isToken && request.apiKey === null;
    if (writes || isUnknown) await countWrite(request, reply);
    if (isUnknown) throw new FilmbaseError('key_unknown', 'The key of the request is unknown or revoked.');
    if (needs !== undefined || request.headers.authorization !== undefined) requireAccess(needs, request);
  });
}

/** What stands after `Authorization: Bearer`; null: nothing does. */
function bearerOf({ headers }: FastifyRequest): string | null {
  return /^Bearer +([\x21-\x7e]+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

/** Throws `key_missing` or `role_missing`. */
function requireAccess(needs: Need | undefined, { apiKey, editToken }: FastifyRequest): void {
  if (apiKey === null && editToken === null)
    throw new FilmbaseError('key_missing', 'The request has no `Authorization: Bearer <key>`.');
  if (needs !== 'admin' || apiKey === null || apiKey.role === 'admin') return;
  throw new FilmbaseError(
    'role_missing',
    `The key "${apiKey.name}" has the role ${apiKey.role}; this needs ${needs}.`,
  );
}
