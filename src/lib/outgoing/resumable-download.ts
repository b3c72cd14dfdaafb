import { open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

import { DownloadError, asDownloadError, answeredBadly } from './download-error.ts';
import { IdleTimer } from './idle-timer.ts';

/** What a server says of the version of a file. */
export interface Validators {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export interface DownloadRequest {
  readonly url: string;
  /** The file to fill. What it holds of the same version already is kept; `<file>.json` says which that is. */
  readonly file: string;
  /** The version that is at hand elsewhere and need not be sent again. */
  readonly known: Validators | null;
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
  /** Hears how many bytes are in the file; `total` is null if the server does not say. */
  readonly onBytes?: (done: number, total: number | null) => void;
  readonly attempts?: number;
  /** How long the server may say nothing. */
  readonly idleMs?: number;
  /** Milliseconds to wait after the `n`th attempt, from 1, where the server does not say. */
  readonly backoffMs?: (n: number) => number;
}

export type Downloaded =
  /** The server has the version in `known`. */
  { readonly state: 'unchanged' } | ({ readonly state: 'complete' } & Validators);

const ATTEMPTS = 5;
const IDLE_MS = 60_000;

/**
 * Fetches a file, going on where an earlier transfer broke off, in this process or before. Whatever happens, the
 * bytes that came stay, so that the next call asks only for the rest, or begins again where the server has another
 * version by then.
 *
 * Throws `DownloadError` when the attempts are used up, and `signal.reason` when told to stop.
 */
export async function download(request: DownloadRequest): Promise<Downloaded> {
  const attempts = request.attempts ?? ATTEMPTS;
  for (let n = 1; ; n++) {
    try {
      return await attempt(request);
    } catch (error) {
      request.signal.throwIfAborted();
      const failure = asDownloadError(error, request.url);
      if (failure === null) throw error;
      if (!failure.mayPass || n === attempts) throw failure;
      const pauseMs = failure.retryAfterMs ?? (request.backoffMs ?? backoffMs)(n);
      await sleep(pauseMs, undefined, { signal: request.signal });
    }
  }
}

/** Half a second, doubled each time; half of it by chance, so that many do not come back at once. */
function backoffMs(n: number): number {
  return 500 * 2 ** (n - 1) * (0.5 + Math.random() / 2);
}

/** What is there of an earlier transfer that can be gone on with. */
interface Part {
  readonly bytes: number;
  /** For `If-Range`. */
  readonly validator: string;
  readonly version: Validators;
}

async function attempt(request: DownloadRequest): Promise<Downloaded> {
  const part = await findPart(request);
  const idle = new IdleTimer(request.idleMs ?? IDLE_MS);
  const signal = AbortSignal.any([request.signal, idle.signal]);
  try {
    const response = await request.fetch(request.url, { headers: headersFor(request, part), signal });
    return await settle(request, part, response, idle);
  } finally {
    idle.stop();
  }
}

function headersFor({ known }: DownloadRequest, part: Part | null): Record<string, string> {
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (typeof known?.etag === 'string') headers['if-none-match'] = known.etag;
  else if (typeof known?.lastModified === 'string') headers['if-modified-since'] = known.lastModified;
  if (part !== null) {
    headers.range = `bytes=${part.bytes}-`;
    headers['if-range'] = part.validator;
  }
  return headers;
}

async function settle(
  request: DownloadRequest,
  part: Part | null,
  response: Response,
  idle: IdleTimer,
): Promise<Downloaded> {
  if (response.status === 200) return save(request, 0, response, idle);
  if (response.status === 206 && part !== null && goesOn(response, part))
    return save(request, part.bytes, response, idle);
  await response.body?.cancel();
  if (response.status === 304 && request.known !== null) {
    await discard(request);
    return { state: 'unchanged' };
  }
  if (response.status === 416 && part !== null && isWhole(response, part))
    return { state: 'complete', ...part.version };
  if (response.status === 206 || response.status === 416) {
    await discard(request);
    throw new DownloadError(request.url, 'answered with another part than was asked for', {
      status: response.status,
      mayPass: true,
      retryAfterMs: 0,
    });
  }
  throw answeredBadly(request.url, response);
}

/** Writes the body to the file from byte `start` on. */
async function save(
  request: DownloadRequest,
  start: number,
  response: Response,
  idle: IdleTimer,
): Promise<Downloaded> {
  const version = validatorsOf(response);
  if (start === 0) await begin(request, version);
  const total = totalBytes(response, start);
  const body: AsyncIterable<Uint8Array> | null = response.body;
  const file = await open(request.file, start === 0 ? 'w' : 'a');
  let done = start;
  try {
    for await (const chunk of body ?? []) {
      idle.touch();
      // Each piece is in the file before the next is asked for: what came stays, whatever comes.
      await file.appendFile(chunk);
      done += chunk.length;
      request.onBytes?.(done, total);
    }
  } finally {
    await file.close();
  }
  if (total !== null && done !== total)
    throw new DownloadError(request.url, `ended after ${done} of ${total} bytes`, { mayPass: true });
  return { state: 'complete', ...version };
}

/** The size of the whole file; null if the server does not say, or sends it in another coding than it counts. */
function totalBytes(response: Response, start: number): number | null {
  const coding = response.headers.get('content-encoding') ?? 'identity';
  const length = response.headers.get('content-length');
  return length === null || coding !== 'identity' ? null : start + Number(length);
}

function validatorsOf({ headers }: Response): Validators {
  return { etag: headers.get('etag'), lastModified: headers.get('last-modified') };
}

const CONTENT_RANGE = /^bytes (\d+)-\d+\/(?:\d+|\*)$/;
const NO_RANGE = /^bytes \*\/(\d+)$/;

function goesOn(response: Response, part: Part): boolean {
  const range = CONTENT_RANGE.exec(response.headers.get('content-range') ?? '');
  return range !== null && Number(range[1]) === part.bytes && isVersion(response, part);
}

/** The server has no byte beyond what is there already. */
function isWhole(response: Response, part: Part): boolean {
  const range = NO_RANGE.exec(response.headers.get('content-range') ?? '');
  return range !== null && Number(range[1]) === part.bytes && isVersion(response, part);
}

function isVersion(response: Response, { version }: Part): boolean {
  const { etag, lastModified } = validatorsOf(response);
  if (etag !== null && version.etag !== null) return etag === version.etag;
  return lastModified === null || version.lastModified === null || lastModified === version.lastModified;
}

async function findPart({ file, url }: DownloadRequest): Promise<Part | null> {
  const state = await readState(file);
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (state?.url !== url || size === 0) return null;
  const strong = state.etag?.startsWith('W/') === true ? null : state.etag;
  const validator = strong ?? state.lastModified;
  if (validator === null) return null;
  return { bytes: size, validator, version: { etag: state.etag, lastModified: state.lastModified } };
}

async function readState(file: string): Promise<({ url: string } & Validators) | null> {
  try {
    return JSON.parse(await readFile(stateFile(file), 'utf8')) as { url: string } & Validators;
  } catch (error) {
    // Not there, or torn by a crash: then the transfer begins again.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** The bytes of another version go before the state of this one is written. */
async function begin(request: DownloadRequest, version: Validators): Promise<void> {
  await discard(request);
  await writeFile(stateFile(request.file), JSON.stringify({ url: request.url, ...version }));
}

/** Forgets what has been fetched. */
export async function discard({ file }: Pick<DownloadRequest, 'file'>): Promise<void> {
  await rm(file, { force: true });
  await rm(stateFile(file), { force: true });
}

function stateFile(file: string): string {
  return `${file}.json`;
}
