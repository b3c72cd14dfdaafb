/**
 * `Retry-After` in milliseconds: given in seconds, or as a date, which is counted from the answer's own. Null if the
 * answer does not say.
 */
export function parseRetryAfter(headers: { get(name: string): string | null }): number | null {
  const text = headers.get('retry-after');
  if (text === null) return null;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const wait = Date.parse(text) - Date.parse(headers.get('date') ?? '');
  return Number.isNaN(wait) ? null : Math.max(0, wait);
}
