import { createHash, randomBytes, randomUUID } from 'node:crypto';
import sql from 'sql-template-tag';

import type { Database, Queryable } from '../../db/database.ts';
import type { ApiKey } from '../../model/writers.ts';
import { keyedHash } from './keyed-hash.ts';
import type { EntryWorld } from './write.ts';

/** What a key begins with, so that a person or a scanner of leaked secrets knows one. */
const PREFIX = 'fb_';

/** Where keys are kept, and the salt without which what is kept of them opens nothing. */
type KeyWorld = Pick<EntryWorld, 'db' | 'idSalt'>;

/**
 * What is kept of a key, by which it is looked up. A slow hash is for passwords, which can be guessed. A key is 256 random
 * bits: nobody tries them all, however fast each try is, and each write would wait for a slow one. SHA-256 within, since
 * that alone was kept of keys once, and those still open.
 */
export function hashApiKey(idSalt: string, key: string): string {
  return keyedHash(idSalt, 'API key', createHash('sha256').update(key).digest('hex'));
}

/** Makes a key and gives it, for the only time; the database keeps its hash. */
export async function createApiKey(
  { db, idSalt }: KeyWorld,
  name: string,
  role: ApiKey['role'],
): Promise<{ id: string; key: string }> {
  const key = `${PREFIX}${randomBytes(32).toString('base64url')}`;
  const id = randomUUID();
  await db.query(sql`
    insert into api_key (id, name, role, hash)
    values (${id}, ${name}, ${role}, ${hashApiKey(idSalt, key)})`);
  return { id, key };
}

/** Whose key this is; null if there is none or it is revoked. Asked at each write, so that revoking holds at once. */
export async function findApiKey({ db, idSalt }: KeyWorld, key: string): Promise<ApiKey | null> {
  const [found] = await db.query<ApiKey>(sql`
    select id, name, role
    from api_key
    where hash = ${hashApiKey(idSalt, key)}
      and revoked_at is null`);
  return found ?? null;
}

/** Makes the key of a trial start; that of the start before is revoked, since nobody can be shown it again. */
export async function renewApiKey(
  world: KeyWorld,
  name: string,
  role: ApiKey['role'],
): Promise<{ id: string; key: string }> {
  await world.db.query(
    sql`update api_key set revoked_at = now() where name = ${name} and revoked_at is null`,
  );
  return createApiKey(world, name, role);
}

export interface ListedApiKey extends ApiKey {
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

/** Every key, newest first. */
export function listApiKeys(db: Queryable): Promise<ListedApiKey[]> {
  return db.query<ListedApiKey>(sql`
    select id, name, role, created_at as "createdAt", revoked_at as "revokedAt"
    from api_key
    order by created_at desc, id`);
}

/** Revokes the key; false if there is none with this id that is not revoked. */
export async function revokeApiKey(db: Database, id: string): Promise<boolean> {
  const rows = await db.query(sql`
    update api_key
    set revoked_at = now()
    where id = ${id}
      and revoked_at is null
    returning id`);
  return rows.length > 0;
}
