import sql, { raw } from 'sql-template-tag';

import type { Database } from '../../db/database.ts';
import { openBlock, recordSnapshot } from '../changes/change-block.ts';
import { recordChanges } from '../changes/record-changes.ts';
import { titleDocuments } from '../queries/title-document.ts';
import type { Extracts } from './extract.ts';
import type { PublishWork } from './publish-request.ts';
import { fillTable } from './stage.ts';

/** The documents of so many titles take well under 200 ms, for which the embedded database answers nothing else. */
const BATCH = { pglite: 100, postgres: 1_000 } as const;

/** What a publish has written for the feed, unseen until its last transaction. */
export interface StagedChanges {
  readonly block: number;
  readonly changes: number;
  /** Whether it tells nothing but that everything may be otherwise. */
  readonly isSnapshot: boolean;
}

/**
 * Writes what a publish will change in what is served, once its tables stand ready and before its last transaction. Where
 * nobody knows what was served, as before the first publish, that is one snapshot; null where the feed has told of it all before. `asPublished` heads a statement in which
 * the tables are as they will be.
 */
export async function stageChanges(
  db: Database,
  extracts: Extracts,
  { base, servedBefore, progress }: PublishWork,
  asPublished: string,
): Promise<StagedChanges | null> {
  if (servedBefore === true) return null;
  const block = await openBlock(db);
  if (base === null) {
    await recordSnapshot(db, block);
    return { block, changes: 1, isSnapshot: true };
  }
  const total = await fillTouched(db, extracts);
  let changes = 0;
  let done = 0;
  for await (const ids of batchesOfTouched(db)) {
    const ofIds = titleDocuments(sql`${ids}`);
    const after = sql`${raw(asPublished)} ${ofIds}`;
    changes += await recordChanges(db, { block, changes, before: ofIds, after, alias: 'publish_alias' });
    progress({ label: 'changes', done: (done += ids.length), total, unit: 'rows' });
  }
  return { block, changes, isSnapshot: false };
}

/** Fills `publish_touched`: the titles that may be otherwise, with those whose ids will lead to another; gives how many. */
async function fillTouched(db: Database, extracts: Extracts): Promise<number> {
  const extract = await extracts.touched();
  await fillTable(db, {
    name: 'publish_touched',
    definition: '(id uuid primary key)',
    extract,
  });
  await db.query(sql`
    insert into publish_touched (id)
    select a.alias_id
    from publish_alias as a
    join title as t on t.id = a.alias_id
    on conflict (id) do nothing`);
  const [row] = await db.query<{ total: number }>(sql`select count(*) as total from publish_touched`);
  return row?.total ?? 0;
}

async function* batchesOfTouched(db: Database): AsyncGenerator<string[]> {
  let last = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await db.query<{ id: string }>(sql`
      select id
      from publish_touched
      where id > ${last}
      order by id
      limit ${BATCH[db.engine]}`);
    const end = rows.at(-1);
    if (end === undefined) return;
    yield rows.map(({ id }) => id);
    last = end.id;
  }
}
