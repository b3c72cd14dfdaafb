import { ExponentialBackoff, handleType, retry } from 'cockatiel';
import { fetch } from 'undici';

import { RequestError } from './request-error.ts';

export interface WebhookOptions {
  /** A secret: it is in no error. */
  readonly url: string;
  readonly signal: AbortSignal;
  readonly attempts?: number;
  /** Milliseconds before the second attempt; then more each time. */
  readonly backoffMs?: number;
  readonly attemptMs?: number;
}

/** Posts `document` as JSON, again where that fails. Throws `RequestError` once the attempts are used up. */
export async function postToWebhook(document: object, options: WebhookOptions): Promise<void> {
  const { attempts = 4, backoffMs = 500, signal } = options;
  const policy = retry(handleType(RequestError), {
    maxAttempts: attempts - 1,
    backoff: new ExponentialBackoff({ initialDelay: backoffMs }),
  });
  await policy.execute(() => post(document, options), signal);
}

async function post(document: object, { url, signal, attemptMs = 10_000 }: WebhookOptions): Promise<void> {
  let status: number;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'filmbase' },
      body: JSON.stringify(document),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(attemptMs)]),
    });
    await response.body?.cancel();
    status = response.status;
  } catch {
    signal.throwIfAborted();
    throw new RequestError('unreachable', 'The webhook could not be reached.');
  }
  if (status < 200 || status > 299)
    throw new RequestError('status', `The webhook answered ${status}.`, { status });
}
