import { join } from 'node:path';

import { expect, test } from 'vitest';

import { describeOnEachDatabase } from '../../test/databases.ts';
import { dumpSchema } from './dump-schema.ts';
import { migrationsFolder } from './migrate.ts';

describeOnEachDatabase('the net schema', (open) => {
  test('is the one dumped beside the migrations (`npx vitest run src/db/dump-schema -u` writes it)', async () => {
    const { db } = await open();
    await expect(await dumpSchema(db)).toMatchFileSnapshot(join(migrationsFolder(), 'schema.txt'));
  });
});
