import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

import type { Source } from '../src/model/source.ts';
import { loadSources } from '../src/sources/registry.ts';
import { writeClaims } from './claims.ts';
import type { StatedClaim } from './claims.ts';
import { openWorkshop } from './workshops.ts';
import type { Workshop } from './workshops.ts';

/** What a source says of titles, as claims. */
export interface Word {
  readonly title: readonly StatedClaim[];
  readonly rating?: readonly StatedClaim[];
  readonly offer?: readonly StatedClaim[];
}

/** A source under the name of a real one, so that its word has a place, which claims what it is told to. */
function statedSource(name: string, say: () => Word): Source {
  let word: Word = { title: [] };
  return {
    name,
    title: 'A source of a test',
    homepage: '',
    licence: '',
    mode: 'snapshot',
    settings: z.unknown(),
    variables: {},
    schedule: 'off',
    longestRunSeconds: 10,
    staleAfterSeconds: null,
    claimsVersion: 1,
    claimsSettings: () => null,
    read: async ({ into, before }) => {
      word = say();
      const text = JSON.stringify(word);
      const sha256 = createHash('sha256').update(text).digest('hex');
      if (before[0]?.sha256 === sha256) return { state: 'unchanged' };
      await writeFile(join(into, 'word.json'), text);
      const file = { name: 'word.json', bytes: 0, sha256, from: name, etag: null, lastModified: null };
      return { state: 'read', files: [file] };
    },
    claim: async ({ run, engine, claimFile }) => {
      const stamp = { source: name, run };
      await writeClaims(engine, claimFile('title'), 'title', stamp, word.title);
      await writeClaims(engine, claimFile('rating'), 'rating', stamp, word.rating ?? []);
      if (word.offer !== undefined) await writeClaims(engine, claimFile('offer'), 'offer', stamp, word.offer);
      const read = word.title.length;
      const counts = { read, claimed: read, unchanged: 0, outside: 0, rejected: 0, reasons: {} };
      return [{ file: 'word.json', ...counts }];
    },
  };
}

/** A workshop whose sources, besides `local`, say what `words` has under their names when they are synced. */
export async function openStatedWorkshop(
  db: Workshop['db'],
  words: Readonly<Record<string, Word>>,
  options: Parameters<typeof openWorkshop>[1] = {},
): Promise<Workshop> {
  const local = (await loadSources()).filter(({ name }) => name === 'local');
  const stated = Object.keys(words).map((name) => statedSource(name, () => words[name] ?? { title: [] }));
  return openWorkshop(db, { ...options, world: { ...options.world, sources: [...local, ...stated] } });
}
