import { parseObject } from './omdb-document.ts';

/**
 * What an answer says besides data. `limit`: no more requests today. `key`: the key is none. `unknown`: there is no such
 * title, season or episode. `other`: any other error, such as `Error getting data.`, which may be gone tomorrow.
 */
export type ProviderError = 'limit' | 'key' | 'unknown' | 'other';

/** Whether an answer is one that need not be asked for again soon: data, or that there is no such thing. */
export function isKnowledge(text: string): boolean {
  const error = providerErrorOf(text);
  return error === null || error === 'unknown';
}

/** The error that an answer is, whatever its status; null for data. */
export function providerErrorOf(text: string): ProviderError | null {
  const answer = parseObject(text);
  if (answer === undefined || typeof answer.Error !== 'string') return null;
  if (/limit reached/i.test(answer.Error)) return 'limit';
  if (/api key/i.test(answer.Error)) return 'key';
  return /not found|incorrect imdb id/i.test(answer.Error) ? 'unknown' : 'other';
}
