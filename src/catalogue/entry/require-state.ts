import { FilmbaseError } from '../../model/errors.ts';
import type { IsExpected } from '../../model/writers.ts';

/** Throws `precondition_failed` where whoever writes expects `what` in another state than it is in, under its lock. */
export function requireState(isExpected: IsExpected, state: string, what: string): void {
  if (isExpected(state)) return;
  throw new FilmbaseError('precondition_failed', `${what} has changed since the ETag in If-Match was given.`);
}
