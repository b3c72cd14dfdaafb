import {
  BrokenCircuitError,
  ConsecutiveBreaker,
  DelegateBackoff,
  circuitBreaker,
  handleWhen,
  retry,
  wrap,
} from 'cockatiel';
import pLimit from 'p-limit';
import pThrottle from 'p-throttle';
import type { Logger } from 'pino';
import { Agent, Headers, fetch } from 'undici';
import type { Response } from 'undici';

import { strikeOut } from '../hide-secrets.ts';
import { unlessAborted } from '../unless-aborted.ts';
import { readJsonBody } from './json-body.ts';
import { asRequestError, RequestError } from './request-error.ts';
import { parseRetryAfter } from './retry-after.ts';

/** How a provider is asked. Times in milliseconds. */
export interface ClientOptions {
  /** For a connection to be made. */
  readonly connectMs: number;
  /** For the first byte of the answer. */
  readonly headersMs: number;
  /** For one attempt as a whole. */
  readonly attemptMs: number;
  /** The largest body that is read, after decompression. */
  readonly maxBytes: number;
  /** Times that a request is sent, where what goes wrong may pass. */
  readonly attempts: number;
  /** Before the second attempt; doubled before each further one, half of it by chance. */
  readonly backoffMs: number;
  /** A provider that asks to wait for longer is not asked again. */
  readonly longestWaitMs: number;
  /** Requests at once. */
  readonly concurrency: number;
  /** Requests sent within a second, attempts counted each. */
  readonly perSecond: number;
  /** So many failed attempts on end, and nothing is sent for `breakMs`; then one attempt shows whether it has passed. */
  readonly breakAfter: number;
  readonly breakMs: number;
}

const CLIENT_DEFAULTS: ClientOptions = {
  connectMs: 5_000,
  headersMs: 10_000,
  attemptMs: 30_000,
  maxBytes: 10_000_000,
  attempts: 3,
  backoffMs: 250,
  longestWaitMs: 10_000,
  concurrency: 6,
  perSecond: 50,
  breakAfter: 10,
  breakMs: 20_000,
};

export interface JsonRequest {
  /** Without secrets: it may be logged and kept. */
  readonly url: string;
  /** Added to the URL when it is sent, and never shown. */
  readonly secretQuery?: Readonly<Record<string, string>>;
  /** Never shown. */
  readonly secretHeaders?: Readonly<Record<string, string>>;
  /** What is at hand: then the answer may be `unchanged`. */
  readonly known?: { readonly etag: string | null; readonly lastModified: string | null } | null;
  /** Statuses besides 200 whose body is an answer too. */
  readonly accept?: readonly number[];
  readonly signal: AbortSignal;
}

export type JsonAnswer =
  | { readonly state: 'unchanged' }
  | {
      readonly state: 'answered';
      readonly status: number;
      readonly json: unknown;
      /**
       * The body as it came, but for a byte order mark before it, which is dropped, and the request's own secrets, in whose
       * place stands `(hidden)`; so it is in `json`.
       */
      readonly text: string;
      /** Null also where it repeats a secret. */
      readonly etag: string | null;
      readonly lastModified: string | null;
    };

/** Asks one provider for JSON. Kept as long as the process, since it remembers how the provider fares. */
export interface JsonClient {
  /** Throws `RequestError`, or `signal.reason` when told to stop. */
  get(request: JsonRequest): Promise<JsonAnswer>;
  close(): Promise<void>;
}

export function openJsonClient(given: Partial<ClientOptions>, log: Logger): JsonClient {
  const options = { ...CLIENT_DEFAULTS, ...given };
  const agent = new Agent({
    connect: { timeout: options.connectMs },
    headersTimeout: options.headersMs,
    bodyTimeout: options.attemptMs,
  });
  const attempt = pThrottle({ limit: options.perSecond, interval: 1000, strict: true })(
    (request: JsonRequest) => send(agent, options, log, request),
  );
  const policy = wrap(retryPolicy(options), breakerPolicy(options));
  const limit = pLimit(options.concurrency);
  return {
    get: (request) =>
      unlessAborted(request.signal, () =>
        limit(async () => {
          // It may have been told to stop while it waited in the queue.
          request.signal.throwIfAborted();
          try {
            // Once told to stop, it leaves its place to others, also in the middle of a wait to ask again.
            return await unlessAborted(request.signal, () =>
              policy.execute(() => {
                request.signal.throwIfAborted();
                return attempt(request);
              }, request.signal),
            );
          } catch (error) {
            request.signal.throwIfAborted();
            throw error instanceof BrokenCircuitError ? leftAlone(request, options) : error;
          }
        }),
      ),
    close: () => agent.destroy(),
  };
}

function retryPolicy({ attempts, backoffMs, longestWaitMs }: ClientOptions) {
  const mayPass = (error: Error) =>
    error instanceof RequestError && error.mayPass && (error.retryAfterMs ?? 0) <= longestWaitMs;
  return retry(handleWhen(mayPass), {
    maxAttempts: attempts - 1,
    backoff: new DelegateBackoff(({ attempt, result }) => {
      const error = 'error' in result ? result.error : null;
      const asked = error instanceof RequestError ? error.retryAfterMs : null;
      return asked ?? backoffMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2);
    }),
  });
}

function breakerPolicy({ breakAfter, breakMs }: ClientOptions) {
  return circuitBreaker(
    handleWhen((error) => error instanceof RequestError && error.isOutage),
    { halfOpenAfter: breakMs, breaker: new ConsecutiveBreaker(breakAfter) },
  );
}

function leftAlone({ url }: JsonRequest, { breakAfter }: ClientOptions): RequestError {
  return new RequestError(
    'circuit_open',
    `${url} was not asked: the provider failed ${breakAfter} times on end.`,
  );
}

async function send(
  agent: Agent,
  options: ClientOptions,
  log: Logger,
  request: JsonRequest,
): Promise<JsonAnswer> {
  // It may have been told to stop while it waited for the rate.
  request.signal.throwIfAborted();
  refuseHeaders(request);
  const start = performance.now();
  const tooLong = AbortSignal.timeout(options.attemptMs);
  try {
    const response = await fetch(addressOf(request), {
      dispatcher: agent,
      headers: headersOf(request),
      // A redirect would carry our secrets elsewhere.
      redirect: 'manual',
      signal: AbortSignal.any([request.signal, tooLong]),
    });
    const answer = await readAnswer(response, request, options);
    log.debug({ url: request.url, status: response.status, ms: since(start) }, 'asked');
    return answer;
  } catch (error) {
    request.signal.throwIfAborted();
    const failure = asRequestError(error, request.url, tooLong.aborted ? options.attemptMs : null);
    log.debug({ url: request.url, failure: failure.failure, ms: since(start) }, 'asked in vain');
    throw failure;
  }
}

function addressOf({ url, secretQuery = {} }: JsonRequest): URL {
  const address = new URL(url);
  for (const [name, value] of Object.entries(secretQuery)) address.searchParams.set(name, value);
  return address;
}

/** HTTP allows no line break in a header, and nothing beyond Latin-1. */
function refuseHeaders({ url, secretHeaders = {} }: JsonRequest): void {
  for (const [name, value] of Object.entries(secretHeaders)) {
    try {
      new Headers([[name, value]]);
    } catch {
      // What is thrown shows the value.
      throw new RequestError(
        'header_invalid',
        `${url} was not asked: what is to be sent as ${name} has characters that a header cannot have, such as a line break.`,
      );
    }
  }
}

function headersOf({ known, secretHeaders }: JsonRequest): Record<string, string> {
  return {
    accept: 'application/json',
    'user-agent': 'filmbase',
    ...(known?.etag ? { 'if-none-match': known.etag } : {}),
    ...(known?.lastModified ? { 'if-modified-since': known.lastModified } : {}),
    ...secretHeaders,
  };
}

async function readAnswer(
  response: Response,
  request: JsonRequest,
  { maxBytes }: ClientOptions,
): Promise<JsonAnswer> {
  const { status, headers } = response;
  if (status === 304 && request.known) {
    await response.body?.cancel();
    return { state: 'unchanged' };
  }
  if (status !== 200 && !request.accept?.includes(status)) {
    await response.body?.cancel();
    throw new RequestError('status', `${request.url} answered ${status}.`, {
      status,
      retryAfterMs: parseRetryAfter(headers),
    });
  }
  const secrets = secretsOf(request);
  const body = await readJsonBody(response, { url: request.url, secrets, maxBytes });
  const withoutSecret = (header: string | null) =>
    header !== null && strikeOut(header, secrets) === header ? header : null;
  return {
    state: 'answered',
    status,
    ...body,
    etag: withoutSecret(headers.get('etag')),
    lastModified: withoutSecret(headers.get('last-modified')),
  };
}

/** Characters of the shortest secret that is looked for in answers: a shorter one would be found where it is none. */
const SECRET_LEAST = 4;

/** Without spaces at their ends, which headers lose on their way. */
function secretsOf({ secretQuery = {}, secretHeaders = {} }: JsonRequest): string[] {
  return [...Object.values(secretQuery), ...Object.values(secretHeaders)]
    .map((secret) => secret.trim())
    .filter((secret) => secret.length >= SECRET_LEAST);
}

function since(start: number): number {
  return Math.round(performance.now() - start);
}
