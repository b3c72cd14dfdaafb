import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { ServedJson } from '../../catalogue/queries/served-json.ts';
import type { Queryable } from '../../db/database.ts';
import { FilmbaseError, type ErrorCode } from '../../model/errors.ts';
import { isUuid } from '../../model/title-key.ts';
import type { ApiWorld } from './api-world.ts';
import { sendJson } from './send-json.ts';

/** The parameter of a path that ends in an id. */
export const idParameter = z.strictObject({ id: z.string().describe('A UUID.') });

interface Lookup {
  /** As the path has it. */
  readonly id: string;
  readonly find: (db: Queryable, id: string) => Promise<ServedJson<string | null>>;
  /** Where there is nothing. */
  readonly code: ErrorCode;
}

/** Answers with what is found, which is kept for as long as it is served. Throws the error `code`. */
export async function sendFound(
  { db, state }: ApiWorld,
  request: FastifyRequest,
  reply: FastifyReply,
  { id, find, code }: Lookup,
): Promise<FastifyReply> {
  const found = await find(db, pathId(id, code));
  if (found.json === null) throw noSuchId(id, code);
  state.learn(found.state);
  return sendJson(request, reply, found.json, found.state);
}

/** The UUID that a path has. Throws the error `code` where it is none. */
export function pathId(id: string, code: ErrorCode): string {
  if (!isUuid(id)) throw noSuchId(id, code);
  return id.toLowerCase();
}

export function noSuchId(id: string, code: ErrorCode): FilmbaseError {
  return new FilmbaseError(code, `Nothing here has the id ${id}.`, {
    fields: [{ field: 'id', message: 'is the id of nothing here' }],
  });
}
