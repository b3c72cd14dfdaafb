import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

import { FilmbaseError } from '../model/errors.ts';
import type { Database, Row, Statement, Transaction } from './database.ts';
import { ABORTED, DatabaseError, databaseError, driverFailure, unreachable } from './database-error.ts';
import { lendTransaction } from './lent-transaction.ts';
import { listenOn } from './postgres-listener.ts';
import { copyStatement, encodeParameter, valueParser } from './values.ts';

export interface PostgresOptions {
  readonly url: string;
  /** Stops a statement outside of transactions after so long, with `overloaded`; without it, none is stopped. */
  readonly statementTimeoutMs?: number;
  /** Connections for queries; locks and listening have their own besides. */
  readonly poolSize?: number;
}

/** A silent connection is probed after so long, so that routers do not forget it and a dead server is noticed. */
const KEEP_ALIVE_AFTER_MS = 30_000;

/** How long a connection may take to be made, or to become free. */
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Opens a pool of connections to the PostgreSQL server at `url`, once one could be made. Errors:
 * `database_unreachable`, which never names the password.
 */
export async function openPostgres(options: PostgresOptions): Promise<Database> {
  const place = placeOf(options.url);
  const connect: pg.ClientConfig = {
    connectionString: options.url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    types: { getTypeParser: valueParser as pg.CustomTypesConfig['getTypeParser'] },
  };
  const pool = new pg.Pool({
    ...connect,
    max: options.poolSize ?? 10,
    // The pool waits for it, though its types say void.
    onConnect: (client): unknown => prepareConnection(client, options.statementTimeoutMs ?? 0),
  });
  // A connection that breaks while nobody uses it is replaced at the next need; one in use fails its statement.
  pool.on('error', ignore);
  pool.on('connect', (client) => client.on('error', ignore));
  const listener = listenOn(connect, place);
  const server = { place, nameOf: openStatementNames() };

  async function withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await pool.connect().catch((error: unknown) => {
      throw connectError(error, place);
    });
    try {
      return await work(client);
    } finally {
      client.release();
    }
  }

  let closing: Promise<unknown> | null = null;
  await withClient(() => Promise.resolve());
  return {
    engine: 'postgres',
    query: (statement) => withClient((client) => queriesOf(client, server).query(statement)),
    execute: (text) => withClient((client) => queriesOf(client, server).execute(text)),
    transaction: (work) => withClient((client) => runTransaction(client, server, work)),
    listen: (channel, onNotice) => listener.listen(channel, onNotice),
    withLock: (name, work) => withLock(connect, place, name, work),
    close: async () => {
      closing ??= Promise.all([listener.close(), pool.end()]);
      await closing;
    },
  };
}

/** A pool that has no connection free in time says so in these words; else the server could not be reached. */
function connectError(error: unknown, place: string): FilmbaseError {
  const failure = driverFailure(error);
  return failure.message === 'timeout exceeded when trying to connect'
    ? new FilmbaseError('overloaded', 'All connections to the database are in use.', { cause: error })
    : unreachable(failure, place, error);
}

/**
 * The same session on every connection, whatever the server's defaults: times are written in UTC, and statements are run as
 * planned. To compile one took seconds where it ran for milliseconds, being large and its rows guessed to be many.
 */
async function prepareConnection(client: pg.ClientBase, statementTimeoutMs: number): Promise<void> {
  await client.query(`set timezone = 'UTC'; set jit = off; set statement_timeout = ${statementTimeoutMs}`);
}

async function runTransaction<T>(
  client: pg.PoolClient,
  server: Server,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const { place } = server;
  const queries = queriesOf(client, server);
  // The time limit is for readers: a migration or a publish may take its time, and sets limits of its own.
  await queries.execute('begin; set local statement_timeout = 0');
  let result: T;
  try {
    result = await lendTransaction({ ...queries, copyIn: (...what) => copyIn(client, place, ...what) }, work);
  } catch (error) {
    // Where this fails the connection is lost, and with it the transaction; what went wrong first is thrown.
    await client.query('rollback').catch(ignore);
    throw error;
  }
  const { command } = await client.query('commit').catch(rethrow(place));
  if (command !== 'COMMIT') throw new DatabaseError(ABORTED);
  return result;
}

/** What is the same for all connections of a pool. */
interface Server {
  /** As errors name it. */
  readonly place: string;
  /** A name for a statement, so that the server plans it once for each connection; none for those that come late. */
  readonly nameOf: (text: string) => string | undefined;
}

function queriesOf(client: pg.ClientBase, { place, nameOf }: Server) {
  return {
    engine: 'postgres' as const,
    async query<R extends object = Row>({ text, values, planEachTime = false }: Statement): Promise<R[]> {
      const name = planEachTime ? undefined : nameOf(text);
      const query = { ...(name === undefined ? {} : { name }), text, values: values.map(encodeParameter) };
      return (await client.query<R>(query).catch(rethrow(place))).rows;
    },
    async execute(text: string): Promise<void> {
      await client.query(text).catch(rethrow(place));
    },
  };
}

/** Each connection keeps a plan of each statement with a name, so there are only so many. */
const MAX_NAMED = 200;

function openStatementNames(): Server['nameOf'] {
  const named = new Map<string, string>();
  return (text) => {
    const known = named.get(text);
    if (known !== undefined || named.size >= MAX_NAMED) return known;
    const name = createHash('sha256').update(text).digest('base64url').slice(0, 22);
    named.set(text, name);
    return name;
  };
}

async function copyIn(
  client: pg.ClientBase,
  place: string,
  table: string,
  columns: readonly string[],
  csv: Readable,
): Promise<number> {
  const copy = client.query(copyFrom(copyStatement(table, columns, 'stdin')));
  let sourceError: unknown;
  async function* source() {
    try {
      yield* csv;
    } catch (error) {
      sourceError = error;
      throw error;
    }
  }
  await pipeline(source, copy).catch((error: unknown) => {
    throw sourceError instanceof Error ? sourceError : databaseError(driverFailure(error), place, error);
  });
  return copy.rowCount;
}

async function withLock<T>(
  connect: pg.ClientConfig,
  place: string,
  name: string,
  work: () => Promise<T>,
): Promise<T | null> {
  const client = new pg.Client(connect);
  const lost: Error[] = [];
  client.on('error', (error) => lost.push(error));
  await client.connect().catch((error: unknown) => {
    throw unreachable(driverFailure(error), place, error);
  });
  try {
    const { rows } = await client
      .query<{ held: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 0)) as held', [name])
      .catch(rethrow(place));
    if (rows[0]?.held !== true) return null;
    const result = await work();
    if (lost.length > 0)
      throw unreachable(driverFailure(lost[0]), `${place}, which held the lock ${name}`, lost[0]);
    return result;
  } finally {
    await client.end().catch(ignore);
  }
}

/** Server and database of `url`, without user and password. */
function placeOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !/^postgres(ql)?:$/.test(parsed.protocol)) {
    throw new FilmbaseError(
      'setting_invalid',
      'DATABASE_URL is not of the form postgres://user:password@host/name.',
    );
  }
  return `PostgreSQL at ${parsed.searchParams.get('host') ?? parsed.host}${parsed.pathname}`;
}

function rethrow(place: string): (error: unknown) => never {
  return (error) => {
    throw databaseError(driverFailure(error), place, error);
  };
}

function ignore(): void {
  // The caller says why.
}
