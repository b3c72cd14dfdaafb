import type { FastifyReply, FastifyRequest } from 'fastify';

import type { FoundTitle, TitleAddress } from '../../catalogue/queries/find-title.ts';
import type { ApiWorld } from './api-world.ts';
import { sendJson } from './send-json.ts';
import { placeOf, redirectTo, type AskedTitle } from './title-place.ts';

interface Lookup {
  readonly asked: AskedTitle;
  readonly find: (address: TitleAddress) => Promise<FoundTitle | null>;
  readonly bodyOf: (json: string) => string;
  /** Whether the answer hangs on nothing but what is served, so that it can be kept in memory. */
  readonly isKept: boolean;
}

/** Answers with what `find` gives for the title, as `bodyOf` has it; else says where the title is, or that it is not. */
export async function sendTitle(
  world: ApiWorld,
  request: FastifyRequest,
  reply: FastifyReply,
  { asked, find, bodyOf, isKept }: Lookup,
): Promise<FastifyReply> {
  const place = await placeOf(world, asked, find);
  if ('elsewhere' in place) return redirectTo(place.elsewhere, request, reply);
  const { json, state, entityState, ages } = place.found;
  request.entityState = entityState;
  return sendJson(request, reply, bodyOf(json), isKept && !ages ? state : null);
}
