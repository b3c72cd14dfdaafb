import type { Logger } from 'pino';
import sql from 'sql-template-tag';

import type { Database } from '../db/database.ts';
import type { Failure } from './run-record.ts';

/** A failure that goes on is told of again after so long. */
const REMIND_AFTER = '1 hour';

/** What the operator is told. No secret is in it. */
export interface Alert {
  readonly event: 'source_failed' | 'source_recovered';
  readonly source: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly error: Failure | null;
  /** A sentence for a person. */
  readonly text: string;
}

/** What telling the operator needs of a sync's world. */
export interface AlertWorld {
  readonly db: Database;
  readonly now: () => Date;
  readonly log: Logger;
  readonly postAlert: ((alert: Alert) => Promise<void>) | null;
}

/**
 * Tells the operator that a source failed, once for each kind of failure and then every hour, over all processes; and
 * once that it is well again (`failure` null). What cannot be told is logged, and told the next time.
 */
export async function alertOperator(
  world: AlertWorld,
  source: string,
  failure: Failure | null,
): Promise<void> {
  if (world.postAlert === null) return;
  const at = world.now();
  if (!(await isNews(world, source, failure, at))) return;
  const event = failure === null ? 'source_recovered' : 'source_failed';
  const text =
    failure === null
      ? `Filmbase: ${source} is read again.`
      : `Filmbase: ${source} failed: ${failure.message} (${failure.code})`;
  try {
    await world.postAlert({ event, source, at: at.toISOString(), error: failure, text });
  } catch (error) {
    world.log.error({ err: error, source, event }, 'the alert webhook could not be told');
    const before = failure === null ? 'untold' : null;
    await world.db.query(sql`update source set alerted_code = ${before} where name = ${source}`);
  }
}

/** Whether it is to be told; then it counts as told. */
async function isNews(
  { db }: AlertWorld,
  source: string,
  failure: Failure | null,
  at: Date,
): Promise<boolean> {
  const rows =
    failure === null
      ? await db.query(sql`
          update source
          set alerted_code = null, alerted_at = null
          where name = ${source}
            and alerted_code is not null
          returning name`)
      : await db.query(sql`
          update source
          set alerted_code = ${failure.code}, alerted_at = ${at}
          where name = ${source}
            and (
              alerted_code is distinct from ${failure.code}
              or alerted_at <= ${at}::timestamptz - ${REMIND_AFTER}::interval
            )
          returning name`);
  return rows.length > 0;
}
