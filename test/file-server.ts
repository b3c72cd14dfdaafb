import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What goes wrong with one answer. */
export type Fault =
  /** The connection breaks after so many bytes of the body. */
  | { readonly cutAfter: number }
  /** It announces so many bytes more than there are. */
  | { readonly announceMore: number }
  /** Whatever part is asked for, the whole is sent. */
  | { readonly ignoreRange: true }
  | { readonly status: number; readonly headers?: Record<string, string> }
  /** Nothing is said after so many bytes of the body, or at all. */
  | { readonly hangAfter: number | 'never' }
  /** The file has other bytes from here on. */
  | { readonly change: Buffer };

export interface FileServer {
  readonly url: string;
  /** What was asked, in order. */
  readonly asked: { readonly path: string; readonly headers: IncomingHttpHeaders }[];
  /** What goes wrong with the next answers, in order; null: nothing. */
  readonly faults: (Fault | null)[];
  /** Called when an answer hangs. */
  onHang: () => void;
  close(): Promise<void>;
}

interface ServedFile {
  bytes: Buffer;
  etag: string;
}

/** A server of files that knows ETags and ranges, and fails on command. */
export async function openFileServer(files: Record<string, Buffer>): Promise<FileServer> {
  const served = new Map(Object.entries(files).map(([name, bytes]) => [`/${name}`, serve(bytes)]));
  const asked: FileServer['asked'] = [];
  const faults: (Fault | null)[] = [];
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', headers: request.headers });
    answer(request, response, served, faults.shift() ?? null, () => {
      opened.onHang();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const opened: FileServer = {
    url: `http://127.0.0.1:${port}/`,
    asked,
    faults,
    onHang: () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return opened;
}

function serve(bytes: Buffer): ServedFile {
  return { bytes, etag: `"${createHash('md5').update(bytes).digest('hex')}"` };
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  served: Map<string, ServedFile>,
  fault: Fault | null,
  onHang: () => void,
): void {
  const path = request.url ?? '';
  if (fault !== null && 'status' in fault) return void response.writeHead(fault.status, fault.headers).end();
  if (fault !== null && 'hangAfter' in fault && fault.hangAfter === 'never') {
    onHang();
    return;
  }
  if (fault !== null && 'change' in fault) served.set(path, serve(fault.change));
  const file = served.get(path);
  if (file === undefined) return void response.writeHead(404).end();
  if (request.headers['if-none-match'] === file.etag)
    return void response.writeHead(304, { etag: file.etag }).end();
  const start = fault !== null && 'ignoreRange' in fault ? 0 : startOf(request, file);
  if (start > 0 && start >= file.bytes.length)
    return void response
      .writeHead(416, { 'content-range': `bytes */${file.bytes.length}`, etag: file.etag })
      .end();
  sendFrom(response, file, start, fault, onHang);
}

/** Where the asked part begins; zero if the whole is asked for, or a part of another version. */
function startOf({ headers }: IncomingMessage, { etag }: ServedFile): number {
  const range = /^bytes=(\d+)-$/.exec(headers.range ?? '');
  return range === null || headers['if-range'] !== etag ? 0 : Number(range[1]);
}

function sendFrom(
  response: ServerResponse,
  { bytes, etag }: ServedFile,
  start: number,
  fault: Fault | null,
  onHang: () => void,
): void {
  const body = bytes.subarray(start);
  const more = fault !== null && 'announceMore' in fault ? fault.announceMore : 0;
  const range = { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` };
  response.writeHead(start > 0 ? 206 : 200, {
    etag,
    'content-length': body.length + more,
    ...(start > 0 ? range : {}),
  });
  const until = stopAt(fault) ?? (more > 0 ? body.length : null);
  if (until === null) return void response.end(body);
  response.write(body.subarray(0, until), () => {
    if (fault !== null && 'hangAfter' in fault) onHang();
    else response.destroy();
  });
}

function stopAt(fault: Fault | null): number | null {
  if (fault !== null && 'cutAfter' in fault) return fault.cutAfter;
  return fault !== null && 'hangAfter' in fault && fault.hangAfter !== 'never' ? fault.hangAfter : null;
}
