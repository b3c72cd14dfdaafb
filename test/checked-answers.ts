import type { IncomingMessage } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import type { FastifyInstance, InjectOptions } from 'fastify';
import { inject } from 'vitest';

import { openConformance, type Conformance, type GivenAnswer } from './conformance.ts';

// Every answer of Filmbase that a test gets is held against the API reference. What is wrong is noted, and fails the test
// at its end (`check-answers.ts`), also where the test does not look at the answer.

let conformance: Conformance | null = null;

const violations: string[] = [];

/** Answers whose bodies are still being read. */
const reading = new Set<Promise<void>>();

export function noteAnswer(answer: GivenAnswer): void {
  conformance ??= openConformance(inject('apiDocument'));
  violations.push(...conformance(answer));
}

/** What was wrong with the answers since it was last asked. */
export async function takeViolations(): Promise<string[]> {
  await Promise.all(reading);
  return violations.splice(0);
}

/** Has whatever `inject` answers noted. */
export function noteInjected(api: FastifyInstance): FastifyInstance {
  const ask = api.inject.bind(api);
  const askAndNote = async (request: InjectOptions | string) => {
    const answer = await ask(request);
    const { statusCode, headers, rawPayload, raw } = answer;
    const { method = 'GET', url, originalUrl = url } = raw.req as AskedRequest;
    noteAnswer({
      method,
      url: originalUrl ?? '',
      status: statusCode,
      contentType: textOf(headers['content-type']),
      // Of a HEAD, Node leaves the body out where there is a connection; here there is none.
      body: method === 'HEAD' ? '' : decode(rawPayload, textOf(headers['content-encoding'])),
    });
    return answer;
  };
  api.inject = askAndNote as FastifyInstance['inject'];
  return api;
}

/** Fastify keeps the address there, where it strips an ending from it. */
type AskedRequest = IncomingMessage & { readonly originalUrl?: string };

/** `fetch`, by which every answer of a Filmbase on this machine is noted. Simulated providers give no request ids. */
export function notingFetch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const answer = await fetch(input, init);
    const { hostname, pathname, search } = new URL(answer.url);
    if (hostname !== '127.0.0.1' || !answer.headers.has('x-request-id')) return answer;
    const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
    const noting = bodyOf(answer.clone()).then((body) => {
      // One that was cut off is no answer; whoever asked for it has the error.
      if (body === null) return;
      noteAnswer({
        method,
        url: pathname + search,
        status: answer.status,
        contentType: answer.headers.get('content-type'),
        body,
      });
    });
    reading.add(noting);
    void noting.finally(() => reading.delete(noting));
    return answer;
  };
}

function bodyOf(answer: Response): Promise<string | null> {
  return answer.text().catch(() => null);
}

/** The text of a body; what is encoded is short, or it would not be held in memory. */
export function decode(body: Buffer, encoding: string | null): string {
  if (body.length === 0) return '';
  if (encoding === 'gzip') return gunzipSync(body).toString();
  return (encoding === 'br' ? brotliDecompressSync(body) : body).toString();
}

function textOf(header: unknown): string | null {
  return typeof header === 'string' ? header : null;
}
