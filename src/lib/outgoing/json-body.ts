import type { Response } from 'undici';

import { strikeOut } from '../hide-secrets.ts';
import { RequestError } from './request-error.ts';

interface BodyLimits {
  /** By which errors name what was asked. */
  readonly url: string;
  /** Struck out of the body before anyone sees it. */
  readonly secrets: readonly string[];
  /** The most bytes that are read, after decompression. */
  readonly maxBytes: number;
}

/** The body of an answer, as text and what the text says. Errors: `RequestError` (`too_large`, `not_json`). */
export async function readJsonBody(
  response: Response,
  limits: BodyLimits,
): Promise<{ readonly text: string; readonly json: unknown }> {
  const { url, secrets } = limits;
  const text = strikeOut(decode(await readBytes(response, limits), url), secrets);
  return { text, json: parseJson(text, url) };
}

async function readBytes({ body }: Response, { url, maxBytes }: BodyLimits): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new RequestError('too_large', `${url} answered more than ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** JSON is UTF-8; a byte order mark may be ignored: RFC 8259, section 8.1. */
function decode(body: Uint8Array, url: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new RequestError('not_json', `${url} answered what is no UTF-8.`);
  }
}

function parseJson(text: string, url: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const what = /^\s*</.test(text) ? 'HTML' : text.trim() === '' ? 'nothing' : 'what is no JSON';
    throw new RequestError('not_json', `${url} answered ${what}.`);
  }
}
