import { PGlite, messages, protocol } from '@electric-sql/pglite';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

import { driverFailure } from './database-error.ts';
import type { ThreadCall, ThreadReply, ThreadResult, ThreadStart } from './pglite-messages.ts';

const { serialize } = protocol;

type Message = Awaited<ReturnType<PGlite['execProtocol']>>['messages'][number];

type QueryCall = Extract<ThreadCall, { kind: 'query' }>;

/** So many statements are kept prepared; their texts come from our code, so there are few. */
const MAX_PREPARED = 1_000;

/**
 * After so much of the write-ahead log a checkpoint is made. PGlite makes none by itself: the log would grow for as
 * long as the process runs, and all of it be read at the start after a kill (370 MB took 3 s).
 */
const CHECKPOINT_BYTES = 64 * 1024 * 1024;

/** Commands after which the log cannot have grown by much. */
const READING = new Set(['SELECT', 'BEGIN', 'ROLLBACK', 'LISTEN', 'SET', 'SHOW', 'CHECKPOINT']);

const { folder, engine } = workerData as ThreadStart;
const prepared = new Map<string, string>();
let statementsNamed = 0;
let checkpointAt = 0;
let trap: unknown;
let opened: PGlite | undefined;
let turn = Promise.resolve();

parentPort?.on('message', ({ id, call }: { id: number; call: ThreadCall }) => {
  turn = turn.then(() => answer(id, call));
});

/** PGlite itself broke within a statement: nothing that it says from then on can be trusted, so the thread ends. */
class EngineFailure extends Error {}

async function answer(id: number, call: ThreadCall): Promise<void> {
  try {
    const result = await run(call);
    reply({ kind: 'result', id, result });
    if (!READING.has(result.command)) await checkpointIfDue();
  } catch (error) {
    if (error instanceof EngineFailure) throw error;
    reply({ kind: 'failure', id, failure: driverFailure(error) });
  }
}

function reply(message: ThreadReply): void {
  parentPort?.postMessage(message);
}

async function run(call: ThreadCall): Promise<ThreadResult> {
  switch (call.kind) {
    case 'open':
      opened = await openFolder();
      checkpointAt = await logPosition();
      return DONE;
    case 'query':
      return query(call);
    case 'execute':
      return resultOf(await exchange(serialize.query(call.text)));
    case 'copy':
      return copy(call.text, call.csv);
    case 'close':
      await pglite().close();
      return DONE;
  }
}

const DONE: ThreadResult = { columns: [], rows: [], command: 'SELECT', count: 0 };

function pglite(): PGlite {
  if (opened === undefined) throw new EngineFailure('The database is not open.');
  return opened;
}

/**
 * Opens the database in `folder`, or makes one. It is made beside and renamed, because a creation that was cut off
 * leaves a folder that looks like a database and is none.
 */
async function openFolder(): Promise<PGlite> {
  if (!existsSync(join(folder, 'PG_VERSION'))) {
    const unfinished = `${folder}.creating`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(dirname(folder), { recursive: true });
    const fresh = await create(unfinished);
    await fresh.close();
    renameSync(unfinished, folder);
  }
  // Whoever opens the folder holds it by a lock of ours. This one of PostgreSQL's says nothing here, and one that a killed
  // start left empty would keep every later one from starting.
  rmSync(join(folder, 'postmaster.pid'), { force: true });
  const pg = await create(folder);
  watchForTraps(pg);
  pg.onNotification((channel) => {
    reply({ kind: 'notice', channel });
  });
  return pg;
}

/** How PostgreSQL's own errors leave its main loop: `POSTGRES_MAIN_LONGJMP` in PGlite. */
const LONG_JUMP = 100;

/**
 * Notes when WebAssembly itself breaks off, by an overflow of the stack say. PGlite swallows that, gives what rows it
 * has, and goes on with memory in disorder.
 */
function watchForTraps(pg: PGlite): void {
  const module = pg.Module;
  const runLoopOnce = module._PostgresMainLoopOnce;
  module._PostgresMainLoopOnce = () => {
    try {
      runLoopOnce();
    } catch (error) {
      if ((error as { status?: unknown }).status !== LONG_JUMP) trap = error;
      throw error;
    }
  };
}

/** Opens PGlite; where it fails, the error has what PostgreSQL said. */
async function create(dataDir: string): Promise<PGlite> {
  const said: string[] = [];
  const onStderr = (text: string) => said.push(text) < 0;
  try {
    return await PGlite.create({ dataDir, onStderr, pgliteWasmModule: engine });
  } catch (error) {
    throw new Error([driverFailure(error).message, ...said.slice(-5)].join('; '), { cause: error });
  }
}

/** One statement in one exchange, prepared at its first use unless it is to be planned at each. */
async function query({ text, values, planEachTime }: QueryCall): Promise<ThreadResult> {
  const known = planEachTime ? undefined : prepared.get(text);
  const name = known ?? (planEachTime ? '' : nextName());
  const parts = [
    ...(known === undefined ? [serialize.parse({ name, text })] : []),
    serialize.bind({ statement: name, values: [...values] }),
    serialize.describe({ type: 'P' }),
    serialize.execute({}),
    serialize.sync(),
  ];
  const received = await exchange(Buffer.concat(parts));
  if (name !== '') prepared.set(text, name);
  return resultOf(received);
}

/** A name not used before: where a statement failed, the database may have kept the name or not. */
function nextName(): string {
  if (prepared.size >= MAX_PREPARED) return '';
  statementsNamed += 1;
  return `s${statementsNamed}`;
}

async function copy(text: string, csv: Uint8Array<ArrayBuffer>): Promise<ThreadResult> {
  const { affectedRows } = await pglite()
    .query(text, [], { blob: new Blob([csv]) })
    .finally(refuseAfterTrap);
  return { ...DONE, command: 'COPY', count: affectedRows ?? 0 };
}

async function checkpointIfDue(): Promise<void> {
  const position = await logPosition();
  if (position - checkpointAt < CHECKPOINT_BYTES) return;
  checkpointAt = position;
  await exchange(serialize.query('checkpoint'));
}

async function logPosition(): Promise<number> {
  const { rows } = resultOf(
    await exchange(serialize.query(`select pg_current_wal_insert_lsn() - '0/0'::pg_lsn`)),
  );
  return Number(rows[0]?.[0]);
}

/** Sends `message`; gives what came back, or throws the error in it. */
async function exchange(message: Uint8Array): Promise<Message[]> {
  const { messages: received } = await pglite().execProtocol(message, { throwOnError: false });
  refuseAfterTrap();
  const error = received.find((one) => one instanceof messages.DatabaseError);
  if (error !== undefined) throw error;
  return received;
}

function refuseAfterTrap(): void {
  if (trap !== undefined) throw new EngineFailure('PGlite broke off within a statement', { cause: trap });
}

/** What the last statement gave. */
function resultOf(received: readonly Message[]): ThreadResult {
  let columns: ThreadResult['columns'] = [];
  const rows: (string | null)[][] = [];
  let tag = '';
  for (const message of received) {
    if (message instanceof messages.RowDescriptionMessage) {
      columns = message.fields.map((field) => ({ name: field.name, oid: field.dataTypeID }));
    } else if (message instanceof messages.DataRowMessage) {
      rows.push(message.fields);
    } else if (message instanceof messages.CommandCompleteMessage) {
      tag = message.text;
    }
  }
  return { columns, rows, command: tag.split(' ', 1)[0] ?? '', count: Number(/\d+$/.exec(tag)?.[0] ?? 0) };
}
