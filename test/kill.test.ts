import { join } from 'node:path';

import { afterEach, expect, it } from 'vitest';

import { endCommands } from './commands.ts';
import { describeOnEachDatabase, describeOnPglite } from './databases.ts';
import { dump } from './dumps.ts';
import { KillGround, momentsWithin } from './kill-trials.ts';
import { removeFoldersAfterEach, temporaryFolder } from './workshops.ts';

afterEach(endCommands);
removeFoldersAfterEach();

const KILLS = 6;

/** Enough that a publish takes its while. */
const FILMS = 2_000;

const TIMEOUT_MS = 300_000;

async function openGround(url: string | null): Promise<KillGround> {
  const folder = temporaryFolder();
  const dumps = ['A', 'B'].map((version) =>
    dump()
      .films(FILMS, (number) => ({ title: `Film ${number} ${version}` }))
      .write(join(temporaryFolder(), version)),
  );
  const [a = '', b = ''] = dumps;
  const ground = new KillGround(folder, url, [a, b]);
  await ground.prepare();
  return ground;
}

/** The moments hang on the time, and on `FILMBASE_TEST_SEED` where a failure is to be seen again. */
function momentsOf(durationMs: number): number[] {
  const seed = Number(process.env.FILMBASE_TEST_SEED ?? Date.now() % 1_000_000);
  console.log(`FILMBASE_TEST_SEED=${seed} over ${Math.round(durationMs)} ms`);
  return momentsWithin(durationMs, KILLS, seed);
}

describeOnEachDatabase('a sync killed at any moment', (open) => {
  it(
    'leaves the old catalogue or the new, whole, and the next sync succeeds and tidies up',
    async () => {
      const ground = await openGround((await open()).url);
      for (const moment of momentsOf(ground.durations.sync))
        expect(await ground.killSync(moment)).toMatchObject({ faults: [] });
    },
    TIMEOUT_MS,
  );
});

describeOnPglite('a server killed at any moment of a sync within it', () => {
  it(
    'leaves the old catalogue or the new, whole, and the next server serves and syncs',
    async () => {
      const ground = await openGround(null);
      for (const moment of momentsOf(ground.durations.serve))
        expect(await ground.killServer(moment)).toMatchObject({ faults: [] });
    },
    TIMEOUT_MS,
  );
});
