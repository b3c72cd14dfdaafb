import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, describe, inject } from 'vitest';

import type { Database } from '../src/db/database.ts';
import { openPglite } from '../src/db/pglite.ts';
import { openPostgres } from '../src/db/postgres.ts';
import { databaseUrl, onServer } from './test-server.ts';

/** A fresh database with the schema and without data; closed and removed after the test, whatever its end. */
export interface TestDatabase {
  readonly db: Database;
  /** Where other processes or connections find it; null for PGlite. */
  readonly url: string | null;
  /** PGlite's folder; null for PostgreSQL. */
  readonly folder: string | null;
  close(): Promise<void>;
}

/**
 * Runs the suite on PGlite, and on PostgreSQL where `TEST_DATABASE_URL` names a server. `open` gives a test a
 * database of its own.
 */
export function describeOnEachDatabase(
  name: string,
  suite: (open: () => Promise<TestDatabase>) => void,
): void {
  describe(`${name}, on PGlite`, () => {
    suite(closingAfterEach(openTestPglite));
  });
  const server = inject('postgres');
  if (server === null)
    describe.skip(`${name}, on PostgreSQL (needs TEST_DATABASE_URL)`, () => {
      suite(openTestPglite);
    });
  else
    describe(`${name}, on PostgreSQL`, () => {
      suite(closingAfterEach(() => openTestPostgres(server)));
    });
}

/** Has what `open` opens closed at the end of the test, unless the test did it. */
function closingAfterEach(open: () => Promise<TestDatabase>): () => Promise<TestDatabase> {
  let opened: TestDatabase[] = [];
  afterEach(async () => {
    const left = opened;
    opened = [];
    await Promise.all(left.map((one) => one.close()));
  });
  return async () => {
    const database = closingOnce(await open());
    opened.push(database);
    return database;
  };
}

function closingOnce(database: TestDatabase): TestDatabase {
  let closing: Promise<void> | null = null;
  return { ...database, close: () => (closing ??= database.close()) };
}

/** A copy of the template folder that the set-up has made. */
export async function openTestPglite(): Promise<TestDatabase> {
  const parent = mkdtempSync(join(tmpdir(), 'filmbase-test-'));
  const folder = join(parent, 'pglite');
  cpSync(inject('pgliteTemplate'), folder, { recursive: true });
  const db = await openPglite({ folder });
  return {
    db,
    url: null,
    folder,
    close: async () => {
      await db.close();
      rmSync(parent, { recursive: true, force: true });
    },
  };
}

async function openTestPostgres(server: { url: string; template: string }): Promise<TestDatabase> {
  const name = `filmbase_test_${randomUUID().replaceAll('-', '')}`;
  await onServer(server.url, `create database ${name} template ${server.template}`);
  const url = databaseUrl(server.url, name);
  const db = await openPostgres({ url });
  return {
    db,
    url,
    folder: null,
    close: async () => {
      await db.close();
      await onServer(server.url, `drop database if exists ${name} with (force)`);
    },
  };
}
