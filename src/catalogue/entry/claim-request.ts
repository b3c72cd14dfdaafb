import sql from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import { FilmbaseError } from '../../model/errors.ts';
import type { Claim, KeptAnswer, RepeatableRequest, Ticket } from '../../model/writers.ts';
import { keyedHash } from './keyed-hash.ts';
import { inFlight } from './ticket.ts';
import type { EntryWorld } from './write.ts';

/** A try that has come to nothing in this time is dead: its process was killed. */
const DEAD_AFTER_MS = 60_000;

const KEPT_MS = 24 * 3600 * 1000;

/** More than come with one request, so that old ones go sooner than new ones come. */
const FORGOTTEN_AT_ONCE = 10;

/**
 * Takes the request for this try, unless it was done already; what a dead try has left is taken over. Throws
 * `request_in_flight` and `idempotency_mismatch`.
 */
export async function claimRequest(world: EntryWorld, request: RepeatableRequest): Promise<Claim> {
  const { db, idSalt } = world;
  const now = world.now();
  const holder = keyedHash(idSalt, 'holder', request.holder);
  const hash = keyedHash(idSalt, 'request', request.content);
  const ticket = { holder, key: request.key, ticket: world.newId() };
  await forgetOld(db, now);
  for (;;) {
    if (await takeFirst(db, ticket, hash, now)) return { state: 'new', ticket };
    const before = await findRequest(db, ticket);
    if (before === null) continue;
    if (before.hash !== hash) throw mismatch();
    if (before.result !== null)
      return { state: 'done', ticket: before, result: before.result, answer: before.answer };
    if (before.claimedAt.getTime() > now.getTime() - DEAD_AFTER_MS) throw inFlight();
    if (await takeOver(db, before, ticket, now)) return { state: 'new', ticket };
  }
}

async function takeFirst(db: Queryable, ticket: Ticket, hash: string, now: Date): Promise<boolean> {
  const taken = await db.query(sql`
    insert into idempotency_key (holder, key, request_hash, ticket, claimed_at)
    values (${ticket.holder}, ${ticket.key}, ${hash}, ${ticket.ticket}, ${now})
    on conflict (holder, key) do nothing
    returning key`);
  return taken.length > 0;
}

interface KnownRequest extends Ticket {
  readonly hash: string;
  readonly claimedAt: Date;
  readonly result: unknown;
  readonly answer: KeptAnswer | null;
}

async function findRequest(db: Queryable, { holder, key }: Ticket): Promise<KnownRequest | null> {
  const [found] = await db.query<KnownRequest>(sql`
    select holder, key, ticket, request_hash as hash, claimed_at as "claimedAt", result, answer
    from idempotency_key
    where holder = ${holder}
      and key = ${key}`);
  return found ?? null;
}

/** Whether the ticket of the dead try is now ours: one of several gets it. */
async function takeOver(db: Queryable, dead: Ticket, ticket: Ticket, now: Date): Promise<boolean> {
  const taken = await db.query(sql`
    update idempotency_key
    set ticket = ${ticket.ticket}, claimed_at = ${now}
    where holder = ${dead.holder}
      and key = ${dead.key}
      and ticket = ${dead.ticket}
      and result is null
    returning key`);
  return taken.length > 0;
}

/** Those that someone else is removing or filling are passed over. */
async function forgetOld(db: Queryable, now: Date): Promise<void> {
  await db.query(sql`
    delete from idempotency_key
    where (holder, key) in (
      select holder, key
      from idempotency_key
      where claimed_at < ${new Date(now.getTime() - KEPT_MS)}
      order by claimed_at, holder, key
      limit ${FORGOTTEN_AT_ONCE}
      for update skip locked
    )`);
}

function mismatch(): FilmbaseError {
  return new FilmbaseError(
    'idempotency_mismatch',
    'This Idempotency-Key came with another method, path or body before.',
  );
}
