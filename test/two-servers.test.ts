import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import sql from 'sql-template-tag';
import { afterEach, expect, it } from 'vitest';

import { openGhibliSimulator } from '../samples/simulators/ghibli.ts';
import { endCommands, startServer } from './commands.ts';
import { describeOnPostgres } from './databases.ts';
import { ghibliFilms } from './ghibli-data.ts';
import { removeFoldersAfterEach, temporaryFolder } from './workshops.ts';

removeFoldersAfterEach();
afterEach(endCommands);

/** Shorter than the default, so that the test does not take a minute. */
const INTERVAL_MS = 2_000;

describeOnPostgres('two servers on one database and one data folder', (open) => {
  it('read a source once in each interval together, and serve a film that was removed no more', async () => {
    const { db, url } = await open();
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, 'filmbase.yaml'),
      `publish: {maxShrink: 1}\nsources: {ghibli: {schedule: every ${INTERVAL_MS / 1000}s}}\n`,
    );
    const data = ghibliFilms(3);
    const simulator = await openGhibliSimulator(data);
    const readings: number[] = [];
    let enough: (value: null) => void = () => undefined;
    const sevenReadings = new Promise<null>((resolve) => (enough = resolve));
    simulator.onAsked = ({ url: asked }) => {
      if (!asked.startsWith('/films')) return;
      readings.push(performance.now());
      if (readings.length === 3) data.films = data.films.slice(1);
      if (readings.length === 7) enough(null);
    };
    const environment = {
      FILMBASE_DATA: join(folder, 'data'),
      DATABASE_URL: url,
      GHIBLI_BASE_URL: simulator.url,
    };
    const servers = await Promise.all([startServer(environment), startServer(environment)]);
    await sevenReadings;
    const answers = await Promise.all(servers.map(({ address }) => fetch(`${address}/movies?source=ghibli`)));
    const lists = (await Promise.all(answers.map((answer) => answer.json()))) as { data: unknown[] }[];
    await Promise.all(servers.map((server) => server.kill('SIGTERM')));
    await simulator.close();

    const gaps = readings.slice(1).map((at, index) => at - (readings[index] ?? 0));
    expect(gaps.filter((ms) => ms < INTERVAL_MS * 0.7)).toEqual([]);
    expect(lists.map((list) => list.data.length)).toEqual([2, 2]);
    const done = await db.query(sql`select name from run where source = 'ghibli' and state = 'done'`);
    expect(done.length).toBe(2);
  });
});
