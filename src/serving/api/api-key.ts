import type { FastifyRequest } from 'fastify';

import { FilmbaseError } from '../../model/errors.ts';
import type { ApiKey, Writers } from '../../model/writers.ts';

/**
 * The key that the request bears, which has `role`. Throws `key_missing`, `key_unknown` or `role_missing`.
 */
export async function requireRole(
  { findApiKey }: Pick<Writers, 'findApiKey'>,
  role: ApiKey['role'],
  request: FastifyRequest,
): Promise<ApiKey> {
  const bearer = /^Bearer +([\x21-\x7e]+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer === undefined)
    throw new FilmbaseError('key_missing', 'The request has no `Authorization: Bearer <key>`.');
  const key = await findApiKey(bearer);
  if (key === null) throw new FilmbaseError('key_unknown', 'The key of the request is unknown or revoked.');
  if (key.role !== role && key.role !== 'admin') {
    throw new FilmbaseError(
      'role_missing',
      `The key "${key.name}" has the role ${key.role}; this needs ${role}.`,
    );
  }
  return key;
}
