import sql from 'sql-template-tag';

import type { Queryable } from '../../db/database.ts';
import { FilmbaseError } from '../../model/errors.ts';
import type { KeptAnswer, Ticket } from '../../model/writers.ts';

/** Notes what the request came to, in the transaction of the work. Throws `request_in_flight` where another has taken over. */
export async function fillTicket(tx: Queryable, ticket: Ticket, result: object): Promise<void> {
  const filled = await tx.query(sql`
    update idempotency_key
    set result = ${JSON.stringify(result)}
    where holder = ${ticket.holder}
      and key = ${ticket.key}
      and ticket = ${ticket.ticket}
    returning key`);
  if (filled.length === 0) throw inFlight();
}

/** Keeps the answer for repeats. */
export async function keepAnswer(db: Queryable, ticket: Ticket, answer: KeptAnswer): Promise<void> {
  await db.query(sql`
    update idempotency_key
    set answer = ${JSON.stringify(answer)}
    where holder = ${ticket.holder}
      and key = ${ticket.key}
      and ticket = ${ticket.ticket}`);
}

/** Has the request tried again by whoever sends it next, unless it was done after all. */
export async function freeRequest(db: Queryable, ticket: Ticket): Promise<void> {
  await db.query(sql`
    delete from idempotency_key
    where holder = ${ticket.holder}
      and key = ${ticket.key}
      and ticket = ${ticket.ticket}
      and result is null`);
}

/** What is thrown where another try is at work. */
export function inFlight(): FilmbaseError {
  return new FilmbaseError('request_in_flight', 'A request with this Idempotency-Key is under way.');
}
