import { randomUUID } from 'node:crypto';

import type { FastifyInstance } from 'fastify';
import pino from 'pino';

import { enterFilm } from '../src/catalogue/entry/enter-film.ts';
import { loadReports } from '../src/catalogue/report-rows/load-reports.ts';
import type { Database } from '../src/db/database.ts';
import type { ApiKey, NewId } from '../src/model/film-entry.ts';
import { Metrics } from '../src/model/metrics.ts';
import type { ApiWorld } from '../src/serving/api/api-world.ts';
import { buildApi } from '../src/serving/api/build-api.ts';
import { KnownState } from '../src/serving/api/known-state.ts';
import { openRequestIds } from '../src/serving/api/request-id.ts';
import { noteInjected } from './checked-answers.ts';

export const ID_SALT = 'a salt for tests';

/**
 * An API over `db`, with whatever else the test says. Any key is unknown until `findApiKey` knows it. What `inject` answers
 * is held against the API reference. `newId` makes the keys of what is entered.
 */
export async function openTestApi(
  db: Database,
  world: Partial<ApiWorld> = {},
  newId: NewId = randomUUID,
): Promise<FastifyInstance> {
  const api = await buildApi({
    db,
    idSalt: ID_SALT,
    secret: 'a secret for tests',
    state: new KnownState(),
    enterFilm: (entry, apiKeyId) => enterFilm(db, ID_SALT, entry, apiKeyId, newId),
    findApiKey: () => Promise.resolve(null),
    startSync: () => Promise.reject(new Error('A test started a sync.')),
    metrics: new Metrics(),
    reports: await loadReports(),
    log: pino({ level: 'silent' }),
    now: () => new Date('2026-11-21T12:00:00Z'),
    newRequestId: openRequestIds('test'),
    version: '0.0.0-test',
    corsOrigin: '*',
    cacheBytes: 1_000_000,
    ...world,
  });
  return noteInjected(api);
}

/** Knows every key, with this role. */
export function anyKey(role: ApiKey['role']): Pick<ApiWorld, 'findApiKey'> {
  const key = { id: '00000000-0000-4000-8000-000000000000', name: 'test', role };
  return { findApiKey: () => Promise.resolve(key) };
}
