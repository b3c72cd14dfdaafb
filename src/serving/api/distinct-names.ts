import { lowerAscii } from '../../lib/lower-ascii.ts';

/** The names, the first of those that are one genre's in the order given. */
export function distinctNames(names: readonly string[]): string[] {
  const first = new Map<string, string>();
  for (const name of names) if (!first.has(lowerAscii(name))) first.set(lowerAscii(name), name);
  return [...first.values()];
}
