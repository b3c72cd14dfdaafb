import { afterEach, expect, it } from 'vitest';

import { endCommands } from './commands.ts';
import { describeOnPglite } from './databases.ts';
import { momentsOf, openGround } from './kill-ground.ts';
import { removeFoldersAfterEach } from './workshops.ts';

afterEach(endCommands);
removeFoldersAfterEach();

describeOnPglite('a server killed at any moment of a sync within it', () => {
  it('leaves the old catalogue or the new, whole, and the next server serves and syncs', async () => {
    const ground = await openGround(null);
    for (const moment of momentsOf(ground.durations.serve))
      expect(await ground.killServer(moment)).toMatchObject({ faults: [] });
  }, 300_000);
});
