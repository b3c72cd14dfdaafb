import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { EXPORTED_TABLES } from '../src/catalogue/export/exported-tables.ts';
import { literal } from '../src/model/lake-engine.ts';
import { openClaimLake } from './claims.ts';
import type { ClaimLake } from './claims.ts';
import { endCommands, eventsOf, runCommand, startServer } from './commands.ts';
import type { Environment } from './commands.ts';
import { dump, filmId } from './dumps.ts';
import { removeFoldersAfterEach, temporaryFolder } from './workshops.ts';

const FILMS = 300;

describe('export', () => {
  let environment: Environment;
  let out: string;
  let reader: ClaimLake;
  beforeAll(async () => {
    const folder = temporaryFolder();
    out = folder;
    environment = { FILMBASE_DATA: join(folder, 'data') };
    const films = dump()
      .films(FILMS)
      .title(filmId(1), { title: 'A "quoted", name', genres: ['Drama', 'War'], rating: 7.5, votes: 12 });
    const loaded = await runCommand(
      ['sync', 'imdb', '--from', films.write(join(folder, 'dump'))],
      environment,
    );
    expect(loaded).toMatchObject({ exit: 0 });
    reader = await openClaimLake();
  });
  afterEach(endCommands);
  afterAll(() => reader.close());
  const exported = (...args: string[]) => runCommand(['export', ...args], environment);

  test('writes a table to a file that other readers open, lists as lists', async () => {
    const file = join(out, 'title.parquet');
    const { exit, stdout } = await exported('title', '--out', file, '--log', 'json');
    expect(exit).toBe(0);
    expect(stdout).toContain(`"rows":${FILMS}`);
    const rows = await reader.engine.rows<{ films: number; genre: string }>(
      `select count(*) as films, max(genres[2]) filter (imdb_id = ${literal(filmId(1))}) as genre from ${literal(file)}`,
    );
    expect(rows).toEqual([{ films: FILMS, genre: 'War' }]);
    expect(readdirSync(out)).not.toContain('title.parquet.part');
  });

  test('writes CSV to the standard output, quoted where it must be', async () => {
    const { exit, stdout } = await exported('title');
    expect(exit).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(FILMS + 1);
    expect(lines[0]).toMatch(/^id,key,imdb_id,/);
    expect(lines.find((line) => line.includes(filmId(1)))).toContain('"A ""quoted"", name"');
  });

  test('streams through the server that holds the database', async () => {
    const server = await startServer(environment);
    const { exit, stdout } = await exported('rating', '--format', 'ndjson');
    expect(exit).toBe(0);
    const ratings = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { system: string; rating: number; votes: number });
    expect(ratings).toContainEqual(expect.objectContaining({ system: 'imdb', rating: 7.5, votes: 12 }));
    const file = join(out, 'through-server.csv');
    expect(await exported('title_genre', '--out', file)).toMatchObject({ exit: 0 });
    expect(readFileSync(file, 'utf8')).toMatch(/^title_id,genre\n/);
    await server.kill('SIGTERM');
  });

  test('lists the tables, and refuses one that there is not, or a format', async () => {
    const [event] = eventsOf(await exported('--log', 'json')) as unknown as { tables: string[] }[];
    expect(event?.tables).toEqual([...Object.keys(EXPORTED_TABLES), 'omdb-documents'].sort());
    expect(await exported('titles')).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('There is no table titles; there are: ') as unknown,
    });
    expect(await exported('constructor')).toMatchObject({ exit: 2 });
    expect(await exported('title', '--out', '/dev/null')).toMatchObject({ exit: 2 });
    expect(await exported('title', '--out', join(out, 'nowhere/title.csv'))).toMatchObject({ exit: 2 });
    expect(await exported('title', '--format', 'xls')).toMatchObject({ exit: 2 });
  });
});

describe('export before anything is published', () => {
  afterAll(endCommands);
  removeFoldersAfterEach();

  test('says what to do', async () => {
    const outcome = await runCommand(['export', 'title'], { FILMBASE_DATA: join(temporaryFolder(), 'data') });
    expect(outcome).toMatchObject({ exit: 1, stdout: '' });
    expect(outcome.stderr).toContain('not_ready');
  });
});
