import { IdleError } from './idle-timer.ts';
import { parseRetryAfter } from './retry-after.ts';

/** A transfer that failed, by the network's or the server's doing. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';
  readonly url: string;
  /** The answer's status; null if there was none. */
  readonly status: number | null;
  /** Whether another attempt may go better. */
  readonly mayPass: boolean;
  /** How long the server asks to wait; null if it does not say. */
  readonly retryAfterMs: number | null;

  constructor(
    url: string,
    what: string,
    options: { status?: number; mayPass: boolean; retryAfterMs?: number | null; cause?: unknown },
  ) {
    super(`${url} ${what}.`, options.cause === undefined ? {} : { cause: options.cause });
    this.url = url;
    this.status = options.status ?? null;
    this.mayPass = options.mayPass;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

/** Statuses below 500 that may pass: request timeout, too early, too many requests. */
const MAY_PASS = [408, 425, 429];

/** Beyond that, waiting is left to the next run. */
const RETRY_AFTER_AT_MOST_MS = 300_000;

export function answeredBadly(url: string, response: Response): DownloadError {
  const { status, statusText } = response;
  const retryAfterMs = parseRetryAfter(response.headers);
  const soon = retryAfterMs === null || retryAfterMs <= RETRY_AFTER_AT_MOST_MS;
  return new DownloadError(url, `answered ${status} ${statusText}`.trimEnd(), {
    status,
    mayPass: (status >= 500 || MAY_PASS.includes(status)) && soon,
    retryAfterMs,
  });
}

/** `error` as a failed transfer; null if it is something else, such as a full disk. */
export function asDownloadError(error: unknown, url: string): DownloadError | null {
  if (error instanceof DownloadError) return error;
  if (error instanceof IdleError)
    return new DownloadError(url, error.message, { mayPass: true, cause: error });
  if (!(error instanceof Error)) return null;
  // What fetch throws when a connection cannot be made or breaks.
  if (error instanceof TypeError)
    return new DownloadError(url, `could not be read: ${reasonOf(error)}`, { mayPass: true, cause: error });
  return error.name === 'AbortError' ? asDownloadError(error.cause, url) : null;
}

function reasonOf({ message, cause }: Error): string {
  if (!(cause instanceof Error)) return message;
  const { code } = cause as NodeJS.ErrnoException;
  return cause.message === '' ? (code ?? message) : cause.message;
}
