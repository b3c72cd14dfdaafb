import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { mergeCatalogue } from '../src/catalogue/merge/merge.ts';
import type { MergeResult } from '../src/catalogue/merge/merge.ts';
import { CATALOGUE_TABLES } from '../src/catalogue/served-columns.ts';
import type { RunManifest } from '../src/lake/manifests.ts';
import { literal } from '../src/model/lake-engine.ts';
import type { LakeRow } from '../src/model/lake-engine.ts';
import { titleId } from '../src/model/title-key.ts';
import { openClaimLake } from './claims.ts';
import type { ClaimLake } from './claims.ts';

export const SALT = 'a salt for tests';

/** Toy Story as two sources know it. */
export const TOY_STORY = titleId(SALT, 'imdb:tt0114709');
export const imdbFilm = {
  title_key: 'tt0114709',
  imdb_id: 'tt0114709',
  kind: 'movie',
  title: 'Toy Story',
  year: 1995,
};
export const tmdbFilm = { ...imdbFilm, title_key: '862' };

export interface MergeLab {
  readonly claims: ClaimLake;
  /** The catalogue of these runs: what the merge says of it, and the rows of its tables. */
  merge(
    ...inputs: RunManifest[]
  ): Promise<MergeResult & { readonly tables: Record<(typeof CATALOGUE_TABLES)[number], LakeRow[]> }>;
  close(): Promise<void>;
}

export async function openMergeLab(): Promise<MergeLab> {
  const claims = await openClaimLake();
  return {
    claims,
    merge: async (...inputs) => {
      const into = await mkdtemp(join(tmpdir(), 'filmbase-merge-'));
      try {
        const result = await mergeCatalogue(claims.engine, { lake: claims.lake, inputs, idSalt: SALT, into });
        const tables = {} as Record<(typeof CATALOGUE_TABLES)[number], LakeRow[]>;
        for (const table of CATALOGUE_TABLES)
          tables[table] = await claims.engine.rows(
            `select * from ${literal(join(into, `${table}.parquet`))} order by all`,
          );
        return { ...result, tables };
      } finally {
        await rm(into, { recursive: true });
      }
    },
    close: () => claims.close(),
  };
}
