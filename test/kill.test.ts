import { afterEach, expect, it } from 'vitest';

import { endCommands } from './commands.ts';
import { describeOnEachDatabase } from './databases.ts';
import { momentsOf, openGround } from './kill-ground.ts';
import { removeFoldersAfterEach } from './workshops.ts';

afterEach(endCommands);
removeFoldersAfterEach();

describeOnEachDatabase('a sync killed at any moment', (open) => {
  it('leaves the old catalogue or the new, whole, and the next sync succeeds and tidies up', async () => {
    const ground = await openGround((await open()).url);
    for (const moment of momentsOf(ground.durations.sync))
      expect(await ground.killSync(moment)).toMatchObject({ faults: [] });
  }, 300_000);
});
