import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, beforeAll, describe, expect, test } from 'vitest';

import { publishOffers, registerSellers } from '../src/catalogue/offers/publish-offers.ts';
import { migrate } from '../src/db/migrate.ts';
import { openPglite } from '../src/db/pglite.ts';
import { ID_SALT } from './api.ts';
import { endCommands, eventsOf, runCommand } from './commands.ts';
import type { Environment } from './commands.ts';
import { openPriceLab } from './price-lab.ts';
import { removeFoldersAfterEach, temporaryFolder } from './workshops.ts';

const SAMPLES = fileURLToPath(new URL('../samples/prices', import.meta.url));

describe('filmbase prices', () => {
  removeFoldersAfterEach();
  let environment: Environment;
  beforeAll(async () => {
    environment = { FILMBASE_DATA: join(temporaryFolder(), 'data') };
    await fillDatabase(join(environment.FILMBASE_DATA ?? '', 'database'));
  });
  afterEach(endCommands);

  test('prints the cheapest offers by words of the title, and who did not answer; reports print theirs', async () => {
    const run = async (...args: string[]) => {
      const { exit, stdout, stderr } = await runCommand(args, environment);
      expect([exit, stderr]).toEqual([0, '']);
      return stdout;
    };
    const found = await run('prices', 'monsters', 'INC');
    expect(found).toContain('Monsters, Inc.');
    expect(found).toContain('silent was not asked yet.');
    expect(await run('prices', 'no such film')).toContain('No offers.');
    const csv = await run('reports', 'cheapest-seller', '--format', 'csv', '--param', 'top=2');
    const [header, first, second] = csv.split('\r\n');
    expect(header).toBe('currency,rank,seller,value,films,sellers');
    expect(first).toMatch(/^AUD,1,(redbarn|lanternfilms),[\d.]+,8,2$/);
    expect(second).toMatch(/^AUD,2,(redbarn|lanternfilms),[\d.]+,8,2$/);
    expect(JSON.parse(await run('reports', 'cheapest-title', '--format', 'json'))).toMatchObject([
      { rank: 1 },
    ]);
    expect(await run('reports')).toContain('cheapest-title');
    const wrong = ['reports', 'cheapest-seller', '--param', 'seller=nobody', '--log', 'json'];
    const outcome = await runCommand(wrong, environment);
    expect([outcome.exit, eventsOf(outcome)[0]?.event]).toEqual([2, 'error']);
  });
});

async function fillDatabase(folder: string): Promise<void> {
  const lab = await openPriceLab();
  const poller = lab.poller([]);
  const poll = await lab.claim(await poller.read({ now: new Date(), from: SAMPLES }));
  const db = await openPglite({ folder });
  await migrate(db);
  await publishOffers(db, lab.engine, { idSalt: ID_SALT, runs: [poll] });
  await registerSellers(db, [{ name: 'silent', currency: 'AUD' }]);
  await db.close();
  await lab.close();
}
