import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { openGhibliSimulator } from '../../../samples/simulators/ghibli.ts';
import type { GhibliData } from '../../../samples/simulators/ghibli.ts';
import { openSimulator } from '../../../samples/simulators/simulator.ts';
import type { Fault, Simulator } from '../../../samples/simulators/simulator.ts';
import { deepList, ghibliFilms } from '../../../test/ghibli-data.ts';
import { quietWorld } from '../../../test/source-lab.ts';
import { openJsonClient } from '../../lib/outgoing/json-client.ts';
import type { JsonClient } from '../../lib/outgoing/json-client.ts';
import type { RawFile, ReadRequest, SourceWorld } from '../../model/source.ts';
import { readGhibli } from './read.ts';
import type { GhibliSettings } from './settings.ts';

const SAMPLES = fileURLToPath(new URL('../../../samples/ghibli', import.meta.url));

describe('reading ghibli', () => {
  let root: string;
  let client: JsonClient;
  let simulator: Simulator;
  let data: GhibliData;
  let folders = 0;

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'filmbase-ghibli-'));
    client = openJsonClient({ headersMs: 200, attemptMs: 400, backoffMs: 1 }, pino({ level: 'silent' }));
    data = ghibliFilms(3);
    simulator = await openGhibliSimulator(data);
  });

  afterEach(async () => {
    await client.close();
    await simulator.close();
    rmSync(root, { recursive: true });
  });

  async function read(over: Partial<ReadRequest<GhibliSettings>> = {}, world: Partial<SourceWorld> = {}) {
    const into = join(root, `into-${(folders += 1)}`);
    await mkdir(into);
    const request = {
      settings: { baseUrl: simulator.url },
      secrets: {},
      from: null,
      into,
      partial: root,
      before: [],
      beforeFolder: null,
      ...over,
    };
    const result = await readGhibli(request, quietWorld({ jsonClient: () => client, ...world }));
    const files: readonly RawFile[] = result.state === 'read' ? result.files : [];
    return { result, into, files, then: { before: files, beforeFolder: into } };
  }

  const paths = () => simulator.asked.map(({ url }) => url);

  test('keeps films and people as they came', async () => {
    const { files, into } = await read();
    expect(files.map(({ name, from }) => [name, from])).toEqual([
      ['films.json', `${simulator.url}/films?limit=250`],
      ['people.json', `${simulator.url}/people?limit=250`],
    ]);
    expect(await readFile(join(into, 'films.json'), 'utf8')).toBe(JSON.stringify(data.films));
    expect(paths()).toEqual(['/films?limit=250', '/people?limit=250']);
  });

  test('is unchanged while the bytes are the same', async () => {
    const first = await read();
    expect((await read(first.then)).result).toEqual({ state: 'unchanged' });
    data.films.pop();
    expect((await read(first.then)).result).toMatchObject({ state: 'read' });
  });

  test('asks conditionally where there was an ETag, and takes what is unchanged from the run before', async () => {
    await simulator.close();
    let people = [{ id: 'p1', name: 'Maya', films: [] as string[] }];
    simulator = await openSimulator(({ pathname }, { headers }) => {
      const json = pathname === '/films' ? data.films : people;
      const etag = `"${pathname}${people.length}"`;
      if (pathname === '/films' && headers['if-none-match'] === '"/films"')
        return { status: 304, json: null };
      return { json, headers: { etag: pathname === '/films' ? '"/films"' : etag } };
    });
    const first = await read();
    expect(first.files.map(({ etag }) => etag)).toEqual(['"/films"', '"/people1"']);
    expect((await read(first.then)).result).toEqual({ state: 'unchanged' });
    people = [...people, { id: 'p2', name: 'Ole', films: [] }];
    const second = await read(first.then);
    expect(second.files).toMatchObject([first.files[0], { name: 'people.json', etag: '"/people2"' }]);
    expect(await readFile(join(second.into, 'films.json'), 'utf8')).toBe(JSON.stringify(data.films));
  });

  test('goes on to further pages while pages are full', async () => {
    const many = ghibliFilms(501);
    Object.assign(data, many);
    const { files, into } = await read();
    expect(files.map(({ name }) => name)).toEqual([
      'films.json',
      'films-2.json',
      'films-3.json',
      'people.json',
      'people-2.json',
      'people-3.json',
    ]);
    const pages = await Promise.all(
      ['films.json', 'films-2.json', 'films-3.json'].map((name) => readFile(join(into, name), 'utf8')),
    );
    expect(pages.flatMap((page) => JSON.parse(page) as unknown[])).toEqual(many.films);
  });

  test.each([250, 300])(
    'fails where a server that does not page has %i films, since there may be more',
    async (count) => {
      await simulator.close();
      simulator = await openSimulator(() => ({ json: ghibliFilms(count).films }));
      await expect(read()).rejects.toMatchObject({
        code: 'answer_invalid',
        message: expect.stringContaining('only repeats the pages before it') as string,
      });
    },
  );

  test.each([
    ['an object', { films: [] }, 'answer_invalid'],
    ['null', null, 'answer_invalid'],
    ['an empty list', [], 'answer_invalid'],
  ])('fails when films are %s', async (_, json, code) => {
    await simulator.close();
    simulator = await openSimulator(() => ({ json }));
    await expect(read()).rejects.toMatchObject({ code });
  });

  test('fails when the people are gone that the run before had, and not where there were none', async () => {
    const first = await read();
    const { people } = data;
    Object.assign(data, { people: [] });
    await expect(read(first.then)).rejects.toMatchObject({ code: 'answer_invalid' });
    const without = await read();
    expect(without.files).toHaveLength(2);
    expect((await read(without.then)).result).toEqual({ state: 'unchanged' });
    Object.assign(data, { people });
    expect((await read(without.then)).result).toMatchObject({ state: 'read' });
  });

  test('keeps a record that is nested however deeply', async () => {
    await simulator.close();
    const server = createServer((_, response) => response.end(`[{"id":"f1","deep":${deepList(200_000)}}]`));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect((await read({ settings: { baseUrl } })).files).toHaveLength(2);
    server.close();
    server.closeAllConnections();
    simulator = await openGhibliSimulator(data);
  });

  test.each<[Fault, string]>([
    ['error', 'source_unreachable'],
    ['hang', 'source_unreachable'],
    ['reset', 'source_unreachable'],
    ['html', 'answer_invalid'],
    ['truncated', 'source_unreachable'],
    ['slow', 'source_unreachable'],
    ['too-many', 'source_unreachable'],
    ['gone', 'source_unreachable'],
  ])('names the fault "%s" of the provider %s, also in the second list', async (fault, code) => {
    simulator.failWhen(() => fault);
    await expect(read()).rejects.toMatchObject({ code });
    simulator.failWhen(({ url }) => (url.startsWith('/people') ? fault : null));
    await expect(read()).rejects.toMatchObject({ code });
  });

  test('outlasts a fault that passes', async () => {
    let faults = 1;
    simulator.failWhen(() => (faults-- > 0 ? 'error' : null));
    expect((await read()).files).toHaveLength(2);
  });

  test('stops when told to', async () => {
    const controller = new AbortController();
    simulator.failWhen(() => 'hang');
    simulator.onAsked = () => {
      controller.abort(new Error('enough'));
    };
    await expect(read({}, { signal: controller.signal })).rejects.toMatchObject({ code: 'cancelled' });
  });

  test.each(['http://user:hunter2@host/', 'http://host/?key=hunter2', 'http://host/#hunter2', 'ftp://host/'])(
    'refuses the address %s, and does not repeat it',
    async (baseUrl) => {
      const error: unknown = await read({ settings: { baseUrl } }).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'setting_invalid' });
      expect(String(error)).not.toMatch(/hunter2/);
    },
  );

  test('takes a folder, a file or a base URL from the command', async () => {
    for (const from of [SAMPLES, join(SAMPLES, 'data.json')]) {
      const { files, into } = await read({ from });
      expect(files).toMatchObject([{ name: 'data.json', from: join(SAMPLES, 'data.json') }]);
      expect(await readdir(into)).toEqual(['data.json']);
      expect((await read({ from, before: files })).result).toEqual({ state: 'unchanged' });
    }
    expect((await read({ from: `${simulator.url}/` })).files).toHaveLength(2);
  });

  test.each([
    ['file_missing', null],
    ['answer_invalid', 'no JSON'],
    ['answer_invalid', '[]'],
    ['answer_invalid', '{"films": [], "people": []}'],
    ['answer_invalid', '{"films": [{}], "people": {}}'],
  ])('names a file that cannot be it %s (%#)', async (code, text) => {
    const from = join(root, 'data.json');
    if (text !== null) await writeFile(from, text);
    await expect(read({ from })).rejects.toMatchObject({ code });
  });
});
