import { createHmac } from 'node:crypto';

/**
 * HMAC-SHA-256 of `text`, keyed with the id salt, in hexadecimal: without the salt nobody can compute it, so a row that is
 * copied to another installation stands for nothing there. A hash for one `purpose` is not valid for another.
 */
export function keyedHash(idSalt: string, purpose: string, text: string): string {
  return createHmac('sha256', idSalt).update(`${purpose}\n${text}`).digest('hex');
}
