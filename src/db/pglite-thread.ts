import { PGlite, messages, protocol } from '@electric-sql/pglite';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

import { driverFailure } from './database-error.ts';
import type { ThreadCall, ThreadReply, ThreadResult } from './pglite-messages.ts';

const { serialize } = protocol;

/** So many statements are kept prepared; their texts come from our code, so there are few. */
const MAX_PREPARED = 1_000;

const port = parentPort;
if (port === null) throw new Error('This module is a thread of pglite.ts.');
const { folder } = workerData as { folder: string };

const prepared = new Map<string, string>();
let statementsNamed = 0;

try {
  const pg = await openFolder(folder);
  pg.onNotification((channel) => {
    reply({ kind: 'notice', channel });
  });
  let turn = Promise.resolve();
  port.on('message', ({ id, call }: { id: number; call: ThreadCall }) => {
    turn = turn.then(() => answer(pg, id, call));
  });
  reply({ kind: 'open' });
} catch (error) {
  reply({ kind: 'failure', call: null, failure: driverFailure(error) });
  port.close();
}

/**
 * Opens the database in `folder`, or makes one. It is made beside and renamed, because a creation that was cut off
 * leaves a folder that looks like a database and is none.
 */
async function openFolder(folder: string): Promise<PGlite> {
  if (!existsSync(join(folder, 'PG_VERSION'))) {
    const unfinished = `${folder}.creating`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(dirname(folder), { recursive: true });
    const pg = await PGlite.create({ dataDir: unfinished });
    await pg.close();
    renameSync(unfinished, folder);
  }
  return PGlite.create({ dataDir: folder });
}

async function answer(pg: PGlite, id: number, call: ThreadCall): Promise<void> {
  try {
    reply({ kind: 'result', call: id, result: await run(pg, call) });
  } catch (error) {
    reply({ kind: 'failure', call: id, failure: driverFailure(error) });
  }
  if (call.kind === 'close') port?.close();
}

function reply(message: ThreadReply): void {
  port?.postMessage(message);
}

async function run(pg: PGlite, call: ThreadCall): Promise<ThreadResult> {
  switch (call.kind) {
    case 'query':
      return query(pg, call.text, call.values);
    case 'execute':
      return resultOf(await exchange(pg, serialize.query(call.text)));
    case 'copy': {
      const copied = await pg.query(call.text, [], { blob: new Blob([call.csv]) });
      return { columns: [], rows: [], command: 'COPY', count: copied.affectedRows ?? 0 };
    }
    case 'close':
      await pg.close();
      return { columns: [], rows: [], command: null, count: 0 };
  }
}

/** One statement by the extended protocol, in one exchange, prepared at its first use. */
async function query(pg: PGlite, text: string, values: readonly (string | null)[]): Promise<ThreadResult> {
  const known = prepared.get(text);
  const name = known ?? nextName();
  const parts = [
    ...(known === undefined ? [serialize.parse({ name, text })] : []),
    serialize.bind({ statement: name, values: [...values] }),
    serialize.describe({ type: 'P' }),
    serialize.execute({}),
    serialize.sync(),
  ];
  const received = await exchange(pg, Buffer.concat(parts));
  if (name !== '') prepared.set(text, name);
  return resultOf(received);
}

/** A name not used before: where a statement failed, the database may have kept the name or not. */
function nextName(): string {
  if (prepared.size >= MAX_PREPARED) return '';
  statementsNamed += 1;
  return `s${statementsNamed}`;
}

/** Sends `message`; gives what came back, or throws the error in it. */
async function exchange(pg: PGlite, message: Uint8Array): Promise<Message[]> {
  const received = await pg.execProtocol(message, { throwOnError: false });
  const error = received.messages.find((one) => one instanceof messages.DatabaseError);
  if (error !== undefined) throw error;
  return received.messages;
}

type Message = Awaited<ReturnType<PGlite['execProtocol']>>['messages'][number];

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
  const [command] = tag.split(' ');
  return { columns, rows, command: command ?? null, count: Number(/\d+$/.exec(tag)?.[0] ?? 0) };
}
