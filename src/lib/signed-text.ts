import { createHmac, timingSafeEqual } from 'node:crypto';

/** 128 bits: what RFC 2104 allows at the least for SHA-256. */
const SIGNATURE_BYTES = 16;

/**
 * `text` in base64url together with its signature (HMAC-SHA-256), so that we know it as ours when it comes back. It is not
 * hidden from whoever holds it. A text signed for one `purpose` is not valid for another.
 */
export function signText(secret: string, purpose: string, text: string): string {
  return Buffer.concat([signature(secret, purpose, text), Buffer.from(text)]).toString('base64url');
}

/** The text that `signText` was given; null if it was not us, or not for this purpose. */
export function readSignedText(secret: string, purpose: string, signed: string): string | null {
  const bytes = Buffer.from(signed, 'base64url');
  // Node reads over what is not base64url; only the one true writing is ours.
  if (bytes.length < SIGNATURE_BYTES || bytes.toString('base64url') !== signed) return null;
  const text = bytes.subarray(SIGNATURE_BYTES).toString();
  const given = bytes.subarray(0, SIGNATURE_BYTES);
  return timingSafeEqual(given, signature(secret, purpose, text)) ? text : null;
}

function signature(secret: string, purpose: string, text: string): Buffer {
  return createHmac('sha256', secret).update(`${purpose}\0${text}`).digest().subarray(0, SIGNATURE_BYTES);
}
