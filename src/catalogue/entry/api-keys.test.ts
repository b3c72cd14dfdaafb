import { createHash } from 'node:crypto';
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import sql from 'sql-template-tag';
import { expect, test } from 'vitest';

import { describeOnEachDatabase, describeOnPostgres } from '../../../test/databases.ts';
import { removeFoldersAfterEach, temporaryFolder } from '../../../test/workshops.ts';
import { migrate } from '../../db/migrate.ts';
import { openPostgres } from '../../db/postgres.ts';
import { createApiKey, findApiKey, renewApiKey, revokeApiKey } from './api-keys.ts';

removeFoldersAfterEach();

const ID_SALT = '0123456789abcdef'.repeat(4);

describeOnEachDatabase('an API key', (open) => {
  test('is known until it is revoked, here and nowhere else', async () => {
    const { db } = await open();
    const { id, key } = await createApiKey({ db, idSalt: ID_SALT }, 'editor', 'write');
    expect(await findApiKey({ db, idSalt: ID_SALT }, key)).toEqual({ id, name: 'editor', role: 'write' });
    expect(await findApiKey({ db, idSalt: ID_SALT.replace('0', 'f') }, key)).toBeNull();
    expect(await findApiKey({ db, idSalt: ID_SALT }, `${key}x`)).toBeNull();
    expect([await revokeApiKey(db, id), await revokeApiKey(db, id)]).toEqual([true, false]);
    expect(await findApiKey({ db, idSalt: ID_SALT }, key)).toBeNull();
  });

  test('of a trial ends with the next start', async () => {
    const world = { db: (await open()).db, idSalt: ID_SALT };
    const first = await renewApiKey(world, 'try-out', 'write');
    const second = await renewApiKey(world, 'try-out', 'write');
    expect([await findApiKey(world, first.key), (await findApiKey(world, second.key))?.id]).toEqual([
      null,
      second.id,
    ]);
  });

  test('of which SHA-256 alone was kept still opens', async () => {
    const { db } = await open();
    await db.execute('drop schema public cascade; create schema public');
    await migrate(db, { folder: migrationsBefore('0004') });
    await db.query(sql`insert into installation (id_salt) values (${ID_SALT})`);
    const hash = createHash('sha256').update('fb_old').digest('hex');
    const id = '00000000-0000-4000-8000-000000000001';
    await db.query(sql`insert into api_key (id, name, role, hash) values (${id}, 'old', 'admin', ${hash})`);
    await migrate(db);
    expect(await findApiKey({ db, idSalt: ID_SALT }, 'fb_old')).toEqual({ id, name: 'old', role: 'admin' });
  });
});

describeOnPostgres('an API key', (open) => {
  test('that one process revokes is unknown to another at once', async () => {
    const { db, url } = await open();
    const other = await openPostgres({ url });
    const { id, key } = await createApiKey({ db, idSalt: ID_SALT }, 'editor', 'write');
    const before = await findApiKey({ db: other, idSalt: ID_SALT }, key);
    await revokeApiKey(db, id);
    const after = await findApiKey({ db: other, idSalt: ID_SALT }, key);
    await other.close();
    expect([before?.id, after]).toEqual([id, null]);
  });
});

/** A folder of the migrations with smaller numbers. */
function migrationsBefore(number: string): string {
  const all = join(import.meta.dirname, '../../../migrations');
  const folder = temporaryFolder();
  for (const name of readdirSync(all).filter((file) => /^\d{4}_/.test(file) && file < number))
    cpSync(join(all, name), join(folder, name));
  return folder;
}
