import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { FilmbaseError } from '../../model/errors.ts';
import type { ApiWorld } from './api-world.ts';

const WINDOW_SECONDS = 60;

/** Counts a request, and says in the answer what is left. Throws `rate_limited`. */
export type CountWrite = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

/** A share of the writes that is allowed to one writer. */
interface Limit {
  readonly count: ReturnType<FastifyInstance['createRateLimit']>;
  readonly most: number;
}

/**
 * Counts writes within a minute: those of a key together, whatever address they are from, and those without a key by
 * address. Each process counts for itself.
 */
export async function countWrites(app: FastifyInstance, { writeLimits }: ApiWorld): Promise<CountWrite> {
  await app.register(rateLimit, { global: false });
  const limit = (most: number, options: Parameters<FastifyInstance['createRateLimit']>[0]): Limit => ({
    count: app.createRateLimit({ max: most, timeWindow: WINDOW_SECONDS * 1000, ...options }),
    most,
  });
  const ofKey = limit(writeLimits.perKey, { keyGenerator: ({ apiKey }) => apiKey?.id ?? '' });
  const ofAddress = limit(writeLimits.perAddress, {});
  return (request, reply) => count(request.apiKey === null ? ofAddress : ofKey, request, reply);
}

/** The headers are those of draft-ietf-httpapi-ratelimit-headers-10. */
async function count(limit: Limit, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (limit.most === 0) return;
  const counted = await limit.count(request);
  if (counted.isAllowed) return;
  const { remaining, ttlInSeconds, isExceeded } = counted;
  reply.header('ratelimit-policy', `"writes";q=${limit.most};w=${WINDOW_SECONDS}`);
  reply.header('ratelimit', `"writes";r=${remaining};t=${ttlInSeconds}`);
  if (!isExceeded) return;
  reply.header('retry-after', String(ttlInSeconds));
  const who = request.apiKey === null ? 'from one address without a known key' : 'by one key';
  throw new FilmbaseError('rate_limited', `At most ${limit.most} writes a minute are allowed ${who}.`, {
    fields: [{ field: 'the request', message: `comes too early: go on in ${ttlInSeconds} s` }],
  });
}
