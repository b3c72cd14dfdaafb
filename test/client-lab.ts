import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { pino } from 'pino';
import { afterEach } from 'vitest';

import { openSimulator } from '../samples/simulators/simulator.ts';
import type { SimulatedAnswer, Simulator } from '../samples/simulators/simulator.ts';
import { openJsonClient } from '../src/lib/outgoing/json-client.ts';
import type { ClientOptions, JsonRequest } from '../src/lib/outgoing/json-client.ts';
import { RequestError } from '../src/lib/outgoing/request-error.ts';

/** Impatient, so that what hangs is given up soon. */
const IMPATIENT: Partial<ClientOptions> = {
  connectMs: 500,
  headersMs: 100,
  attemptMs: 150,
  backoffMs: 1,
  attempts: 3,
  perSecond: 1000,
};

/** Closed after each test. */
export const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** A client, with what it logs. */
export function openClient(options: Partial<ClientOptions> = {}) {
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const client = openJsonClient({ ...IMPATIENT, ...options }, log);
  closing.push(() => client.close());
  const get = (url: string, request: Partial<JsonRequest> = {}) =>
    client.get({ url, signal: new AbortController().signal, ...request });
  const fail = async (url: string, request: Partial<JsonRequest> = {}) => {
    const error: unknown = await get(url, request).then(
      () => 'It did not fail.',
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof RequestError)) throw error as Error;
    return error;
  };
  return { get, fail, lines };
}

export async function simulate(
  answer: (url: URL) => SimulatedAnswer = () => ({ json: [1] }),
): Promise<Simulator> {
  const simulator = await openSimulator(answer);
  closing.push(() => simulator.close());
  return simulator;
}

/** A server that answers as the test writes; gives its URL. */
export async function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(
    () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
