import type { FastifyInstance, FastifyRequest } from 'fastify';

import type { BodyCache } from '../api/body-cache.ts';
import { OWN_ADDRESS } from '../api/own-request.ts';
import type { Problem } from '../api/problem.ts';

/** What the API answers with 200 at an address (path and query). Throws `Elsewhere` and `Refused`. */
export type Ask = <T>(address: string) => Promise<T>;

/** The API says that what was asked for is at another address. */
export class Elsewhere extends Error {
  /** Path and query. */
  readonly location: string;

  constructor(location: string) {
    super(`It is at ${location}.`);
    this.location = location;
  }
}

/** The API refuses, or fails. */
export class Refused extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

/**
 * Asks the API's own routes in the name of `request`, or what it keeps in memory of what is served now: what a page says is what
 * programs are told, by the same checks, queries and errors.
 */
export function openAsk(app: FastifyInstance, cache: BodyCache, request: FastifyRequest): Ask {
  return async <T>(address: string): Promise<T> => {
    const kept = cache.find(address, 'identity');
    if (kept !== undefined) return JSON.parse(kept.body.toString()) as T;
    const answer = await app.inject({
      method: 'GET',
      url: address,
      headers: {
        accept: 'application/json',
        'accept-encoding': 'identity',
        'x-request-id': request.id,
      },
      remoteAddress: OWN_ADDRESS,
    });
    if (answer.statusCode === 200) return answer.json<T>();
    if (answer.statusCode === 308) throw new Elsewhere(String(answer.headers.location));
    throw new Refused(answer.json<Problem>());
  };
}
