import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import sql from 'sql-template-tag';

import { computeReports, type ReportedTable } from '../src/catalogue/report-rows/compute-reports.ts';
import { REPORT_ROW_COLUMNS } from '../src/catalogue/served-columns.ts';
import type { Database } from '../src/db/database.ts';
import { openEngine } from '../src/lake/engine.ts';
import { literal } from '../src/model/lake-engine.ts';
import type { LakeEngine } from '../src/model/lake-engine.ts';
import type { Aggregate } from '../src/model/report.ts';

/** A film as reports see it; `reportedFilm` fills in what a test does not care about. */
export interface ReportedFilm {
  readonly id: string;
  readonly isFilm: boolean;
  readonly year: number | null;
  readonly genres: readonly string[];
  /** Ids, in order. */
  readonly companies: readonly string[];
  /** In US dollars. */
  readonly budget: number | null;
  readonly revenue: number | null;
  readonly popularity: number | null;
  readonly votes: number | null;
  readonly weighted: number | null;
  readonly movielens: number | null;
  /** Whose rating stands in `title`; another system's is in `further_rating`. */
  readonly ratingSystem: 'movielens' | 'imdb';
}

/** A row of the Parquet, values in whole units. */
export interface ReportRow extends Record<Aggregate, number | null> {
  readonly report: string;
  readonly metric: string;
  readonly attribution: string;
  readonly id: string;
  readonly year: number | null;
  readonly company_id: string | null;
  readonly company_name: string | null;
  readonly genre: string | null;
  readonly films: number;
  readonly n: number;
}

/** The id of the nth thing. */
export const idOf = (n: number) => `00000000-0000-8000-a000-${String(n).padStart(12, '0')}`;

let filmsStated = 0;

export function reportedFilm(film: Partial<ReportedFilm> = {}): ReportedFilm {
  filmsStated += 1;
  return {
    id: idOf(filmsStated),
    isFilm: true,
    year: 2000,
    genres: [],
    companies: [],
    budget: null,
    revenue: null,
    popularity: null,
    votes: null,
    weighted: null,
    movielens: null,
    ratingSystem: 'imdb',
    ...film,
  };
}

/** Names of companies by their ids, or by n for the id `idOf(n)`, which else has the name `Company n`. */
export type CompanyNames = Readonly<Record<string | number, string>>;

export interface ReportLab {
  /** Computes the reports over a catalogue of these films. */
  compute(films: readonly ReportedFilm[], names?: CompanyNames): Promise<ReportRow[]>;
  /** Has `db` serve what was computed last. */
  serve(db: Database): Promise<void>;
  close(): Promise<void>;
}

/** A folder with an engine of its own. */
export async function openReportLab(): Promise<ReportLab> {
  const folder = await mkdtemp(join(tmpdir(), 'filmbase-reports-'));
  const engine = await openEngine({ memoryLimitMb: 512, threads: 2, tempFolder: join(folder, 'engine') });
  const rows = join(folder, 'report_row.parquet');
  return {
    compute: async (films, names = {}) => {
      const file = (table: string) => join(folder, `${table}.parquet`);
      await writeTables(engine, file, films, names);
      await computeReports(engine, file, folder);
      return engine.rows<ReportRow>(`select * from ${literal(rows)}`);
    },
    serve: async (db) => {
      const csv = join(folder, 'report_row.csv');
      await engine.run(`
        copy (select ${REPORT_ROW_COLUMNS.join(', ')} from ${literal(rows)})
        to ${literal(csv)} (format csv, header false, nullstr '')`);
      await db.transaction(async (tx) => {
        await tx.query(sql`truncate report_row`);
        await tx.copyIn('report_row', REPORT_ROW_COLUMNS, createReadStream(csv));
        await tx.query(sql`update catalogue_state set version = version + 1, published_at = now()`);
      });
    },
    close: async () => {
      await engine.close();
      await rm(folder, { recursive: true });
    },
  };
}

const COLUMNS: Record<ReportedTable, Record<string, string>> = {
  title: {
    id: 'uuid',
    is_film: 'boolean',
    year: 'smallint',
    genres: 'varchar',
    popularity: 'double',
    votes: 'integer',
    rating: 'double',
    rating_system: 'varchar',
    weighted_rating: 'double',
  },
  title_detail: { title_id: 'uuid', budget: 'bigint', revenue: 'bigint' },
  title_company: { title_id: 'uuid', company_id: 'uuid', ordering: 'integer' },
  company: { id: 'uuid', key: 'varchar', name: 'varchar' },
  further_rating: { title_id: 'uuid', system: 'varchar', rating: 'double', votes: 'integer' },
};

async function writeTables(
  engine: LakeEngine,
  file: (table: string) => string,
  films: readonly ReportedFilm[],
  names: CompanyNames,
): Promise<void> {
  for (const [table, rows] of Object.entries(tablesOf(films, names))) {
    const json = `${file(table)}.ndjson`;
    await writeFile(json, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const columns = Object.entries(COLUMNS[table as ReportedTable]).map(
      ([name, type]) => `${name}: ${literal(type)}`,
    );
    await engine.run(`
      copy (select * from read_json(${literal(json)}, format = 'newline_delimited', columns = {${columns.join(', ')}}))
      to ${literal(file(table))} (format parquet)`);
  }
}

function tablesOf(films: readonly ReportedFilm[], names: CompanyNames): Record<ReportedTable, object[]> {
  const companies = [...new Set(films.flatMap((film) => film.companies))];
  return {
    title: films.map((film) => ({
      id: film.id,
      is_film: film.isFilm,
      year: film.year,
      genres: film.genres.length === 0 ? null : film.genres.join(','),
      popularity: film.popularity,
      votes: film.votes,
      rating: film.ratingSystem === 'movielens' ? film.movielens : 9.9,
      rating_system: film.ratingSystem,
      weighted_rating: film.weighted,
    })),
    title_detail: films
      .filter(({ budget, revenue }) => budget !== null || revenue !== null)
      .map(({ id, budget, revenue }) => ({ title_id: id, budget, revenue })),
    title_company: films.flatMap(({ id, companies }) =>
      companies.map((company, at) => ({ title_id: id, company_id: company, ordering: at + 1 })),
    ),
    company: companies.map((id) => ({ id, key: `local:${id}`, name: nameOf(id, names) })),
    further_rating: films
      .filter(({ movielens, ratingSystem }) => movielens !== null && ratingSystem !== 'movielens')
      .map(({ id, movielens }) => ({ title_id: id, system: 'movielens', rating: movielens, votes: 1 })),
  };
}

export function nameOf(companyId: string, names: CompanyNames): string {
  const number = Number(companyId.slice(-12));
  return names[companyId] ?? names[number] ?? `Company ${number}`;
}
