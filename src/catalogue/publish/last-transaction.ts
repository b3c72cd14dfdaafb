import { setTimeout as pause } from 'node:timers/promises';
import sql, { raw } from 'sql-template-tag';

import type { Database, Transaction } from '../../db/database.ts';
import { FilmbaseError } from '../../model/errors.ts';
import { CATALOGUE_CHANNEL } from '../channel.ts';
import { commitBlock } from '../changes/change-block.ts';
import { replayJournal } from '../entry/journal.ts';
import { NAMES_OF_TABLES_OF_THINGS } from '../served-columns.ts';
import type { Extracts } from './extract.ts';
import type { PublishWork } from './publish-request.ts';
import { settleChanges, watchWritten } from './settle-changes.ts';
import type { StagedChanges } from './stage-changes.ts';
import { fillTable } from './stage.ts';
import { SWAPPED_TABLES } from './swap.ts';

/** PostgreSQL's code for a lock that was not had within `lock_timeout`. */
const LOCK_NOT_AVAILABLE = '55P03';
const DEADLOCK_DETECTED = '40P01';

/** How long a try waits for the locks: new readers wait behind it so long. */
const LOCK_TIMEOUT_MS = 100;

/** How long a publish goes on trying; readers of ours hold a lock for their statement's time limit at most. */
const PATIENCE_MS = 120_000;

/** The longest pause between two tries. */
const LONGEST_PAUSE_MS = 2_000;

/** How a publish brings the titles to its version. */
interface LastStep {
  /** The locks that keep writers out from the start; else others are waited for in the middle. */
  readonly lock: string;
  /** Null: the feed has told of the version before. */
  readonly staged: StagedChanges | null;
  readonly change: (tx: Transaction) => Promise<void>;
}

/**
 * The transaction that makes a version the served one. `change` brings the titles to the version; then aliases follow,
 * what people entered since the merge is served again, the version is stated, and what changed is numbered. Expects the
 * staged tables `publish_alias` and `publish_deleted`. While a lock cannot be had at once, all is undone and tried again,
 * so that no reader waits behind a waiting publish for long.
 */
export async function publishInOneTransaction(
  db: Database,
  work: PublishWork,
  { lock, staged, change }: LastStep,
): Promise<void> {
  const { version, idSalt } = work;
  await retryOnLocks(() =>
    db.transaction(async (tx) => {
      await tx.execute(`set local lock_timeout = ${LOCK_TIMEOUT_MS}; ${lock}`);
      const watch = await watchWritten(tx, work);
      await change(tx);
      await tx.execute(FOLLOW_TITLES);
      await replayJournal(tx, idSalt, version.journalSeq);
      const changes = staged === null ? 0 : await settleChanges(tx, staged, watch);
      await stateVersion(tx, work);
      if (staged !== null) {
        await commitBlock(tx, { block: staged.block, changes }, { version: version.version });
        await noteVersion(tx, version);
      }
      await tx.execute(DROP_STAGED);
      await tx.query(sql`select ${raw(`pg_notify('${CATALOGUE_CHANNEL}', '')`)}`);
    }),
  );
}

/**
 * Notes what the version was made of, and from where whoever has its files follows the feed: they lack what people wrote
 * after the journal entry that it holds, also where that was served before the version was.
 */
async function noteVersion(
  tx: Transaction,
  { version, inputs, journalSeq }: PublishWork['version'],
): Promise<void> {
  await tx.query(sql`
    insert into catalogue_version (version, published_at, inputs, follow_seq)
    select
      version,
      published_at,
      ${inputs},
      coalesce(
        (
          select first_seq - 1
          from change_block
          where journal_seq > ${journalSeq}
            and first_seq is not null
          order by journal_seq
          limit 1
        ),
        change_seq
      )
    from catalogue_state
    where version = ${version}
    on conflict (version) do update
    set published_at = excluded.published_at, inputs = excluded.inputs, follow_seq = excluded.follow_seq`);
}

/** Throws `sync_running` if another publish came between: what was compared is no longer what is served. */
async function stateVersion(tx: Transaction, { served, version, servedBefore }: PublishWork): Promise<void> {
  const { id, journalSeq } = version;
  const stated = await tx.query(sql`
    update catalogue_state
    set version = ${version.version}, version_id = ${id}, merged_seq = ${journalSeq},
      published_at = case when ${servedBefore === true} then published_at else now() end
    where version_id is not distinct from ${served.id}
    returning version`);
  if (stated.length > 0) return;
  throw new FilmbaseError(
    'sync_running',
    `Another sync has published since version ${served.version} was compared.`,
  );
}

/** What this publish staged, and what one that was cut off may have left. */
const DROP_STAGED = `drop table if exists ${[
  ...SWAPPED_TABLES.flatMap((table) => [`${table}_next`, `publish_${table}`]),
  ...NAMES_OF_TABLES_OF_THINGS.map((table) => `publish_gone_${table}`),
  'publish_alias',
  'publish_deleted',
  'publish_touched',
].join(', ')}`;

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
  await db.execute('create index on publish_alias (alias_id); create index on publish_deleted (id)');
}

/**
 * What served ids lead to, once the titles are the version's. An id of a key that its source has dropped goes on leading to the title
 * that it led to last (`led_to`), wherever that goes, and back when that is parted again. An id leads to a title only while it is
 * none itself, so to follow them ends.
 */
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
  where exists (select from title as t where t.id = a.alias_id)
    or exists (
      select from publish_alias as p
      where p.alias_id = a.alias_id
        and (p.title_id <> a.title_id or a.led_to is not null)
    );

  insert into title_alias (alias_id, key, title_id)
  select alias_id, key, title_id
  from publish_alias
  on conflict (alias_id) do nothing;

  with recursive step (alias_id, led_to, title_id) as (
    select alias_id, coalesce(led_to, title_id), coalesce(led_to, title_id)
    from title_alias as a
    where not exists (select from publish_alias as p where p.alias_id = a.alias_id)
    union
    select s.alias_id, s.led_to, coalesce(a.led_to, a.title_id)
    from step as s
    join title_alias as a on a.alias_id = s.title_id
  )
  update title_alias as a
  set led_to = s.led_to, title_id = s.title_id
  from step as s
  where s.alias_id = a.alias_id
    and not exists (select from title_alias as further where further.alias_id = s.title_id)
    and (a.led_to is distinct from s.led_to or a.title_id <> s.title_id);

  delete from title_gone as g
  where exists (select from title as t where t.id = g.id)
    or exists (
      select from title_alias as a
      join title as t on t.id = a.title_id
      where a.alias_id = g.id
    )`;

async function retryOnLocks(work: () => Promise<void>): Promise<void> {
  const start = performance.now();
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work();
      return;
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      if (code !== LOCK_NOT_AVAILABLE && code !== DEADLOCK_DETECTED) throw error;
      if (performance.now() - start > PATIENCE_MS) throw tablesHeld(error);
      await pause(Math.min(LOCK_TIMEOUT_MS * attempt, LONGEST_PAUSE_MS));
    }
  }
}

function tablesHeld(cause: unknown): FilmbaseError {
  const message = `The served tables were held by other transactions for ${PATIENCE_MS / 1000} s, so nothing was published.`;
  return new FilmbaseError('tables_held', message, { cause });
}
