import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { afterEach, expect, test, vi } from 'vitest';

import { openTestApi } from '../../../test/api.ts';
import { describeOnPglite } from '../../../test/databases.ts';
import type { ApiKey } from '../../model/writers.ts';

afterEach(() => {
  vi.useRealTimers();
});

const LIMITS = { writeLimits: { perKey: 3, perAddress: 2 } };

function findApiKey(key: string): Promise<ApiKey | null> {
  return Promise.resolve(key.startsWith('good') ? { id: key, name: key, role: 'write' } : null);
}

type Asked = LightMyRequestResponse;

/** A write that is refused for what it holds, so that nothing but the counting is seen. */
function ask(
  api: FastifyInstance,
  key: string | null,
  more: Record<string, string> = {},
  remoteAddress = '192.0.2.1',
) {
  const headers = { ...more, ...(key === null ? {} : { authorization: `Bearer ${key}` }) };
  return api.inject({ method: 'POST', url: '/movies', headers, payload: {}, remoteAddress });
}

const statuses = (answers: readonly Asked[]) => answers.map(({ statusCode }) => statusCode);

async function inTurn(asks: readonly (() => Promise<Asked>)[]): Promise<Asked[]> {
  const answers: Asked[] = [];
  for (const one of asks) answers.push(await one());
  return answers;
}

describeOnPglite('writes', (open) => {
  test('are counted by key, whatever address they are from, and said to be', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-21T12:00:00Z') });
    const api = await openTestApi((await open()).db, { findApiKey, ...LIMITS });
    const answers = await inTurn([
      () => ask(api, 'good1'),
      () => ask(api, 'good1', {}, '192.0.2.2'),
      () => ask(api, 'good1', {}, '192.0.2.3'),
      () => ask(api, 'good1'),
      () => ask(api, 'good2'),
    ]);
    expect(statuses(answers)).toEqual([400, 400, 400, 429, 400]);
    expect(answers.map(({ headers }) => headers.ratelimit)).toEqual([
      '"writes";r=2;t=60',
      '"writes";r=1;t=60',
      '"writes";r=0;t=60',
      '"writes";r=0;t=60',
      '"writes";r=2;t=60',
    ]);
    const refused = answers[3];
    expect(refused?.headers['ratelimit-policy']).toBe('"writes";q=3;w=60');
    expect(refused?.headers['retry-after']).toBe('60');
    expect(refused?.json()).toMatchObject({ type: '/problems/rate_limited', status: 429 });

    vi.setSystemTime(new Date('2026-11-21T12:00:59Z'));
    expect((await ask(api, 'good1')).headers['retry-after']).toBe('1');
    vi.setSystemTime(new Date('2026-11-21T12:01:00Z'));
    expect((await ask(api, 'good1')).statusCode).toBe(400);
  });

  test('without a key, and with keys that are not known, are counted by address', async () => {
    const api = await openTestApi((await open()).db, { findApiKey, ...LIMITS });
    const answers = await inTurn([
      () => ask(api, null),
      () => ask(api, 'bad1'),
      () => ask(api, 'bad2'),
      () => ask(api, null),
      () => ask(api, 'good1'),
      () => ask(api, null, {}, '192.0.2.2'),
      // A host of IPv6 has a network of addresses.
      () => ask(api, null, {}, '2001:db8::1'),
      () => ask(api, null, {}, '2001:db8::2'),
      () => ask(api, null, {}, '2001:db8::3'),
      () => ask(api, null, {}, '2001:db8:0:1::1'),
    ]);
    expect(statuses(answers)).toEqual([401, 401, 429, 429, 400, 401, 401, 401, 429, 401]);
  });

  test('are of the address that a trusted proxy names, and of no other', async () => {
    const { db } = await open();
    const through = (api: FastifyInstance, client: string, proxy: string) =>
      ask(api, null, { 'x-forwarded-for': client }, proxy);
    const plain = await openTestApi(db, { findApiKey, ...LIMITS });
    const trusting = await openTestApi(db, { findApiKey, ...LIMITS, trustedProxies: ['10.0.0.0/8'] });
    const clients = ['192.0.2.1', '192.0.2.2', '192.0.2.3'];
    const asked = (api: FastifyInstance, proxy: string) =>
      inTurn(clients.map((client) => () => through(api, client, proxy)));
    expect(statuses(await asked(plain, '10.0.0.1'))).toEqual([401, 401, 429]);
    expect(statuses(await asked(trusting, '10.0.0.1'))).toEqual([401, 401, 401]);
    expect(statuses(await asked(trusting, '11.0.0.1'))).toEqual([401, 401, 429]);
  });

  test('alone are counted: reading has no limit, but for keys that are not known', async () => {
    const api = await openTestApi((await open()).db, { findApiKey, ...LIMITS });
    const read = (url: string) =>
      api.inject({ url, headers: { authorization: 'Bearer bad' }, remoteAddress: '192.0.2.1' });
    const movies = await inTurn(Array.from({ length: 5 }, () => () => read('/movies')));
    expect(statuses(movies)).toEqual([200, 200, 200, 200, 200]);
    expect(movies[0]?.headers.ratelimit).toBeUndefined();
    expect(statuses(await inTurn(Array.from({ length: 3 }, () => () => read('/journal'))))).toEqual([
      401, 401, 429,
    ]);
  });

  test('have no limit of 0', async () => {
    const api = await openTestApi((await open()).db, { findApiKey });
    const answers = await inTurn(Array.from({ length: 5 }, () => () => ask(api, null)));
    expect(statuses(answers)).toEqual([401, 401, 401, 401, 401]);
    expect(answers[0]?.headers.ratelimit).toBeUndefined();
  });
});
