import { randomBytes } from 'node:crypto';

/** What a caller may give as an id: it goes into logs and headers as it is. */
const SANE = /^[\w.:-]{1,100}$/;

/** Of this process, so that ids of several do not meet. */
const PREFIX = randomBytes(6).toString('base64url');

let made = 0;

/** The id that the request brings in `x-request-id` if it is sane, else a new one. */
export function requestIdOf(given: string | string[] | undefined): string {
  if (typeof given === 'string' && SANE.test(given)) return given;
  made += 1;
  return `${PREFIX}-${made.toString(36)}`;
}
