import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, inject } from 'vitest';

import type { Database } from '../src/db/database.ts';
import { openPglite } from '../src/db/pglite.ts';
import { openPostgres } from '../src/db/postgres.ts';
import { databaseUrl, onServer } from './test-server.ts';

/** A fresh database with the schema and without data; closed and removed after the test, whatever its end. */
export interface TestDatabase {
  readonly db: Database;
  /** Where other connections and processes find it; null for PGlite. */
  readonly url: string | null;
  /** PGlite's folder; null for PostgreSQL. */
  readonly folder: string | null;
  close(): Promise<void>;
}

type Open<T> = () => Promise<T>;

/**
 * Runs the suite on PGlite, and on PostgreSQL where `TEST_DATABASE_URL` names a server. `open` gives a test a
 * database of its own.
 */
export function describeOnEachDatabase(name: string, suite: (open: Open<TestDatabase>) => void): void {
  describeOnPglite(name, suite);
  describeOnPostgres(name, suite);
}

export function describeOnPglite(
  name: string,
  suite: (open: Open<TestDatabase & { folder: string }>) => void,
): void {
  describe(`${name}, on PGlite`, () => {
    suite(closedAfterEach(openTestPglite));
  });
}

/** Runs the suite on one PGlite, which its tests share: for what is only read, and costs less than a database for each. */
export function describeOnOnePglite(name: string, suite: (shared: () => Database) => void): void {
  describe(`${name}, on PGlite`, () => {
    let opened: TestDatabase | null = null;
    beforeAll(async () => {
      opened = await openTestPglite();
    });
    afterAll(async () => {
      await opened?.close();
    });
    suite(() => {
      if (opened === null) throw new Error('The database is open within tests alone.');
      return opened.db;
    });
  });
}

export function describeOnPostgres(
  name: string,
  suite: (open: Open<TestDatabase & { url: string }>) => void,
): void {
  const there = inject('postgres') !== null;
  describe.runIf(there)(`${name}, on PostgreSQL${there ? '' : ' (needs TEST_DATABASE_URL)'}`, () => {
    suite(closedAfterEach(openTestPostgres));
  });
}

/** Has what `open` opens closed at the end of the test, unless the test did it. */
function closedAfterEach<T extends TestDatabase>(open: Open<T>): Open<T> {
  const opened: TestDatabase[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((one) => one.close()));
  });
  return async () => {
    const database = await open();
    let closing: Promise<void> | null = null;
    const closedOnce = { ...database, close: () => (closing ??= database.close()) };
    opened.push(closedOnce);
    return closedOnce;
  };
}

/** A copy of the template folder that the set-up has made. */
async function openTestPglite(): Promise<TestDatabase & { folder: string }> {
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

/** A copy of the template database that the set-up has made. */
async function openTestPostgres(): Promise<TestDatabase & { url: string }> {
  const server = inject('postgres');
  if (server === null) throw new Error('TEST_DATABASE_URL is not set.');
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
