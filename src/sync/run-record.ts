import sql from 'sql-template-tag';

import type { Database } from '../db/database.ts';
import type { RunManifest } from '../lake/manifests.ts';
import { FilmbaseError } from '../model/errors.ts';

// The account of runs in the database, for servers that do not have the lake.

export async function recordStarted(db: Database, source: string, run: string, at: Date): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(sql`
      insert into source (name, state, checked_at)
      values (${source}, 'running', ${at})
      on conflict (name) do update
      set state = 'running', checked_at = excluded.checked_at`);
    await tx.query(sql`
      insert into run (name, source, state, started_at, manifest)
      values (${run}, ${source}, 'running', ${at}, '{}')`);
  });
}

/** The source is as it was: the run leaves no row. */
export async function recordUnchanged(db: Database, source: string, run: string, at: Date): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(sql`
      update source
      set state = 'unchanged', fresh_at = ${at}, error_code = null, error_message = null
      where name = ${source}`);
    await tx.query(sql`delete from run where name = ${run}`);
  });
}

export async function recordDone(db: Database, manifest: RunManifest): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(sql`
      insert into run (name, source, state, started_at, finished_at, manifest)
      values (
        ${manifest.run}, ${manifest.source}, 'done', ${manifest.startedAt}, ${manifest.finishedAt},
        ${JSON.stringify(manifest)}
      )
      on conflict (name) do update
      set state = excluded.state, finished_at = excluded.finished_at, manifest = excluded.manifest`);
    await tx.query(sql`
      insert into source (name, state, checked_at, fresh_at, run)
      values (${manifest.source}, 'done', ${manifest.startedAt}, ${manifest.finishedAt}, ${manifest.run})
      on conflict (name) do update
      set state = 'done', fresh_at = excluded.fresh_at, run = excluded.run, error_code = null, error_message = null
      where source.run is null or source.run <= excluded.run`);
  });
}

export async function recordFailed(
  db: Database,
  source: string,
  run: string,
  at: Date,
  error: unknown,
  rejects: readonly object[],
): Promise<void> {
  const code = error instanceof FilmbaseError ? error.code : 'internal';
  const message = error instanceof Error ? error.message : String(error);
  await db.transaction(async (tx) => {
    await tx.query(sql`
      update run
      set state = 'failed', finished_at = ${at}, manifest = ${JSON.stringify({ error: { code, message }, rejects })}
      where name = ${run}`);
    await recordSourceError(tx, source, code, message);
  });
}

/** A source whose claims are in the lake, but whose catalogue could not be published. */
export async function recordSourceError(
  db: Pick<Database, 'query'>,
  source: string,
  code: string,
  message: string,
): Promise<void> {
  await db.query(sql`
    update source
    set state = 'failed', error_code = ${code}, error_message = ${message}
    where name = ${source}`);
}

/**
 * What is still said to be running was cut off, since whoever asks holds the lock that a run needs: it failed. A run
 * whose manifest the lake has is done, whatever was said of it.
 */
export async function settleRuns(db: Database, done: readonly RunManifest[], at: Date): Promise<void> {
  const unsettled = await db.query<{ name: string; source: string; state: string }>(
    sql`select name, source, state from run where state <> 'done' order by name`,
  );
  const cutOff = new FilmbaseError('cancelled', 'The process ended before the run did.');
  for (const { name, source, state } of unsettled) {
    const manifest = done.find((candidate) => candidate.run === name);
    if (manifest !== undefined) await recordDone(db, manifest);
    else if (state === 'running') await recordFailed(db, source, name, at, cutOff, []);
  }
}
