import { FilmbaseError } from '../model/errors.ts';

/** What a driver says about a failure, as far as it says it. */
export interface DriverFailure {
  readonly message: string;
  /** SQLSTATE, or Node's code where the connection failed. */
  readonly code: string | null;
  readonly constraint: string | null;
  readonly detail: string | null;
}

/** A statement that the database refused. */
export class DatabaseError extends Error {
  /** SQLSTATE: https://www.postgresql.org/docs/15/errcodes-appendix.html; null where the driver itself failed. */
  readonly code: string | null;
  /** The constraint that was violated, if one was. */
  readonly constraint: string | null;
  readonly detail: string | null;

  constructor(failure: DriverFailure, options: { cause?: unknown } = {}) {
    super(failure.message, options);
    this.name = 'DatabaseError';
    this.code = failure.code;
    this.constraint = failure.constraint;
    this.detail = failure.detail;
  }
}

/**
 * The error to throw for what a driver threw: `overloaded` for a statement stopped by its timeout,
 * `database_unreachable` for a lost connection, else a `DatabaseError`. `place` names the database, without secrets.
 */
export function databaseError(failure: DriverFailure, place: string, cause?: unknown): Error {
  if (failure.code === QUERY_CANCELED) {
    return new FilmbaseError('overloaded', 'The database stopped a statement at its time limit.', { cause });
  }
  if (isConnectionFailure(failure)) return unreachable(failure, place, cause);
  return new DatabaseError(failure, { cause });
}

/** The error to throw where a connection could not be made or was lost. */
export function unreachable(failure: DriverFailure, place: string, cause?: unknown): FilmbaseError {
  // An AggregateError of Node (several addresses tried) has a code and no message.
  const reason = failure.message === '' ? failure.code : failure.message;
  return new FilmbaseError('database_unreachable', `${place}: ${reason}.`, { cause });
}

/** What `error`, thrown by a driver, says. */
export function driverFailure(error: unknown): DriverFailure {
  const said = error as Partial<Record<keyof DriverFailure, string>> | null;
  return {
    message: error instanceof Error ? error.message : String(error),
    code: said?.code ?? null,
    constraint: said?.constraint ?? null,
    detail: said?.detail ?? null,
  };
}

/** What a commit comes to where `work` went on after a statement that failed. */
export const ABORTED: DriverFailure = {
  message: 'The transaction was rolled back, because a statement of it had failed.',
  code: '25P02',
  constraint: null,
  detail: null,
};

const QUERY_CANCELED = '57014';

/** Class 08, a server that stops or starts, and Node's own codes of sockets. */
const CONNECTION_CODE =
  /^(08...|57P0[1-5]|53300|E(CONNREFUSED|CONNRESET|PIPE|NOTFOUND|AI_AGAIN|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOENT|ACCES))$/;

/** `pg` gives no code where a connection ends under a statement. */
const CONNECTION_MESSAGE =
  /^(Connection terminated|Client was closed|Client has encountered a connection error|timeout expired)/;

function isConnectionFailure(failure: DriverFailure): boolean {
  return failure.code === null
    ? CONNECTION_MESSAGE.test(failure.message)
    : CONNECTION_CODE.test(failure.code);
}
