import { LRUCache } from 'lru-cache';

import type { ServedState } from '../../catalogue/queries/catalogue-state.ts';
import type { Encoding } from './accept.ts';
import { isNewer, type KnownState } from './known-state.ts';

/** An answer as it was sent, to be sent again while the state is the same. */
export interface KeptAnswer {
  /** What was served when it was made, by its own statement. */
  readonly state: ServedState;
  readonly etag: string;
  readonly body: Buffer;
  /** Names and values in turn, without the request id; of the whole answer, and of a 304 in its place. */
  readonly headers: readonly string[];
  readonly headersNotModified: readonly string[];
  /** The route's pattern. */
  readonly route: string;
}

/** What headers and bookkeeping take beside a body, roughly: 25 headers twice. */
const OVERHEAD_BYTES = 4_000;

/** Answers by their address and encoding, the latest used, within so many bytes. */
export class BodyCache {
  readonly #known: KnownState;
  readonly #answers: LRUCache<string, KeptAnswer> | null;

  constructor(known: KnownState, maxBytes: number) {
    this.#known = known;
    this.#answers =
      maxBytes === 0
        ? null
        : new LRUCache({ maxSize: maxBytes, sizeCalculation: ({ body }) => body.length + OVERHEAD_BYTES });
  }

  get isOn(): boolean {
    return this.#answers !== null;
  }

  /** The answer to `url` in `encoding`; undefined if there is none, or it is not of the state known now. */
  find(url: string, encoding: Encoding): KeptAnswer | undefined {
    const answer = this.#answers?.get(keyOf(url, encoding));
    if (answer === undefined) return undefined;
    const { version, journalSeq } = this.#known.current;
    return answer.state.version === version && answer.state.journalSeq === journalSeq ? answer : undefined;
  }

  /** Keeps an answer, unless one of a newer state is kept or known. */
  keep(url: string, encoding: Encoding, answer: KeptAnswer): void {
    if (isNewer(this.#known.current, answer.state)) return;
    this.#answers?.set(keyOf(url, encoding), answer);
  }
}

function keyOf(url: string, encoding: Encoding): string {
  return `${encoding} ${url}`;
}
