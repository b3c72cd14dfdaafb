import { join } from 'node:path';

import { afterEach, beforeAll, describe, expect, test } from 'vitest';

import { migrate } from '../src/db/migrate.ts';
import { openPglite } from '../src/db/pglite.ts';
import { endCommands, eventsOf, runCommand, startServer } from './commands.ts';
import type { Environment } from './commands.ts';
import { idOf, openReportLab, reportedFilm } from './reported-films.ts';
import { removeFoldersAfterEach, temporaryFolder } from './workshops.ts';

describe('filmbase reports', () => {
  removeFoldersAfterEach();
  let environment: Environment;
  beforeAll(async () => {
    environment = { FILMBASE_DATA: join(temporaryFolder(), 'data') };
    await fillDatabase(join(environment.FILMBASE_DATA ?? '', 'database'));
  });
  afterEach(endCommands);

  test('lists the reports, and prints one in each format, also while serve runs', async () => {
    const run = async (...args: string[]) => {
      const { exit, stdout, stderr } = await runCommand(['reports', ...args], environment);
      expect([exit, stderr]).toEqual([0, '']);
      return stdout;
    };
    const budgets = ['genre-budget', '--param', 'genre=war', '--param', 'agg=mean', '--format'];
    const alone = await run(...budgets, 'csv');
    expect(alone).toBe('year,genre,value,n,films,coverage\r\n2001,War,2.5,2,2,1\r\n2000,War,,0,1,0\r\n');

    await startServer(environment);
    expect(await run(...budgets, 'csv')).toBe(alone);
    expect(await run()).toContain('company-releases-by-genre');
    expect((await run(...budgets, 'table')).split('\n')[1]).toMatch(/^2001 +War +2\.5 +2 +2 +1$/);
    expect(JSON.parse(await run(...budgets, 'json'))).toEqual([
      { year: 2001, genre: 'War', value: 2.5, n: 2, films: 2, coverage: 1 },
      { year: 2000, genre: 'War', value: null, n: 0, films: 1, coverage: 0 },
    ]);
    const companies = JSON.parse(await run('company-budget', '--format', 'json')) as unknown[];
    expect(companies).toHaveLength(1_200);
    expect(await run('company-budget')).toContain('… and more');
    expect(JSON.parse(await run('genre-profit', '--param', 'genre=none', '--format', 'json'))).toEqual([]);
    expect(await run('genre-profit', '--param', 'genre=none')).toBe('No rows.\n');

    const wrong = {
      'a report that is none': ['frobnicate'],
      'a format that is none': ['genre-budget', '--format', 'xml'],
      'a parameter that it does not take': ['genre-budget', '--param', 'company=Pixar'],
      'a value that is not allowed': ['genre-budget', '--param', 'agg=max'],
      'a parameter without a value': ['genre-budget', '--param', 'agg'],
    };
    for (const [what, args] of Object.entries(wrong)) {
      const outcome = await runCommand(['reports', ...args, '--log', 'json'], environment);
      expect([what, outcome.exit, eventsOf(outcome)[0]?.event]).toEqual([what, 2, 'error']);
    }
  });
});

async function fillDatabase(folder: string): Promise<void> {
  const lab = await openReportLab();
  await lab.compute([
    reportedFilm({ year: 2001, genres: ['War'], budget: 1 }),
    reportedFilm({ year: 2001, genres: ['War'], budget: 4 }),
    reportedFilm({ year: 2000, genres: ['War'] }),
    ...Array.from({ length: 1_200 }, (_, at) => reportedFilm({ companies: [idOf(5_000 + at)] })),
  ]);
  const db = await openPglite({ folder });
  await migrate(db);
  await lab.serve(db);
  await db.close();
  await lab.close();
}
