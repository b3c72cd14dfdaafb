import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, expect, it } from 'vitest';

import { postToWebhook } from './webhook.ts';

const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A webhook that answers with these statuses in turn, 0 being a broken connection, and keeps what it was sent. */
async function openHook(statuses: readonly number[]): Promise<{ url: string; bodies: string[] }> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const status = statuses[bodies.length] ?? 204;
      bodies.push(body);
      if (status === 0) request.socket.destroy();
      else response.writeHead(status).end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook/hunter2hunter2`, bodies };
}

const patience = { signal: new AbortController().signal, backoffMs: 1 };

it('sends the document again until it is taken', async () => {
  const { url, bodies } = await openHook([500, 0, 200]);
  await postToWebhook({ event: 'source_failed' }, { url, ...patience });
  expect(bodies).toEqual(Array.from({ length: 3 }, () => '{"event":"source_failed"}'));
});

it('gives up after so many attempts, with an error that does not name the address', async () => {
  const { url, bodies } = await openHook([500, 503, 0, 502, 200]);
  const error: unknown = await postToWebhook({}, { url, ...patience }).catch((thrown: unknown) => thrown);
  expect(bodies.length).toBe(4);
  expect(error).toMatchObject({ failure: 'status', status: 502 });
  expect(String(error)).not.toContain('hunter2');
});

it('ends with its reason when it is told to stop', async () => {
  const reason = new Error('Stopped.');
  const { url } = await openHook([]);
  await expect(postToWebhook({}, { url, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
