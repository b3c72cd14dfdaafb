import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { z } from 'zod';

import type { ErrorCode } from '../model/errors.ts';
import { FilmbaseError } from '../model/errors.ts';
import type { Progress } from '../model/source.ts';
import type { Output } from './verb.ts';

// While a server holds the embedded database, verbs from other terminals run in it. They come through a socket in
// the data folder that only its owner may open: one JSON line asks, JSON lines answer.

export interface VerbRequest {
  readonly verb: string;
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  /** The folder that relative paths are meant from. */
  readonly folder: string;
}

type Answer =
  | {
      readonly kind: 'say';
      readonly event: string;
      readonly data: Record<string, unknown>;
      readonly text: string;
    }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'bytes'; readonly base64: string }
  | { readonly kind: 'error'; readonly code: ErrorCode | null; readonly message: string }
  | { readonly kind: 'end'; readonly exit: number };

/** Systems allow the path of a socket about 100 bytes. */
const LONGEST_PATH = 100;

/** Runs the verbs that come through the socket of `dataFolder`. The caller holds the folder. */
export function serveVerbs(
  dataFolder: string,
  run: (request: VerbRequest, out: Output, signal: AbortSignal) => Promise<number>,
): Server {
  const path = socketPath(dataFolder);
  rmSync(path, { force: true });
  const server = createServer((socket) => {
    answer(socket, run);
  });
  // The socket is made by `listen` at once: no one but the owner may open it, from its first moment.
  const before = process.umask(0o177);
  server.listen(path);
  process.umask(before);
  return server;
}

/** Has the server that holds `dataFolder` run the verb; gives its exit code, or null if no server is there. */
export async function askServer(
  dataFolder: string,
  request: VerbRequest,
  out: Output,
  signal: AbortSignal,
): Promise<number | null> {
  const socket = await connect(socketPath(dataFolder));
  if (socket === null) return null;
  const stop = () => socket.destroy();
  signal.addEventListener('abort', stop, { once: true });
  socket.write(`${JSON.stringify(request)}\n`);
  try {
    for await (const line of createInterface({ input: socket })) {
      const answered = JSON.parse(line) as Answer;
      if (answered.kind === 'say') out.say(answered.event, answered.data, answered.text);
      else if (answered.kind === 'progress') out.progress(answered.progress);
      else if (answered.kind === 'bytes') await out.write(Buffer.from(answered.base64, 'base64'));
      else if (answered.kind === 'end') return answered.exit;
      else
        throw answered.code === null
          ? new Error(answered.message)
          : new FilmbaseError(answered.code, answered.message);
    }
  } finally {
    signal.removeEventListener('abort', stop);
    socket.destroy();
  }
  throw new FilmbaseError('cancelled', 'The server ended before the verb did.');
}

function answer(
  socket: Socket,
  run: (request: VerbRequest, out: Output, signal: AbortSignal) => Promise<number>,
): void {
  const given = new AbortController();
  const tell = (line: Answer) => {
    if (socket.writable) socket.write(`${JSON.stringify(line)}\n`);
  };
  const out: Output = {
    say: (event, data, text) => {
      tell({ kind: 'say', event, data, text });
    },
    progress: (progress) => {
      tell({ kind: 'progress', progress });
    },
    endProgress: () => undefined,
    write: async (bytes) => {
      const line: Answer = { kind: 'bytes', base64: Buffer.from(bytes).toString('base64') };
      if (!socket.write(`${JSON.stringify(line)}\n`)) await once(socket, 'drain', { signal: given.signal });
    },
  };
  // Whoever asked may go at any time; that ends the verb, and is no error of the server.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    given.abort(new FilmbaseError('cancelled', 'Whoever asked for it has gone.'));
  });
  createInterface({ input: socket }).once('line', (line) => {
    Promise.resolve()
      .then(() => run(requestIn(line), out, given.signal))
      .then(
        (exit) => {
          tell({ kind: 'end', exit });
        },
        (error: unknown) => {
          const message = error instanceof Error ? error.message : String(error);
          tell({ kind: 'error', code: error instanceof FilmbaseError ? error.code : null, message });
        },
      )
      .finally(() => socket.end());
  });
}

const verbRequest = z.strictObject({
  verb: z.string(),
  args: z.array(z.string()),
  options: z.record(z.string(), z.union([z.string(), z.boolean(), z.array(z.string())])),
  folder: z.string(),
});

/** Throws `usage_invalid` for what no command line of ours would send. */
function requestIn(line: string): VerbRequest {
  try {
    return verbRequest.parse(JSON.parse(line));
  } catch (error) {
    throw new FilmbaseError('usage_invalid', 'The line is no request for a verb.', { cause: error });
  }
}

/** Null if nobody listens there. */
function connect(path: string): Promise<Socket | null> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path);
    socket.once('connect', () => {
      resolve(socket);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(null);
      else reject(error);
    });
  });
}

function socketPath(dataFolder: string): string {
  const path = join(dataFolder, 'filmbase.sock');
  if (Buffer.byteLength(path) <= LONGEST_PATH) return path;
  const folder = join(tmpdir(), `filmbase-${userInfo().uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = statSync(folder);
  if (uid !== userInfo().uid || (mode & 0o077) !== 0) {
    throw new FilmbaseError(
      'setting_invalid',
      `FILMBASE_DATA is a long path, and ${folder}, where its socket would be, is open to others.`,
    );
  }
  return join(folder, `${createHash('sha256').update(dataFolder).digest('hex').slice(0, 16)}.sock`);
}
