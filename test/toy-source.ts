import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

import { claimSelect, copyToParquet } from '../src/model/claim-select.ts';
import type { Source } from '../src/model/source.ts';

/** What a toy source says in its next run. */
export interface ToyWord {
  /** Titles by their keys. */
  readonly titles: Record<string, string>;
  /** Prices by the keys of titles; observed in this run. */
  readonly prices?: Record<string, string>;
  readonly partial?: string;
}

/** A source that says what it is told to, or does what it is told to instead. */
export function toySource(
  say: (signal: AbortSignal) => ToyWord | Promise<ToyWord>,
  over: Partial<Source> = {},
): Source {
  let word: ToyWord = { titles: {} };
  return {
    name: 'toy',
    title: 'A toy',
    homepage: '',
    licence: '',
    mode: 'stream',
    settings: z.unknown(),
    variables: {},
    schedule: 'every 15s',
    longestRunSeconds: 10,
    staleAfterSeconds: 60,
    claimsVersion: 1,
    claimsSettings: () => null,
    read: async ({ into }, { signal }) => {
      word = await say(signal);
      await writeFile(join(into, 'word.json'), JSON.stringify(word));
      const file = { name: 'word.json', bytes: 0, sha256: '', from: 'toy', etag: null, lastModified: null };
      const partial = { code: 'source_unreachable', message: word.partial ?? '' } as const;
      return { state: 'read', files: [file], ...(word.partial === undefined ? {} : { partial }) };
    },
    claim: claimWord(() => word),
    ...over,
  };
}

/** Claims what the word says, whatever raw says. */
export function claimWord(wordOf: () => ToyWord): Source['claim'] {
  return async ({ run, engine, claimFile }) => {
    const word = wordOf();
    const stamp = { source: 'toy', run };
    const titles = Object.entries(word.titles).map(([key, title]) => `('${key}', '${title}')`);
    await engine.run(
      copyToParquet(
        claimSelect('title', {
          ...stamp,
          columns: { title_key: 'key', title: 'title', kind: `'movie'`, year: '2000' },
          from: `(values ${titles.join(', ')}) as v (key, title)`,
        }),
        claimFile('title'),
      ),
    );
    const prices = Object.entries(word.prices ?? {}).map(([key, price]) => `('${key}', ${price})`);
    if (prices.length > 0)
      await engine.run(
        copyToParquet(
          claimSelect('poll', {
            ...stamp,
            columns: { seller: `'toy'`, listing_key: 'key', error_message: 'price' },
            from: `(values ${prices.join(', ')}) as v (key, price)`,
          }),
          claimFile('poll'),
        ),
      );
    const read = titles.length;
    const counts = { read, claimed: read, unchanged: 0, outside: 0, rejected: 0, reasons: {} };
    return [{ file: 'word.json', ...counts }];
  };
}
