/** How a request failed. */
export type RequestFailure =
  /** No connection, or it broke before the answer was whole. */
  | 'unreachable'
  | 'broken_off'
  /** Connection, headers, body or the whole took longer than allowed. */
  | 'timeout'
  /** The answer's status is none that was asked for. */
  | 'status'
  /** The answer has more bytes than allowed. */
  | 'too_large'
  /** The body is no JSON, such as a page of HTML with status 200, or no UTF-8. */
  | 'not_json'
  /** Nothing was sent: a header that the request is to have cannot be sent. */
  | 'header_invalid'
  /** Nothing was sent: the provider failed so often that it is left alone for a while. */
  | 'circuit_open';

/** A request that failed. Its message names no secret that the request carried. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly failure: RequestFailure;
  /** The answer's status; null if there was none. */
  readonly status: number | null;
  /** How long the provider asks to wait; null if it does not say. */
  readonly retryAfterMs: number | null;

  constructor(
    failure: RequestFailure,
    message: string,
    { status = null, retryAfterMs = null }: { status?: number | null; retryAfterMs?: number | null } = {},
  ) {
    super(message);
    this.failure = failure;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }

  /** Whether the same request may go better in a moment. */
  get mayPass(): boolean {
    if (this.failure === 'status') return this.status === 429 || (this.status ?? 0) >= 500;
    return ['unreachable', 'broken_off', 'timeout'].includes(this.failure);
  }

  /** Whether it speaks against the provider as a whole, and not against what was asked of it. */
  get isOutage(): boolean {
    if (this.failure === 'status') return (this.status ?? 0) >= 500;
    return this.failure !== 'circuit_open' && this.failure !== 'header_invalid';
  }
}

const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * What undici throws when it asks `url`, told by its codes: its messages may name the address with the secrets in it.
 * `tookLongerThanMs` is null where it was not stopped for that.
 */
export function asRequestError(error: unknown, url: string, tookLongerThanMs: number | null): RequestError {
  if (error instanceof RequestError) return error;
  if (tookLongerThanMs !== null)
    return new RequestError('timeout', `${url} took more than ${tookLongerThanMs} ms.`);
  const codes = codesOf(error);
  const why = codes.length > 0 ? ` (${codes.join(', ')})` : '';
  if (codes.some((code) => code.endsWith('_TIMEOUT') || code === 'ETIMEDOUT'))
    return new RequestError('timeout', `${url} did not answer in time${why}.`);
  return codes.some((code) => NEVER_CONNECTED.has(code))
    ? new RequestError('unreachable', `${url} could not be reached${why}.`)
    : new RequestError('broken_off', `The connection to ${url} broke${why}.`);
}

function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as NodeJS.ErrnoException;
    if (typeof code === 'string') codes.push(code);
  }
  return codes;
}
