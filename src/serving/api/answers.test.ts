import { gunzipSync } from 'node:zlib';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { afterEach, expect, test } from 'vitest';

import { openTestApi } from '../../../test/api.ts';
import { decode, noteAnswer } from '../../../test/checked-answers.ts';
import { describeOnPglite } from '../../../test/databases.ts';
import { addFilms, servedFilm, serveFilms } from '../../../test/served-films.ts';
import type { Database } from '../../db/database.ts';
import { FilmbaseError } from '../../model/errors.ts';
import type { Answer, ApiWorld } from './api-world.ts';
import { KnownState } from './known-state.ts';

const listeners: FastifyInstance[] = [];

afterEach(async () => {
  await Promise.all(listeners.splice(0).map((api) => api.close()));
});

interface Setting {
  readonly api: FastifyInstance;
  readonly port: number;
  readonly answers: Answer[];
  readonly state: KnownState;
  readonly addFilm: (title: string) => Promise<void>;
}

/** An API that listens, over some films. */
async function listen(db: Database, world: Partial<ApiWorld>): Promise<Setting> {
  await serveFilms(
    db,
    Array.from({ length: 20 }, (_, index) => servedFilm({ title: `Film ${index}` })),
  );
  const answers: Answer[] = [];
  const state = new KnownState();
  const api = await openTestApi(db, { state, onAnswer: (answer) => answers.push(answer), ...world });
  await api.listen({ port: 0, host: '127.0.0.1' });
  listeners.push(api);
  const { port } = api.server.address() as AddressInfo;
  const addFilm = (title: string) => addFilms(db, [servedFilm({ title })]);
  return { api, port, answers, state, addFilm };
}

interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

function ask(
  port: number,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port, path, headers, method, host: '127.0.0.1' }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const { statusCode: status = 0, headers } = response;
        const body = Buffer.concat(chunks);
        const contentType = headers['content-type'] ?? null;
        const text = decode(body, headers['content-encoding'] ?? null);
        noteAnswer({ method, url: path, status, contentType, body: text });
        resolve({ status, headers, body });
      });
    });
    request.on('error', reject).end();
  });
}

/** All headers but those that differ between any two answers. */
function lasting({ date, 'x-request-id': id, ...headers }: IncomingHttpHeaders): IncomingHttpHeaders {
  expect([typeof date, typeof id]).toEqual(['string', 'string']);
  return headers;
}

describeOnPglite('an answer', (open) => {
  const listening = async (world: Partial<ApiWorld> = {}) => listen((await open()).db, world);

  test('an answer from memory is the answer that was made, headers and all', async () => {
    const { port, answers } = await listening();
    for (const headers of [{}, { 'accept-encoding': 'gzip' }, { 'accept-encoding': 'br, gzip' }]) {
      for (const method of ['GET', 'HEAD']) {
        const made = await ask(
          port,
          `/movies?limit=10&count=exact&year_gte=0&sort=${method === 'GET' ? '' : '-'}title`,
          headers,
          method,
        );
        const kept = await ask(
          port,
          `/movies?limit=10&count=exact&year_gte=0&sort=${method === 'GET' ? '' : '-'}title`,
          headers,
          method,
        );
        expect(lasting(kept.headers)).toEqual(lasting(made.headers));
        expect(kept.body.equals(made.body)).toBe(true);
        const tagged = { ...headers, 'if-none-match': made.headers.etag ?? '' };
        const [first, second] = [
          await ask(port, '/movies?limit=1', tagged),
          await ask(port, '/movies?limit=1', tagged),
        ];
        expect(lasting(second.headers)).toEqual(lasting(first.headers));
      }
    }
    expect(answers.filter(({ fromMemory }) => fromMemory).length).toBeGreaterThanOrEqual(9);
    expect(answers.every(({ route }) => route === '/movies')).toBe(true);
  });

  test('a client that has the body gets 304, made or from memory, with the same headers', async () => {
    const { port, answers } = await listening();
    for (const headers of [{}, { 'accept-encoding': 'gzip' }]) {
      const { etag = '' } = (await ask(port, '/movies', headers)).headers;
      for (const match of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
        const kept = await ask(port, '/movies', { ...headers, 'if-none-match': match });
        const made = await ask(port, '/movies?', { ...headers, 'if-none-match': match });
        expect([kept.status, made.status, kept.body.length]).toEqual([304, 304, 0]);
        expect(lasting(kept.headers)).toEqual(lasting(made.headers));
        expect(kept.headers.etag).toBe(etag);
      }
      expect((await ask(port, '/movies', { ...headers, 'if-none-match': '"x"' })).status).toBe(200);
    }
    expect(answers.some(({ fromMemory, status }) => fromMemory && status === 304)).toBe(true);
  });

  test('each encoding has its own ETag, and all the same body', async () => {
    const { port } = await listening();
    const plain = await ask(port, '/movies');
    const zipped = await ask(port, '/movies', { 'accept-encoding': 'gzip' });
    expect(zipped.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(zipped.body).equals(plain.body)).toBe(true);
    expect(zipped.headers.etag).not.toBe(plain.headers.etag);
    expect(plain.headers.vary).toBe('Accept, Accept-Encoding');
  });

  test('HEAD says what GET would, without the body', async () => {
    const { port } = await listening();
    for (const path of ['/movies', '/movies', '/', '/health/live', '/openapi.json']) {
      const [head, get] = [await ask(port, path, {}, 'HEAD'), await ask(port, path)];
      expect(lasting(head.headers)).toEqual(lasting(get.headers));
      expect([head.status, head.body.length]).toEqual([200, 0]);
    }
  });

  test('what was kept is not answered once something newer is served', async () => {
    const { port, state, addFilm } = await listening();
    const before = await ask(port, '/movies?limit=100');
    await addFilm('Newcomer');
    expect((await ask(port, '/movies?limit=100')).body.equals(before.body)).toBe(true);
    state.learn({ version: 2, journalSeq: 0 });
    expect((await ask(port, '/movies?limit=100')).body.toString()).toContain('Newcomer');
  });

  test('memory holds no more than it was given', async () => {
    const { port, answers } = await listening({ cacheBytes: 10_000 });
    for (const year of [1, 2, 3, 4, 5, 6]) await ask(port, `/movies?year=${year}`);
    await ask(port, '/movies?year=6');
    await ask(port, '/movies?year=1');
    expect(answers.slice(-2).map(({ fromMemory }) => fromMemory)).toEqual([true, false]);
  });

  test('a request id is taken over where it is sane, else made', async () => {
    const { port } = await listening();
    for (const path of ['/movies', '/movies', '/nowhere', '/%']) {
      const given = await ask(port, path, { 'x-request-id': 'abc-123' });
      expect(given.headers['x-request-id']).toBe('abc-123');
      const bad = await ask(port, path, { 'x-request-id': 'a b{}' });
      expect(bad.headers['x-request-id']).toMatch(/^[\w.:-]+$/);
    }
  });

  test('what accepts no JSON gets 406, and a page where there is one', async () => {
    const { port } = await listening();
    const statuses = await Promise.all(
      ['image/png', 'application/json;q=0, */*', 'text/html,*/*;q=0.8', 'application/*', '', '*/*;q=0'].map(
        async (accept) => [accept, (await ask(port, '/movies', { accept })).status],
      ),
    );
    expect(statuses).toEqual([
      ['image/png', 406],
      ['application/json;q=0, */*', 406],
      ['text/html,*/*;q=0.8', 200],
      ['application/*', 200],
      ['', 200],
      ['*/*;q=0', 406],
    ]);
  });

  test('a method that no route takes is refused, whatever body it has, with the methods that there are', async () => {
    const { port } = await listening();
    for (const method of ['QUERY', 'PROPFIND', 'PUT']) {
      for (const headers of [{}, { 'content-type': 'text/plain', 'content-length': '0' }]) {
        const answer = await ask(port, '/movies', headers, method);
        expect([method, answer.status, answer.headers.allow]).toEqual([method, 405, 'GET, HEAD, POST']);
        expect(answer.headers['x-content-type-options']).toBe('nosniff');
      }
    }
  });

  test('any page may read the API, and learns nothing that it may not', async () => {
    const { port } = await listening();
    const answer = await ask(port, '/movies', { origin: 'https://example.com' });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    const preflight = await ask(
      port,
      '/movies',
      { origin: 'https://example.com', 'access-control-request-method': 'GET' },
      'OPTIONS',
    );
    expect([preflight.status, preflight.headers['access-control-allow-methods']]).toEqual([204, 'GET, HEAD']);
  });

  test('a database that takes too long, or is not there, is a 503 that says when to come back', async () => {
    for (const code of ['overloaded', 'database_unreachable'] as const) {
      const db = {
        query: () => Promise.reject(new FilmbaseError(code, 'It is slow.')),
      } as unknown as ApiWorld['db'];
      const { port } = await listening({ db });
      const answer = await ask(port, '/movies');
      expect([answer.status, answer.headers['retry-after']]).toEqual([503, '2']);
    }
  });

  test('a fault of ours is a 500 that tells the log and not the client', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
    const db = { query: () => Promise.reject(new Error('secret detail')) } as unknown as ApiWorld['db'];
    const { port } = await listening({ db, log });
    const answer = await ask(port, '/movies?genre=x', { authorization: 'Bearer hidden' });
    expect(answer.status).toBe(500);
    expect(answer.body.toString()).not.toContain('secret detail');
    expect(lines.join('')).toContain('secret detail');
    expect(lines.join('')).not.toContain('hidden');
  });

  test('what is not HTTP gets a problem document and the end of the connection', async () => {
    const { port } = await listening();
    const text = await new Promise<string>((resolve) => {
      let received = '';
      const socket = connect(port, '127.0.0.1', () =>
        socket.write('GET /movies HTTP/1.1\r\nbroken header\r\n\r\n'),
      );
      socket.on('data', (chunk) => (received += chunk.toString()));
      socket.on('close', () => {
        resolve(received);
      });
    });
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text).toContain('application/problem+json');
  });
});
