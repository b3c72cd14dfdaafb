import sql, { raw } from 'sql-template-tag';

import type { Database, Transaction } from '../../db/database.ts';
import type { VersionManifest } from '../../lake/manifests.ts';
import { CATALOGUE_CHANNEL } from '../channel.ts';
import { replayJournal } from '../entry/journal.ts';
import type { Extracts } from './extract.ts';
import { fillTable } from './stage.ts';

/** PostgreSQL's code for a lock that was not had within `lock_timeout`. */
const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK_DETECTED = '40P01';

/** Tries at the locks, each of 100 ms, before a publish gives up: a reader may hold them for its statement timeout. */
const LOCK_TRIES = 600;

export interface LastTransaction {
  readonly version: VersionManifest;
  readonly idSalt: string;
}

/**
 * The transaction that makes a version the served one. `change` brings the titles to the version under locks that it
 * takes itself; then aliases follow, what people entered since the merge is served again, and the version is stated.
 * Expects the staged tables `publish_alias` and `publish_deleted`. While a lock cannot be had at once, all is undone
 * and tried again, so that no reader waits behind a waiting publish for long.
 */
export async function publishInOneTransaction(
  db: Database,
  { version, idSalt }: LastTransaction,
  change: (tx: Transaction) => Promise<void>,
): Promise<void> {
  await retryOnLocks(() =>
    db.transaction(async (tx) => {
      await tx.execute(`set local lock_timeout = '100ms'`);
      await change(tx);
      await tx.execute(FOLLOW_TITLES);
      await replayJournal(tx, idSalt, version.journalSeq);
      await tx.query(sql`
        update catalogue_state
        set version = ${version.version}, published_at = now()`);
      await tx.execute(DROP_STAGED);
      await tx.query(sql`select ${raw(`pg_notify('${CATALOGUE_CHANNEL}', '')`)}`);
    }),
  );
}

/** What this publish staged, and what one that was cut off may have left. */
const DROP_STAGED = `
  drop table if exists
    title_next, title_genre_next, publish_title, publish_title_genre, publish_alias, publish_deleted`;

/** Fills `publish_alias` and `publish_deleted`, which the last transaction expects. */
export async function fillPublishTables(db: Database, extracts: Extracts): Promise<void> {
  await fillTable(db, {
    name: 'publish_alias',
    definition: '(like title_alias)',
    extract: await extracts.alias(),
  });
  await fillTable(db, {
    name: 'publish_deleted',
    definition: '(id uuid, key text)',
    extract: await extracts.deleted(),
  });
}

/** What served ids lead to, once the titles are the version's. */
const FOLLOW_TITLES = `
  insert into title_gone (id, key, version)
  select d.id, d.key, s.version + 1
  from publish_deleted as d
  cross join catalogue_state as s
  where not exists (select from publish_alias as a where a.alias_id = d.id)
  on conflict (id) do nothing;

  insert into title_gone (id, key, version)
  select a.alias_id, a.key, s.version + 1
  from title_alias as a
  join publish_deleted as d on d.id = a.title_id
  cross join catalogue_state as s
  where not exists (select from publish_alias as p where p.alias_id = a.alias_id)
    and not exists (select from title as t where t.id = a.alias_id)
  on conflict (id) do nothing;

  delete from title_alias as a
  where not exists (
    select from publish_alias as p
    where p.alias_id = a.alias_id
      and p.title_id = a.title_id
  );

  insert into title_alias (alias_id, key, title_id)
  select alias_id, key, title_id
  from publish_alias
  on conflict (alias_id) do nothing;

  delete from title_gone as g
  where exists (select from title as t where t.id = g.id)
    or exists (select from title_alias as a where a.alias_id = g.id)`;

async function retryOnLocks(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work();
      return;
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      if ((code !== LOCK_NOT_AVAILABLE && code !== DEADLOCK_DETECTED) || attempt === LOCK_TRIES) throw error;
    }
  }
}
