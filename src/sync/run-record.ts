import sql from 'sql-template-tag';

import type { Database, Queryable } from '../db/database.ts';
import type { RunManifest } from '../lake/manifests.ts';
import { FilmbaseError } from '../model/errors.ts';

// The account of runs in the database, for servers that do not have the lake.

/** False, and nothing done, if another run has the name. */
export async function recordStarted(db: Database, source: string, run: string, at: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    const named = await tx.query(sql`
      insert into run (name, source, state, started_at, manifest)
      values (${run}, ${source}, 'running', ${at}, '{}')
      on conflict (name) do nothing
      returning name`);
    if (named.length === 0) return false;
    await tx.query(sql`
      insert into source (name, state, checked_at)
      values (${source}, 'running', ${at})
      on conflict (name) do update
      set state = 'running', checked_at = excluded.checked_at`);
    return true;
  });
}

/**
 * The source is as it was: the run leaves no row. `freshAt` is null where what it says is not served: then it is no fresher, and
 * what hinders it still does.
 */
export async function recordUnchanged(
  db: Database,
  source: string,
  run: string,
  freshAt: Date | null,
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(sql`
      update source
      set state = case when ${freshAt}::timestamptz is null and error_code is not null then 'failed' else 'unchanged' end,
        fresh_at = coalesce(${freshAt}, fresh_at),
        error_code = case when ${freshAt}::timestamptz is null then error_code end,
        error_message = case when ${freshAt}::timestamptz is null then error_message end
      where name = ${source}`);
    await tx.query(sql`delete from run where name = ${run}`);
  });
}

/** A run that is done, wholly or in part. What was read in part is no fresher than before. */
export async function recordDone(db: Database, manifest: RunManifest): Promise<void> {
  const { partial } = manifest;
  const state = partial === null ? 'done' : 'partial';
  const freshAt = partial === null ? manifest.finishedAt : null;
  await db.transaction(async (tx) => {
    await tx.query(sql`
      insert into run (name, source, state, started_at, finished_at, manifest)
      values (
        ${manifest.run}, ${manifest.source}, ${state}, ${manifest.startedAt}, ${manifest.finishedAt},
        ${JSON.stringify(manifest)}
      )
      on conflict (name) do update
      set state = excluded.state, finished_at = excluded.finished_at, manifest = excluded.manifest`);
    await tx.query(sql`
      insert into source (name, state, checked_at, fresh_at, run, error_code, error_message)
      values (
        ${manifest.source}, ${state}, ${manifest.startedAt}, ${freshAt}, ${manifest.run},
        ${partial?.code ?? null}, ${partial?.message ?? null}
      )
      on conflict (name) do update
      set state = excluded.state, fresh_at = coalesce(excluded.fresh_at, source.fresh_at), run = excluded.run,
        error_code = excluded.error_code, error_message = excluded.error_message
      where source.run is null or source.run <= excluded.run`);
  });
}

/** A run whose raw was claimed anew: it is as fresh as it was. */
export async function recordClaimedAnew(db: Database, manifest: RunManifest): Promise<void> {
  await db.query(sql`update run set manifest = ${JSON.stringify(manifest)} where name = ${manifest.run}`);
}

/** Of a source that is asked every few seconds, and fails for days. */
const FAILED_RUNS_KEPT = 500;

/** What went wrong, as it is kept and shown. */
export interface Failure {
  readonly code: string;
  /** Without secrets. */
  readonly message: string;
}

interface Redactor {
  readonly withoutSecrets: (text: string) => string;
}

export function failureOf({ withoutSecrets }: Redactor, error: unknown): Failure {
  const code = error instanceof FilmbaseError ? error.code : 'internal';
  return { code, message: withoutSecrets(error instanceof Error ? error.message : String(error)) };
}

export async function recordFailed(
  db: Database,
  source: string,
  run: string,
  at: Date,
  { code, message }: Failure,
  rejects: readonly object[],
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(sql`
      update run
      set state = 'failed', finished_at = ${at}, manifest = ${JSON.stringify({ error: { code, message }, rejects })}
      where name = ${run}`);
    await recordSourceError(tx, source, { code, message });
    await tx.query(sql`
      delete from run
      where name in (
        select name
        from run
        where source = ${source}
          and state = 'failed'
        order by started_at desc, name desc
        offset ${FAILED_RUNS_KEPT}
      )`);
  });
}

/** A source whose claims are in the lake, but whose catalogue could not be published. */
export async function recordSourceError(
  db: Queryable,
  source: string,
  { code, message }: Failure,
): Promise<void> {
  await db.query(sql`
    update source
    set state = 'failed', error_code = ${code}, error_message = ${message}
    where name = ${source}`);
}

const CUT_OFF: Failure = { code: 'cancelled', message: 'The process ended before the run did.' };

/**
 * What is still said to be running of `source` was cut off, since whoever asks holds the source: it failed. A run whose
 * manifest the lake has is done, whatever was said of it.
 */
export async function settleRuns(
  db: Database,
  source: string,
  done: readonly RunManifest[],
  at: Date,
): Promise<void> {
  const unsettled = await db.query<{ name: string; state: string }>(sql`
    select name, state
    from run
    where source = ${source}
      and (state = 'running' or (state = 'failed' and name = any(${done.map(({ run }) => run)})))
    order by name`);
  for (const { name, state } of unsettled) {
    const manifest = done.find((candidate) => candidate.run === name);
    if (manifest !== undefined) await recordDone(db, manifest);
    else if (state === 'running') await recordFailed(db, source, name, at, CUT_OFF, []);
  }
}
