import { createHash } from 'node:crypto';

/** A strong ETag: a hash of the bytes as they are sent, so that each encoding has its own. */
export function etagOf(body: Buffer | string): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
}

/** Whether `If-None-Match` names `etag`: RFC 9110 section 13.1.2, which compares weakly. */
export function isMatch(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch === etag) return true;
  if (ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
}

/**
 * The ETag of an entity that can be written: its own state, then the hash of the body, which also hangs on encoding and
 * included parts. `If-Match` compares the state alone.
 */
export function entityTag(state: string, bodyTag: string): string {
  return `"${state}.${bodyTag.slice(1)}`;
}

/**
 * Whether `If-Match` lets a write happen to an entity in this state: RFC 9110 section 13.1.1, which compares strongly.
 * Without the header any state will do.
 */
export function matchesState(ifMatch: string | undefined, state: string): boolean {
  if (ifMatch === undefined || ifMatch.trim() === '*') return true;
  return ifMatch.split(',').some((one) => one.trim().startsWith(`"${state}.`));
}
