import { readdir } from 'node:fs/promises';

import type { Source } from '../model/source.ts';

/** Every source: each folder here is one, and its `index` exports it as `source`. In the order of their names. */
export async function loadSources(): Promise<Source[]> {
  const entries = await readdir(new URL('.', import.meta.url), { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return Promise.all(
    names.sort().map(async (name) => {
      const module = (await import(new URL(`./${name}/index.${ending}`, import.meta.url).href)) as {
        source: Source;
      };
      return module.source;
    }),
  );
}
