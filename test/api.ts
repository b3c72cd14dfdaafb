import { randomUUID } from 'node:crypto';

import type { FastifyInstance } from 'fastify';
import pino from 'pino';

import { openWriters } from '../src/catalogue/entry/open-writers.ts';
import type { EntryWorld } from '../src/catalogue/entry/write.ts';
import { loadReports } from '../src/catalogue/report-rows/load-reports.ts';
import type { ServedState } from '../src/catalogue/queries/catalogue-state.ts';
import type { Database } from '../src/db/database.ts';
import { Metrics } from '../src/model/metrics.ts';
import type { ApiKey, Writers } from '../src/model/writers.ts';
import type { ApiWorld } from '../src/serving/api/api-world.ts';
import { buildServer } from '../src/serving/build-server.ts';
import { KnownState } from '../src/serving/api/known-state.ts';
import { openRequestIds } from '../src/serving/api/request-id.ts';
import { noteInjected } from './checked-answers.ts';

export const ID_SALT = 'a salt for tests';

/** What a test may have otherwise. Any key is unknown until `findApiKey` knows it. `newId` is for what is entered. */
type TestWorld = Partial<ApiWorld> &
  Partial<Pick<Writers, 'findApiKey'>> &
  Partial<Pick<EntryWorld, 'newId'>>;

const NOW = () => new Date('2026-11-21T12:00:00Z');

export function openTestWriters(
  db: Database,
  world: Partial<Pick<EntryWorld, 'now' | 'newId' | 'onWritten'>> = {},
): Writers {
  const onWritten = () => undefined;
  return openWriters({ db, idSalt: ID_SALT, now: NOW, newId: randomUUID, onWritten, ...world });
}

/** An API over `db`, with whatever else the test says. What `inject` answers is held against the API reference. */
export async function openTestApi(db: Database, world: TestWorld = {}): Promise<FastifyInstance> {
  const { findApiKey = () => Promise.resolve(null), newId = randomUUID, now = NOW, ...rest } = world;
  const state = rest.state ?? new KnownState();
  const onWritten = (served: ServedState) => {
    state.learn(served);
  };
  const api = await buildServer({
    db,
    idSalt: ID_SALT,
    secret: 'a secret for tests',
    state,
    writers: { ...openTestWriters(db, { now, newId, onWritten }), findApiKey },
    startSync: () => Promise.reject(new Error('A test started a sync.')),
    publishSoon: () => undefined,
    metrics: new Metrics(),
    reports: await loadReports(),
    log: pino({ level: 'silent' }),
    now,
    // No test waits: what would be done after a while is done at once.
    setTimer: (_ms, callback) => {
      callback();
      return () => undefined;
    },
    newRequestId: openRequestIds('test'),
    version: '0.0.0-test',
    corsOrigin: '*',
    openComments: false,
    writeLimits: { perKey: 0, perAddress: 0 },
    trustedProxies: [],
    posterHosts: [],
    cacheBytes: 1_000_000,
    ...rest,
  });
  return noteInjected(api);
}

/** Knows every key, with this role. */
export function anyKey(role: ApiKey['role']): Pick<Writers, 'findApiKey'> {
  const key = { id: '00000000-0000-4000-8000-000000000000', name: 'test', role };
  return { findApiKey: () => Promise.resolve(key) };
}
