import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

import { describe, expect, test, vi } from 'vitest';

import { openSimulator } from '../../../samples/simulators/simulator.ts';
import type { Fault } from '../../../samples/simulators/simulator.ts';
import { closing, openClient, serve, simulate } from '../../../test/client-lab.ts';

describe('a client for JSON', () => {
  test.each<[Fault, string, number]>([
    ['error', 'status', 3],
    ['hang', 'timeout', 3],
    ['reset', 'broken_off', 3],
    ['html', 'not_json', 1],
    ['truncated', 'broken_off', 3],
    ['slow', 'timeout', 3],
    ['too-many', 'status', 3],
    ['gone', 'status', 1],
  ])('names the fault "%s" %s, having asked %i times', async (fault, failure, times) => {
    const simulator = await simulate(() => ({ json: 'x'.repeat(1000) }));
    simulator.failWhen(() => fault);
    const { fail } = openClient();
    const start = performance.now();
    expect(await fail(simulator.url)).toMatchObject({ failure });
    expect(performance.now() - start).toBeLessThan(5_000);
    expect(simulator.asked).toHaveLength(times);
  });

  test.each([400, 401, 403, 404, 410, 418, 301, 302])(
    'does not ask again after status %i',
    async (status) => {
      const headers = { location: '/elsewhere' };
      const simulator = await simulate(() => ({ status, headers, json: {} }));
      expect(await openClient().fail(simulator.url)).toMatchObject({ failure: 'status', status });
      expect(simulator.asked.map(({ url }) => url)).toEqual(['/']);
    },
  );

  test('names a server that is not there', async () => {
    const url = await serve(() => undefined);
    await closing.pop()?.();
    expect(await openClient().fail(url)).toMatchObject({ failure: 'unreachable', status: null });
  });

  test('outlasts what passes', async () => {
    const simulator = await simulate();
    const faults: Fault[] = ['error', 'reset'];
    simulator.failWhen(() => faults.shift() ?? null);
    expect(await openClient().get(simulator.url)).toMatchObject({
      state: 'answered',
      status: 200,
      json: [1],
    });
    expect(simulator.asked).toHaveLength(3);
  });

  test('takes other statuses as answers where it is told to', async () => {
    const simulator = await simulate(() => ({ status: 401, json: { Error: 'No key.' } }));
    const answer = await openClient().get(simulator.url, { accept: [401] });
    expect(answer).toMatchObject({ status: 401, json: { Error: 'No key.' }, text: '{"Error":"No key."}' });
  });

  test.each([
    ['no Retry-After', {}, 3, null],
    ['one that is soon', { 'retry-after': '0' }, 3, 0],
    ['one that is too late', { 'retry-after': '60' }, 1, 60_000],
  ])('asked to wait, with %s', async (_, headers, times, retryAfterMs) => {
    const simulator = await simulate(() => ({ status: 429, headers, json: {} }));
    const { fail } = openClient({ longestWaitMs: 100 });
    expect(await fail(simulator.url)).toMatchObject({ failure: 'status', status: 429, retryAfterMs });
    expect(simulator.asked).toHaveLength(times);
  });

  test.each(['', '{"a":', 'plain words', '\u0000'])(
    'names %j no JSON, and does not ask again',
    async (body) => {
      let asked = 0;
      const url = await serve((_, response) => {
        asked += 1;
        response.end(body);
      });
      expect(await openClient().fail(url)).toMatchObject({ failure: 'not_json' });
      expect(asked).toBe(1);
    },
  );

  test.each([
    ['half a character', Buffer.from([0x22, 0xe2, 0x82, 0x22])],
    ['Latin-1', Buffer.from('"Amélie"', 'latin1')],
    ['UTF-16', Buffer.from('\ufeff"text"', 'utf16le')],
  ])('names %s no JSON', async (_, body) => {
    const url = await serve((__, response) => response.end(body));
    expect(await openClient().fail(url)).toMatchObject({ failure: 'not_json' });
  });

  test('drops a byte order mark before the JSON, and none within', async () => {
    const url = await serve((_, response) => response.end('\ufeff["\ufeff"]'));
    expect(await openClient().get(url)).toMatchObject({ json: ['\ufeff'], text: '["\ufeff"]' });
  });

  test('reads no more bytes than allowed, after decompression', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, ' '));
    const plain = await serve((_, response) => response.end(`"${'x'.repeat(2000)}"`));
    const packed = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    );
    const { fail, get } = openClient({ maxBytes: 1000, attemptMs: 5_000 });
    expect(await fail(plain)).toMatchObject({ failure: 'too_large' });
    expect(await fail(packed)).toMatchObject({ failure: 'too_large' });
    const small = await serve((_, response) => response.end('"small"'));
    expect(await get(small)).toMatchObject({ json: 'small' });
  });

  test('asks conditionally, and hears that nothing has changed', async () => {
    const validators = { etag: '"1"', lastModified: 'Sat, 21 Nov 2026 12:00:00 GMT' };
    const simulator = await openSimulator((_, { headers }) => {
      const same =
        headers['if-none-match'] === validators.etag ||
        headers['if-modified-since'] === validators.lastModified;
      if (same) return { status: 304, json: null };
      return { headers: { etag: '"1"', 'last-modified': validators.lastModified }, json: {} };
    });
    closing.push(() => simulator.close());
    const { get, fail } = openClient();
    expect(await get(simulator.url)).toMatchObject({ state: 'answered', ...validators });
    expect(await get(simulator.url, { known: validators })).toEqual({ state: 'unchanged' });
    const onlyDate = { ...validators, etag: null };
    expect(await get(simulator.url, { known: onlyDate })).toEqual({ state: 'unchanged' });
    const other = { etag: '"0"', lastModified: null };
    expect(await get(simulator.url, { known: other })).toMatchObject({ state: 'answered' });
    const unasked = await simulate(() => ({ status: 304, json: null }));
    expect(await fail(unasked.url)).toMatchObject({ failure: 'status', status: 304 });
  });

  test('leaves a provider that fails alone for a while, and then tries it once', async () => {
    const simulator = await simulate();
    simulator.failWhen(() => 'error');
    const { get, fail } = openClient({ attempts: 1, breakAfter: 3, breakMs: 300 });
    for (let time = 0; time < 3; time += 1)
      expect(await fail(simulator.url)).toMatchObject({ failure: 'status' });
    for (let time = 0; time < 5; time += 1)
      expect(await fail(simulator.url)).toMatchObject({ failure: 'circuit_open' });
    expect(simulator.asked).toHaveLength(3);
    await vi.waitFor(async () => {
      expect(await fail(simulator.url)).toMatchObject({ failure: 'status' });
    }, PATIENCE);
    expect(await fail(simulator.url)).toMatchObject({ failure: 'circuit_open' });
    expect(simulator.asked).toHaveLength(4);
    simulator.failWhen(() => null);
    await vi.waitFor(() => get(simulator.url), PATIENCE);
    for (let time = 0; time < 3; time += 1) await get(simulator.url);
    expect(simulator.asked).toHaveLength(8);
  });

  test('goes on asking a provider that only says that something is not there', async () => {
    const simulator = await simulate();
    simulator.failWhen(() => 'gone');
    const { fail } = openClient({ breakAfter: 2 });
    for (let time = 0; time < 6; time += 1)
      expect(await fail(simulator.url)).toMatchObject({ failure: 'status' });
    expect(simulator.asked).toHaveLength(6);
  });

  test('has only so many requests open at once', async () => {
    const held: ServerResponse[] = [];
    let most = 0;
    const url = await serve((_, response) => {
      held.push(response);
      most = Math.max(most, held.length);
      // All are held until three are there, and a fourth had its chance to come too.
      if (held.length === 3)
        setImmediate(() =>
          setImmediate(() => {
            for (const one of held.splice(0)) one.end('1');
          }),
        );
    });
    const { get } = openClient({ concurrency: 3 });
    await Promise.all(Array.from({ length: 30 }, () => get(url)));
    expect(most).toBe(3);
  });

  test('sends only so many requests within any second, attempts counted each', async () => {
    const simulator = await simulate();
    const sentAt: number[] = [];
    simulator.onAsked = () => void sentAt.push(performance.now());
    let faults = 2;
    simulator.failWhen(() => (faults-- > 0 ? 'error' : null));
    const { get } = openClient({ perSecond: 4, concurrency: 10 });
    await Promise.all(Array.from({ length: 5 }, () => get(simulator.url)));
    expect(sentAt).toHaveLength(7);
    // The clocks of sending and of arrival differ by a little.
    for (const [at, time] of sentAt.slice(4).entries()) expect(time - (sentAt[at] ?? 0)).toBeGreaterThan(900);
  });

  test.each([
    ['while the provider hangs', {}, 'hang'],
    ['while it waits to ask again', { backoffMs: 60_000 }, 'error'],
  ] as const)('stops at once when told to, %s', async (_, options, fault) => {
    const simulator = await simulate();
    simulator.failWhen(() => fault);
    const { get } = openClient({ ...options, headersMs: 60_000, attemptMs: 60_000 });
    const controller = new AbortController();
    const asked = new Promise<void>((resolve) => {
      simulator.onAsked = () => {
        resolve();
      };
    });
    const answer = get(simulator.url, { signal: controller.signal });
    await asked;
    controller.abort(new Error('enough'));
    await expect(answer).rejects.toThrow('enough');
    expect(simulator.asked).toHaveLength(1);
  });

  test('stops at once when told to while it waits in the queue, and never asks then', async () => {
    const simulator = await simulate();
    simulator.failWhen(({ url }) => (url === '/first' ? 'hang' : null));
    const { get } = openClient({ concurrency: 1, headersMs: 60_000, attemptMs: 60_000 });
    const [first, second] = [new AbortController(), new AbortController()];
    const hanging = get(`${simulator.url}/first`, { signal: first.signal });
    const waiting = get(`${simulator.url}/second`, { signal: second.signal });
    second.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    first.abort(new Error('of this too'));
    await expect(hanging).rejects.toThrow('of this too');
    await get(`${simulator.url}/third`);
    expect(simulator.asked.map(({ url }) => url)).not.toContain('/second');
  });

  test('gives its place to another when told to stop while it waits to ask again', async () => {
    const simulator = await simulate();
    simulator.failWhen(({ url }) => (url === '/first' ? 'error' : null));
    const { get, lines } = openClient({ concurrency: 1, backoffMs: 3_600_000 });
    const controller = new AbortController();
    const first = get(`${simulator.url}/first`, { signal: controller.signal });
    const second = get(`${simulator.url}/second`);
    await vi.waitFor(() => {
      expect(lines.join('')).toContain('asked in vain');
    }, PATIENCE);
    controller.abort(new Error('enough'));
    await expect(first).rejects.toThrow('enough');
    expect(await second).toMatchObject({ json: [1] });
  });

  test('asks nothing when it was told to stop before', async () => {
    const simulator = await simulate();
    await expect(
      openClient().get(simulator.url, { signal: AbortSignal.abort(new Error('enough')) }),
    ).rejects.toThrow('enough');
    expect(simulator.asked).toEqual([]);
  });

  test('an attempt that was stopped does not keep a provider from being tried again', async () => {
    const simulator = await simulate();
    simulator.failWhen(() => 'error');
    const { get, fail } = openClient({
      attempts: 1,
      breakAfter: 1,
      breakMs: 1,
      headersMs: 60_000,
      attemptMs: 60_000,
    });
    await fail(simulator.url);
    simulator.failWhen(() => 'hang');
    await vi.waitFor(async () => {
      const controller = new AbortController();
      simulator.onAsked = () => {
        controller.abort(new Error('enough'));
      };
      await expect(get(simulator.url, { signal: controller.signal })).rejects.toThrow('enough');
    }, PATIENCE);
    simulator.failWhen(() => null);
    await vi.waitFor(() => get(simulator.url), PATIENCE);
  });
});

const PATIENCE = { timeout: 3_000, interval: 20 };
