import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { TestProject } from 'vitest/node';

import { loadReports } from '../src/catalogue/report-rows/load-reports.ts';
import { migrate } from '../src/db/migrate.ts';
import { openPglite } from '../src/db/pglite.ts';
import { openPostgres } from '../src/db/postgres.ts';
import type { ApiDocument } from '../src/serving/api/api-document.ts';
import { describeApi } from '../src/serving/api/describe-api.ts';
import { databaseUrl, onServer } from './test-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A PGlite folder with the schema, to be copied. */
    pgliteTemplate: string;
    /** The server of `TEST_DATABASE_URL`, and the name of a database on it to be copied. */
    postgres: { url: string; template: string } | null;
    /** The API reference. */
    apiDocument: ApiDocument;
  }
}

/**
 * Builds `dist`, from which threads and child processes start, unless `FILMBASE_BUILT=1` says that it is built, and
 * makes the databases that tests copy and the API reference that answers are held against. Gives what undoes it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (process.env.FILMBASE_BUILT !== '1') {
    const { build } = (await import(new URL('../scripts/build.mjs', import.meta.url).href)) as {
      build: () => void;
    };
    build();
  }
  project.provide('apiDocument', await describeApi({ reports: await loadReports(), version: '0.0.0-test' }));
  const folder = mkdtempSync(join(tmpdir(), 'filmbase-template-'));
  project.provide('pgliteTemplate', await makePgliteTemplate(join(folder, 'pglite')));
  const url = process.env.TEST_DATABASE_URL ?? null;
  const template = `filmbase_test_template_${process.pid}`;
  if (url !== null) await makePostgresTemplate(url, template);
  project.provide('postgres', url === null ? null : { url, template });
  return async () => {
    rmSync(folder, { recursive: true, force: true });
    if (url !== null) await onServer(url, `drop database if exists ${template} with (force)`);
  };
}

async function makePgliteTemplate(folder: string): Promise<string> {
  const db = await openPglite({ folder });
  await migrate(db);
  await db.close();
  return folder;
}

async function makePostgresTemplate(url: string, template: string): Promise<void> {
  await onServer(url, `drop database if exists ${template} with (force)`);
  await onServer(url, `create database ${template}`);
  const db = await openPostgres({ url: databaseUrl(url, template) });
  await migrate(db);
  await db.close();
}
