import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openImdbLab } from '../../../test/imdb-lab.ts';
import type { ImdbLab } from '../../../test/imdb-lab.ts';
import { KINDS } from '../../model/kinds.ts';
import { FILE_NAMES } from './settings.ts';

const DATA = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));

describe.skipIf(!existsSync(DATA))('with ../shared/data', () => {
  let lab: ImdbLab;

  beforeAll(async () => {
    lab = await openImdbLab();
  });

  afterAll(() => lab.close());

  test('the films of 262,357 titles are claimed, and the rest is counted', async () => {
    const names = ['title.basics.tsv.gz', 'title.ratings.tsv.gz', 'title.crew.tsv.gz'];
    const files = ['title.basics', 'title.ratings', 'title.crew'] as const;
    const { counts } = await lab.claimFolder(`${DATA}imdb`, names, { files: [...files] });
    expect(counts).toMatchObject([
      { read: 262_357, claimed: 243_371, outside: 18_986, rejected: 0 },
      { read: 146_844, claimed: 140_232, outside: 6_612, rejected: 0 },
      { read: 208_777, rejected: 0 },
    ]);
  });

  test.each([[['movie' as const]], [[...KINDS]]])('all seven tables are claimed, of %s', async (kinds) => {
    const folder = `${DATA}imdb-seven`;
    const { counts } = await lab.claimFolder(folder, readdirSync(folder), { files: [...FILE_NAMES], kinds });
    const read = Object.fromEntries(counts.map((count) => [count.file.replace('.tsv', ''), count.read]));
    expect(read).toEqual({
      ...{ 'title.basics': 75, 'title.ratings': 12, 'title.akas': 240, 'title.episode': 43 },
      ...{ 'title.crew': 75, 'title.principals': 572, 'name.basics': 219 },
    });
    for (const count of counts) {
      expect(count.rejected).toBe(0);
      expect(count.claimed + count.outside).toBe(count.read);
    }
  });
});
