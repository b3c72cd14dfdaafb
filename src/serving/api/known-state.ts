import type { ServedState } from '../../catalogue/queries/catalogue-state.ts';

/**
 * What is served, as far as this process knows: it only ever moves forward. Answers kept in memory are valid for
 * this state alone, so whoever hears of a newer one (a notice of the database, a poll, a statement's own answer)
 * says so here.
 */
export class KnownState {
  #current: ServedState;
  readonly #listeners = new Set<() => void>();

  constructor(current: ServedState = { version: 0, journalSeq: 0 }) {
    this.#current = current;
  }

  get current(): ServedState {
    return this.#current;
  }

  /** Takes over `seen` where it is newer than what is known. */
  learn(seen: ServedState): void {
    if (!isNewer(seen, this.#current)) return;
    this.#current = { version: seen.version, journalSeq: seen.journalSeq };
    for (const listener of this.#listeners) listener();
  }

  /** Comes back after the next change, or once `signal` is aborted. */
  changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#listeners.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      if (signal.aborted) {
        done();
        return;
      }
      this.#listeners.add(done);
      signal.addEventListener('abort', done);
    });
  }
}

/** Whether `a` was served after `b`. Neither number ever goes down. */
export function isNewer(a: ServedState, b: ServedState): boolean {
  return a.version > b.version || (a.version === b.version && a.journalSeq > b.journalSeq);
}
