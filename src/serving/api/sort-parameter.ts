import { z } from 'zod';

import { text } from './query-parameters.ts';

/** Most keys of one sort. */
const MAX_SORT_KEYS = 3;

interface SortKey<T extends string> {
  readonly by: T;
  readonly descending: boolean;
}

/** What a list is sorted by, as `-rating,title` says it: one to three of `names`, none twice. */
export function sortParameter<T extends string>(names: readonly T[], none: string) {
  const key = `-?(${names.join('|')})`;
  const pattern = `^${key}(,${key}){0,${MAX_SORT_KEYS - 1}}$`;
  const order = text(100)
    .meta({ pattern })
    .transform((sort, context): readonly [SortKey<T>, ...SortKey<T>[]] => {
      const keys = sort.split(',').map((part) => {
        const descending = part.startsWith('-');
        return { by: (descending ? part.slice(1) : part) as T, descending };
      });
      const [first, ...more] = keys;
      const message = sortFault(
        keys.map(({ by }) => by),
        names,
      );
      if (message === null && first !== undefined) return [first, ...more];
      context.addIssue({ code: 'custom', message: message ?? 'is empty' });
      return z.NEVER;
    });
  return order
    .optional()
    .describe(
      `One to ${MAX_SORT_KEYS} of ${names.join(', ')}, joined by commas, each descending with a - before it; ` +
        `unknown values come last both ways. Default: ${none}.`,
    );
}

function sortFault(asked: readonly string[], names: readonly string[]): string | null {
  if (asked.length > MAX_SORT_KEYS) return `may have at most ${MAX_SORT_KEYS} keys`;
  if (!asked.every((name) => names.includes(name))) {
    return `must be made of ${names.join(', ')}, joined by commas, each with or without a - before it`;
  }
  return new Set(asked).size < asked.length ? 'must not name a key twice' : null;
}
