import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** What a file's bytes come to. */
export interface Digest {
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

interface HashingOptions {
  readonly signal?: AbortSignal;
  /** Hears how many bytes have been read so far. */
  readonly onBytes?: (bytes: number) => void;
}

const CHUNK_BYTES = 1 << 20;

/** Copies the file and gives the digest of what was copied; the bytes are read once. */
export async function copyHashing(from: string, to: string, options: HashingOptions = {}): Promise<Digest> {
  const meter = new Meter(options);
  await pipeline(meter.pass(read(from)), createWriteStream(to), signalOf(options));
  return meter.digest();
}

export async function hashFile(path: string, options: HashingOptions = {}): Promise<Digest> {
  const meter = new Meter(options);
  await pipeline(meter.pass(read(path)), drain, signalOf(options));
  return meter.digest();
}

class Meter {
  readonly #hash = createHash('sha256');
  readonly #onBytes: ((bytes: number) => void) | undefined;
  #bytes = 0;

  constructor({ onBytes }: HashingOptions) {
    this.#onBytes = onBytes;
  }

  async *pass(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      this.#hash.update(chunk);
      this.#bytes += chunk.length;
      this.#onBytes?.(this.#bytes);
      yield chunk;
    }
  }

  digest(): Digest {
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }
}

async function drain(chunks: AsyncIterable<Buffer>): Promise<void> {
  for await (const chunk of chunks) if (chunk.length === 0) return;
}

function read(path: string): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Buffer>;
}

function signalOf({ signal }: HashingOptions): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
