import { cpSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { endCommands, eventsOf, runCommand, startServer } from './commands.ts';
import type { Environment, Outcome } from './commands.ts';
import { dump, filmId } from './dumps.ts';
import { temporaryFolder } from './workshops.ts';

describe('the verbs about where data come from', () => {
  let folder: string;
  let environment: Environment;
  const films = dump().films(30);
  const run = (...args: string[]) => runCommand([...args, '--log', 'json'], environment);

  beforeAll(async () => {
    folder = temporaryFolder();
    environment = { FILMBASE_DATA: join(folder, 'data') };
    const first = films.title('tt0000042', { title: 'Known', rating: 7, votes: 3 });
    await run('sync', 'imdb', '--from', first.write(join(folder, 'first')));
    await run('sync', 'imdb', '--from', first.without(filmId(3)).write(join(folder, 'second')));
  });
  afterAll(async () => {
    await endCommands();
    rmSync(folder, { recursive: true, force: true });
  });

  test('explain prints whose word is served', async () => {
    const [event] = eventsOf(await run('explain', 'tt0000042', 'votes'));
    expect(event).toMatchObject({
      event: 'provenance',
      fields: { votes: { value: 3, source: 'imdb', sourceKey: 'tt0000042', others: [] } },
    });
    const words = await runCommand(['explain', 'tt0000042'], environment);
    expect(words.stdout).toMatch(/^title +Known +imdb +tt0000042 +\S+ +\S+ +served$/m);
    expect(await run('explain', 'tt7777777')).toMatchObject({ exit: 1 });
    expect(await run('explain', 'tt0000042', 'colour')).toMatchObject({ exit: 2 });
  });

  test('lake files prints committed files that are there', async () => {
    const { stdout } = await runCommand(['lake', 'files', 'title'], environment);
    const files = stdout.trimEnd().split('\n');
    expect(files).toHaveLength(2);
    for (const file of files) expect(readFileSync(file).subarray(0, 4).toString()).toBe('PAR1');
    expect(await run('lake', 'files', 'nothing')).toMatchObject({ exit: 2 });
  });

  test('diff prints what lies between two versions', async () => {
    const [said] = eventsOf(await run('diff', '1', '2'));
    expect(said).toMatchObject({
      created: 0,
      updated: 0,
      deleted: 1,
      titles: [{ key: `imdb:${filmId(3)}` }],
    });
    const csv = await runCommand(['diff', '1', '2', '--format', 'csv'], environment);
    expect(csv.stdout.split('\r\n')[0]).toBe('change,id,key,title,field,was,is');
    expect(await run('diff', '1', '9')).toMatchObject({ exit: 1 });
    expect(await run('diff', '1', 'two')).toMatchObject({ exit: 2 });
  });

  test('rollback serves the older version, reprocess what raw says', async () => {
    expect(publishedIn(await run('rollback', '1'))).toMatchObject({ version: 3, difference: { created: 1 } });
    const events = eventsOf(await run('reprocess'));
    expect(events).toContainEqual(
      expect.objectContaining({ event: 'reprocessed', source: 'imdb', state: 'claimed' }),
    );
    expect(events).toContainEqual(expect.objectContaining({ event: 'published', version: 4 }));
  });

  test('backup and restore keep ids, with the lake and without, and refuse what is not theirs', async () => {
    const file = join(folder, 'filmbase.backup');
    await run('keys', 'create', '--name', 'editor');
    expect(await run('backup', file)).toMatchObject({ exit: 0 });
    expect(errorIn(await run('restore', file))).toMatchObject({ code: 'database_not_empty' });

    const bare = { FILMBASE_DATA: join(folder, 'bare') };
    const restored = await runCommand(['restore', file, '--log', 'json'], bare);
    expect(eventsOf(restored).map(({ event }) => event)).toEqual(['restored', 'empty']);
    expect(saltOf(bare)).toBe(saltOf(environment));

    const rebuilt = { FILMBASE_DATA: join(folder, 'rebuilt') };
    cpSync(join(folder, 'data', 'lake'), join(folder, 'rebuilt', 'lake'), { recursive: true });
    expect(publishedIn(await runCommand(['restore', file, '--log', 'json'], rebuilt))).toMatchObject({
      version: 4,
    });
    const [before, after] = await Promise.all(
      [environment, rebuilt].map((one) => runCommand(['explain', 'tt0000042', '--log', 'json'], one)),
    );
    expect(after?.stdout).toBe(before?.stdout);
    const keys = eventsOf(await runCommand(['keys', 'list', '--log', 'json'], rebuilt));
    expect(keys).toMatchObject([{ keys: [{ name: 'editor' }] }]);

    const other = { FILMBASE_DATA: join(folder, 'other') };
    await runCommand(['sync', 'imdb', '--from', join(folder, 'first')], other);
    for (const force of [[], ['--force']])
      expect((await runCommand(['restore', file, ...force], other)).exit).toBe(1);
    expect(await runCommand(['restore', join(folder, 'first', 'title.basics.tsv.gz')], bare)).toMatchObject({
      exit: 1,
    });
  });

  test('a backup is taken while the embedded database is served, and not restored then', async () => {
    const server = await startServer(environment);
    const file = join(folder, 'served.backup');
    expect(await run('backup', file)).toMatchObject({ exit: 0 });
    expect(errorIn(await run('restore', file, '--force'))).toMatchObject({ code: 'data_locked' });
    await server.kill('SIGTERM');
  });
});

function publishedIn(outcome: Outcome) {
  return eventsOf(outcome).find(({ event }) => event === 'published');
}

function errorIn(outcome: Outcome) {
  return eventsOf(outcome).find(({ event }) => event === 'error');
}

function saltOf({ FILMBASE_DATA = '' }: Environment): string {
  return readFileSync(join(FILMBASE_DATA, 'id-salt'), 'utf8').trim();
}
