import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How an answer goes wrong. */
export type Fault =
  /** Status 500. */
  | 'error'
  /** No answer, ever. */
  | 'hang'
  /** The connection is cut before the answer. */
  | 'reset'
  /** A page of HTML with status 200. */
  | 'html'
  /** The connection is cut in the middle of the body. */
  | 'truncated'
  /** The body comes a byte at a time, and never ends. */
  | 'slow'
  /** Status 429, with `Retry-After: 0`. */
  | 'too-many'
  /** Status 410. */
  | 'gone';

export const FAULTS: readonly Fault[] = [
  'error',
  'hang',
  'reset',
  'html',
  'truncated',
  'slow',
  'too-many',
  'gone',
];

export interface SimulatedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json: unknown;
}

export interface AskedRequest {
  /** Path and query, as asked. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** A provider simulated by an HTTP server on 127.0.0.1, that fails on command. */
export interface Simulator {
  /** Without a slash at its end. */
  readonly url: string;
  /** What was asked, in order, failed or not. */
  readonly asked: readonly AskedRequest[];
  /** Decides what goes wrong with a request; replaces what was said before. */
  failWhen(rule: (request: AskedRequest) => Fault | null): void;
  /** Called when a request was received, before it is answered. */
  onAsked: (request: AskedRequest) => void;
  close(): Promise<void>;
}

/** Between two bytes of a slow answer. */
const DRIP_MS = 50;

/**
 * Simulates the provider whose answers `answer` gives. From outside, `POST /simulator/fail/<fault>?times=N` makes the next
 * N answers fail, 1 if it is not said.
 */
export async function openSimulator(
  answer: (url: URL, request: AskedRequest) => SimulatedAnswer,
): Promise<Simulator> {
  const asked: AskedRequest[] = [];
  const commanded: Fault[] = [];
  let rule: (request: AskedRequest) => Fault | null = () => null;
  const server = createServer((request, response) => {
    const { url: path = '/', headers } = request;
    const url = new URL(path, 'http://simulator');
    const command = /^\/simulator\/fail\/([a-z-]+)$/.exec(url.pathname)?.[1];
    if (request.method === 'POST' && command !== undefined) {
      obey(command, Number(url.searchParams.get('times') ?? 1), commanded, response);
      return;
    }
    const one = { url: path, headers };
    asked.push(one);
    simulator.onAsked(one);
    send(request, response, commanded.shift() ?? rule(one), () => answer(url, one));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const simulator: Simulator = {
    url: `http://127.0.0.1:${port}`,
    asked,
    failWhen: (next) => {
      rule = next;
    },
    onAsked: () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return simulator;
}

function obey(command: string, times: number, commanded: Fault[], response: ServerResponse): void {
  const fault = FAULTS.find((known) => known === command);
  if (fault === undefined || !Number.isInteger(times) || times < 1) {
    response.writeHead(400).end(`There are: ${FAULTS.join(', ')}; times is a whole number above 0.\n`);
    return;
  }
  commanded.push(...Array.from({ length: times }, () => fault));
  response.writeHead(204).end();
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  fault: Fault | null,
  answer: () => SimulatedAnswer,
): void {
  switch (fault) {
    case 'error':
      return void response.writeHead(500).end('Internal Server Error');
    case 'hang':
      return;
    case 'reset':
      return void request.socket.destroy();
    case 'html':
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Maintenance</html>');
    case 'too-many':
      return void response.writeHead(429, { 'retry-after': '0' }).end();
    case 'gone':
      return void response.writeHead(410).end();
    case 'truncated':
    case 'slow':
    case null: {
      const { status = 200, headers = {}, json } = answer();
      if (status === 304) return void response.writeHead(status, headers).end();
      const body = Buffer.from(JSON.stringify(json));
      const own = { 'content-type': 'application/json', 'content-length': body.length };
      response.writeHead(status, { ...own, ...headers });
      if (fault === null) response.end(body);
      else if (fault === 'truncated')
        response.write(body.subarray(0, body.length / 2), () => response.destroy());
      else drip(response, body);
    }
  }
}

/** The last byte is never sent. */
function drip(response: ServerResponse, body: Buffer): void {
  let at = 0;
  const timer = setInterval(() => {
    if (at < body.length - 1) response.write(body.subarray(at, ++at));
  }, DRIP_MS);
  response.on('close', () => {
    clearInterval(timer);
  });
}
